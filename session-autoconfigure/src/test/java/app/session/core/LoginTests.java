package app.session.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import app.session.LoginRefusedException;
import app.session.PrincipalIndex.Admission.Status;
import app.session.Session;
import app.session.SessionEvent.Created;
import app.session.SessionEvent.Destroyed;
import app.session.SessionEvent.IdChanged;
import app.session.SessionKey;
import app.session.SessionLimit;
import app.session.SessionLimit.WhenFull;
import app.session.SessionStoreUnavailableException;
import app.session.core.IndexedTestRepository.Crash;
import app.session.core.IndexedTestRepository.Entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Logins in a store that keeps an index of principals: the record is written first, the
 * cookie is sent last, and whoever comes next finishes what a crash has left.
 */
class LoginTests extends EngineFixture {

	private final IndexedTestRepository store = new IndexedTestRepository(this.clock);

	private final SessionEngine node = engine(this.store, EngineSettings.DEFAULTS);

	private SessionEngine limited(int sessions, WhenFull whenFull) {
		return engine(this.store, limitedSettings(new SessionLimit(sessions, whenFull)));
	}

	static EngineSettings limitedSettings(SessionLimit limit) {
		EngineSettings d = EngineSettings.DEFAULTS;
		return new EngineSettings(d.timeout(), null, d.maxLifetime(), d.touchFraction(), null, d.storeTimeout(),
				d.maxAttributes(), d.maxBytes(), d.maxNameLength(), d.securityNames(), limit,
				EngineSettings.OnStoreFailure.FAIL);
	}

	private Browser login(SessionEngine engine, String principal) {
		Browser visitor = new Browser();
		request(engine, visitor, (session) -> session.setPrincipal(principal));
		return visitor;
	}

	private boolean isAlive(Browser visitor) {
		return visitor.id != null && open(engine(this.store, EngineSettings.DEFAULTS), visitor.copy()).request.exists();
	}

	private Entry entry(String principal) {
		return this.store.entries.computeIfAbsent(principal, (name) -> new Entry());
	}

	private static SessionKey key(Browser visitor) {
		assertThat(visitor.id).isNotNull();
		return visitor.id.key();
	}

	@Test
	void aLoginCostsTwoCallsOfTheIndex() {
		request(this.node, this.browser, (session) -> session.set("a", 1));
		this.store.takeCalls();
		request(this.node, this.browser, (session) -> session.setPrincipal("alice"));
		assertThat(this.store.takeCalls()).containsExactly("find", "epoch", "update", "admit");
		assertThat(entry("alice").members).containsExactly(key(this.browser));
	}

	@Test
	void aLoginWithoutASessionMakesOne() {
		request(this.node, this.browser, (session) -> {
			session.setPrincipal("alice");
			session.set("a", 1);
		});
		assertThat(this.store.takeCalls()).containsExactly("epoch", "create", "admit");
		request(this.node, this.browser, (session) -> assertThat(session.getPrincipal()).isEqualTo("alice"));
		assertThat(entry("alice").members).containsExactly(key(this.browser));
	}

	@Test
	void theOldestSessionIsEndedBeforeTheCookieIsSent() {
		SessionEngine two = limited(2, WhenFull.END_OLDEST);
		Browser first = login(two, "alice");
		Browser second = login(two, "alice");
		this.store.takeCalls();
		Exchange third = new Exchange(two, new Browser()) {
			@Override
			public void send(app.session.crypto.SessionId id, Duration maxAge) {
				LoginTests.this.store.calls.add("send");
				super.send(id, maxAge);
			}
		};
		third.session().setPrincipal("alice");
		third.finish();
		assertThat(this.store.takeCalls()).containsExactly("epoch", "create", "members", "find", "find", "admit",
				"delete", "strikeOff", "send");
		assertThat(isAlive(first)).isFalse();
		assertThat(isAlive(second)).isTrue();
		assertThat(entry("alice").condemned).isEmpty();
		assertThat(events(Destroyed.class))
			.containsExactly(new Destroyed(key(first), "alice", Destroyed.Reason.LIMITED));
	}

