package app.session.core;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import app.session.Session;
import app.session.SessionEvent.ChangesDropped;
import app.session.SessionEvent.Destroyed;
import app.session.Sessions;
import app.session.Sessions.Info;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The sessions outside a request.
 */
class SessionsTests extends EngineFixture {

	private final IndexedTestRepository store = new IndexedTestRepository(this.clock);

	private final SessionEngine node = engine(this.store, EngineSettings.DEFAULTS);

	private final Sessions sessions = this.node.sessions();

	private Browser login(String principal) {
		Browser visitor = new Browser();
		request(this.node, visitor, (session) -> session.setPrincipal(principal));
		return visitor;
	}

	private static String handle(Browser visitor) {
		assertThat(visitor.id).isNotNull();
		return visitor.id.key().handle();
	}

	private boolean isAlive(Browser visitor) {
		return open(this.node, visitor.copy()).request.exists();
	}

	@Test
	void aSessionIsFoundByItsHandle() {
		Browser visitor = login("alice");
		var now = this.now.get();
		assertThat(this.sessions.find(handle(visitor)))
			.contains(new Info(handle(visitor), "alice", now, now, now, now.plus(Duration.ofMinutes(33)), null, null));
		assertThat(this.sessions.find("x".repeat(22))).isEmpty();
		assertThat(this.sessions.find("nonsense")).isEmpty();
		assertThat(this.sessions.find(null)).isEmpty();
		advance(Duration.ofMinutes(33));
		assertThat(this.sessions.find(handle(visitor))).isEmpty();
	}

	@Test
	void sessionsAreFoundByTheirPrincipalOldestLoginFirst() {
		Browser first = login("alice");
		Browser second = login("alice");
		Browser other = login("bob");
		Browser gone = login("alice");
		request(this.node, gone, Session::invalidate);
		this.store.entries.get("alice").members.add(other.id.key());
		assertThat(this.sessions.findByPrincipal("alice")).extracting(Info::handle)
			.containsExactly(handle(first), handle(second));
		assertThat(this.sessions.findByPrincipal("nobody")).isEmpty();
	}

	@Test
	void aRevokedSessionIsGoneForRequestsInFlightToo() {
		Browser visitor = login("alice");
		Exchange inFlight = open(this.node, visitor.copy());
		inFlight.session().names();
		this.store.takeCalls();
		assertThat(this.sessions.revoke(handle(visitor))).isTrue();
		assertThat(this.store.takeCalls()).containsExactly("find", "delete", "strikeOff");
		inFlight.session().set("a", 1);
		inFlight.finish();
		assertThat(this.store.takeCalls()).isEmpty();
		assertThat(isAlive(visitor)).isFalse();
		assertThat(this.store.entries.get("alice").members).isEmpty();
		assertThat(events(Destroyed.class))
			.containsExactly(new Destroyed(visitor.id.key(), "alice", Destroyed.Reason.REVOKED));
		assertThat(events(ChangesDropped.class)).hasSize(1);
		assertThat(this.sessions.revoke(handle(visitor))).isFalse();
		assertThat(this.sessions.revoke("nonsense")).isFalse();
		assertThat(this.sessions.revoke(null)).isFalse();
		assertThat(events(Destroyed.class)).hasSize(1);
	}

	@Test
	void anAnonymousSessionCanBeRevoked() {
		Browser visitor = new Browser();
		request(this.node, visitor, (session) -> session.set("a", 1));
		this.store.takeCalls();
		assertThat(this.sessions.revoke(handle(visitor))).isTrue();
		assertThat(this.store.takeCalls()).containsExactly("find", "delete");
		assertThat(events(Destroyed.class))
			.containsExactly(new Destroyed(visitor.id.key(), null, Destroyed.Reason.REVOKED));
	}