	@Test
	void aLoginBeyondTheLimitIsRefused() {
		SessionEngine one = limited(1, WhenFull.REFUSE);
		Browser first = login(one, "alice");
		Exchange second = open(one, new Browser());
		second.session().setPrincipal("alice");
		assertThatExceptionOfType(LoginRefusedException.class).isThrownBy(() -> second.session().save())
			.satisfies((ex) -> assertThat(ex.getStatus()).isEqualTo(Status.FULL));
		assertThatExceptionOfType(LoginRefusedException.class).isThrownBy(() -> second.session().set("a", 1));
		second.finish();
		assertThat(second.request.failure()).isInstanceOf(LoginRefusedException.class);
		assertThat(second.request.exists()).isFalse();
		assertThat(second.sends).isZero();
		assertThat(isAlive(first)).isTrue();
		assertThat(this.store.records).hasSize(1);
		assertThat(entry("alice").members).containsExactly(key(first));
		assertThat(events(Destroyed.class)).singleElement()
			.satisfies((event) -> assertThat(event.reason()).isEqualTo(Destroyed.Reason.LIMITED));
		assertThat(events(Created.class)).hasSize(2);
		assertThat(one.sharedSessions().size()).isZero();
	}

	@Test
	void aLoginOfAStoredSessionThatIsRefusedTellsBothItsIdChangeAndItsEnd() {
		SessionEngine one = limited(1, WhenFull.REFUSE);
		login(one, "alice");
		request(one, this.browser, (session) -> session.set("a", 1));
		Exchange exchange = open(one, this.browser);
		exchange.session().setPrincipal("alice");
		assertThatExceptionOfType(LoginRefusedException.class).isThrownBy(exchange.request::commit);
		exchange.finish();
		assertThat(exchange.sends).isZero();
		assertThat(isAlive(this.browser)).isFalse();
		assertThat(events(IdChanged.class)).hasSize(1);
		assertThat(events(Destroyed.class)).hasSize(1);
	}

	@Test
	void aLoginWhoseEpochIsOverIsRefused() {
		long epoch = this.node.sessions().epoch("alice");
		this.node.sessions().revokeAll("alice");
		Exchange exchange = open(this.node, new Browser());
		exchange.session().setPrincipal("alice", epoch);
		assertThatExceptionOfType(LoginRefusedException.class).isThrownBy(exchange.request::commit)
			.satisfies((ex) -> assertThat(ex.getStatus()).isEqualTo(Status.STALE));
		exchange.finish();
		assertThat(this.store.records).isEmpty();
		assertThat(exchange.sends).isZero();
	}

	@Test
	void aSessionThatIsCondemnedCanNotLogInAgain() {
		Browser visitor = login(this.node, "alice");
		this.store.revoke("alice", null);
		Exchange exchange = open(this.node, visitor);
		exchange.session().setPrincipal("alice");
		assertThatExceptionOfType(LoginRefusedException.class).isThrownBy(exchange.request::commit)
			.satisfies((ex) -> assertThat(ex.getStatus()).isEqualTo(Status.CONDEMNED));
		exchange.finish();
		assertThat(this.store.records).isEmpty();
		assertThat(entry("alice").condemned).isEmpty();
	}

	@Test
	void aSessionHasOnePrincipalAtATime() {
		Browser visitor = login(this.node, "alice");
		request(this.node, visitor, (session) -> {
			session.setPrincipal("bob");
			session.setPrincipal("carol");
			assertThat(session.getPrincipal()).isEqualTo("carol");
		});
		assertThat(entry("alice").members).isEmpty();
		assertThat(entry("bob").members).isEmpty();
		assertThat(entry("carol").members).containsExactly(key(visitor));
		this.store.takeCalls();
		request(this.node, visitor, (session) -> session.setPrincipal("carol"));
		assertThat(this.store.takeCalls()).containsExactly("find", "epoch", "update", "admit");
		request(this.node, visitor, (session) -> session.setPrincipal(null));
		assertThat(entry("carol").members).isEmpty();
		assertThat(isAlive(visitor)).isTrue();
		this.store.takeCalls();
		request(this.node, visitor, (session) -> session.setPrincipal(null));
		assertThat(this.store.takeCalls()).containsExactly("find", "update");
	}

	@Test
	void aLoginAndLogoutInOneRequestLeavesNothing() {
		request(this.node, this.browser, (session) -> session.set("a", 1));
		Exchange exchange = open(this.node, this.browser);
		exchange.session().setPrincipal("alice");
		exchange.session().invalidate();
		exchange.finish();
		assertThat(this.store.records).isEmpty();
		assertThat(entry("alice").members).isEmpty();
		assertThat(exchange.cleared).isTrue();
		assertThat(exchange.sends).isZero();
	}

	@Test
	void anIndexThatIsDownSendsNoCookie() {
		IndexedTestRepository down = new IndexedTestRepository(this.clock) {
			@Override
			public synchronized Admission admit(String principal, SessionKey key, long epoch, SessionLimit limit) {
				throw new SessionStoreUnavailableException("down", null);
			}
		};
		Exchange exchange = open(engine(down, EngineSettings.DEFAULTS), new Browser());
		exchange.session().setPrincipal("alice");
		assertThatExceptionOfType(SessionStoreUnavailableException.class).isThrownBy(exchange.request::commit);
		exchange.finish();
		assertThat(exchange.sends).isZero();
		assertThat(exchange.request.exists()).isFalse();
	}

	@ParameterizedTest
	@EnumSource(WhenFull.class)
	void sessionsThatHaveEndedDoNotCount(WhenFull whenFull) {
		SessionEngine two = limited(2, whenFull);
		Browser living = login(two, "alice");
		Browser loggedOut = login(two, "alice");
		request(two, loggedOut, Session::invalidate);
		assertThat(isAlive(login(two, "alice"))).isTrue();
		assertThat(isAlive(living)).isTrue();
		advance(Duration.ofHours(1));
		assertThat(isAlive(login(two, "alice"))).isTrue();
		assertThat(entry("alice").members).hasSize(1);
	}

	@Test
	void theNextLoginFinishesWhatACrashHasLeft() {
		int crashes = 0;
		for (int step = 1;; step++) {
			SessionEngine one = limited(1, WhenFull.END_OLDEST);
			this.store.entries.clear();
			this.store.records.clear();
			List<Browser> visitors = new ArrayList<>(List.of(login(one, "alice")));
			Browser victim = new Browser();
			visitors.add(victim);
			request(one, victim, (session) -> session.set("a", 1));
			this.store.crashAfter(step);
			Exchange crashed = open(one, victim);
			try {
				crashed.session().setPrincipal("alice");
				crashed.request.commit();
			}
			catch (Crash ex) {
				crashes++;
			}
			this.store.crashAfter(-1);
			crashed.open = false;
			crashed.deliver();
			assertThat(alive(visitors)).as("step %d", step).isLessThanOrEqualTo(1);
			visitors.add(login(engine(this.store, limitedSettings(new SessionLimit(1, WhenFull.END_OLDEST))), "alice"));
			assertThat(alive(visitors)).as("step %d", step).isOne();
			assertThat(isAlive(visitors.get(2))).isTrue();
			assertThat(entry("alice").condemned).as("step %d", step).isEmpty();
			if (crashes < step) {
				break;
			}
		}
		assertThat(crashes).isGreaterThan(6);
	}

	private long alive(List<Browser> visitors) {
		return visitors.stream()
			.filter((visitor) -> open(this.node, visitor.copy()).session().getPrincipal() != null)
			.count();
	}

}