	@Test
	void allSessionsOfAPrincipalEndAndABeginsANewEpoch() {
		Browser first = login("alice");
		Browser second = login("alice");
		Browser other = login("bob");
		long epoch = this.sessions.epoch("alice");
		assertThat(this.sessions.revokeAll("alice")).isEqualTo(2);
		assertThat(isAlive(first)).isFalse();
		assertThat(isAlive(second)).isFalse();
		assertThat(isAlive(other)).isTrue();
		assertThat(this.sessions.epoch("alice")).isEqualTo(epoch + 1);
		assertThat(this.store.entries.get("alice").condemned).isEmpty();
		assertThat(events(Destroyed.class)).hasSize(2)
			.allMatch((event) -> event.reason() == Destroyed.Reason.REVOKED && "alice".equals(event.principal()));
		this.store.takeCalls();
		assertThat(this.sessions.revokeAll("alice")).isZero();
		assertThat(this.store.takeCalls()).containsExactly("revoke");
	}

	@Test
	void allButOneEnd() {
		Browser stays = login("alice");
		Browser goes = login("alice");
		assertThat(this.sessions.revokeAllExcept("alice", handle(stays))).isOne();
		assertThat(isAlive(stays)).isTrue();
		assertThat(isAlive(goes)).isFalse();
		request(this.node, stays, (session) -> session.setPrincipal("alice"));
		assertThat(isAlive(stays)).isTrue();
	}

	@Test
	void aRevocationThatCrashedIsFinishedByTheNext() {
		Browser first = login("alice");
		Browser second = login("alice");
		this.store.crashAfter(2);
		assertThatExceptionOfType(IndexedTestRepository.Crash.class).isThrownBy(() -> this.sessions.revokeAll("alice"));
		assertThat(isAlive(first)).isFalse();
		assertThat(isAlive(second)).isTrue();
		assertThat(this.sessions.revokeAll("alice")).isOne();
		assertThat(isAlive(second)).isFalse();
		assertThat(this.store.entries.get("alice").condemned).isEmpty();
	}

	@Test
	void sessionsAreCountedAndListed() {
		Browser first = login("alice");
		Browser second = login("bob");
		assertThat(this.sessions.count()).isEqualTo(2);
		try (Stream<Info> stream = this.sessions.stream()) {
			assertThat(stream.map(Info::handle)).containsExactlyInAnyOrder(handle(first), handle(second));
		}
		assertThat(this.store.closed).isTrue();
	}

	@Test
	void whatAPlainStoreCanNotDoIsSaid() {
		Sessions plain = this.engine.sessions();
		request((session) -> session.setPrincipal("alice"));
		Map<String, Runnable> calls = Map.of("findByPrincipal", () -> plain.findByPrincipal("alice"), "revokeAll",
				() -> plain.revokeAll("alice"), "revokeAllExcept", () -> plain.revokeAllExcept("alice", "x"), "epoch",
				() -> plain.epoch("alice"), "count", plain::count, "stream", plain::stream);
		calls.forEach((name, call) -> assertThatExceptionOfType(UnsupportedOperationException.class).as(name)
			.isThrownBy(call::run)
			.withMessageContaining("TestRepository")
			.withMessageContaining(
					(name.equals("count") || name.equals("stream")) ? "SessionCatalog" : "PrincipalIndex"));
		assertThat(plain.find(handle(this.browser))).isPresent();
		this.repository.takeCalls();
		assertThat(plain.revoke(handle(this.browser))).isTrue();
		assertThat(this.repository.takeCalls()).containsExactly("find", "delete");
	}

	@Test
	void whatIsNoPrincipalEndsNobodysSessions() {

		for (String principal : List.of("\uD83D", "x".repeat(1025))) {
			assertThatExceptionOfType(IllegalArgumentException.class)
				.isThrownBy(() -> this.sessions.revokeAll(principal));
			assertThatExceptionOfType(IllegalArgumentException.class)
				.isThrownBy(() -> this.sessions.revokeAllExcept(principal, "x"));
			assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> this.sessions.epoch(principal));
			assertThatExceptionOfType(IllegalArgumentException.class)
				.isThrownBy(() -> this.sessions.findByPrincipal(principal));
		}
		assertThat(this.store.takeCalls()).isEmpty();
	}

}
