package app.session.core;

import java.util.Map;
import java.time.Duration;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import app.session.Session;
import app.session.SessionEvent.ChangesDropped;
import app.session.SessionEvent.IdChanged;
import app.session.SessionEvent.RetiredIdUsed;
import app.session.crypto.SessionId;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The id changes while other requests are in flight: the old id is dead at once, and what
 * was in flight neither undoes that nor gains by it.
 */
class IdChangeTests extends EngineFixture {

	private final SessionEngine otherNode = engine(this.repository, EngineSettings.DEFAULTS);

	@BeforeEach
	void aVisitorWithASession() {
		request((session) -> {
			session.set("cart", "apple");
			session.set("views", 1);
		});
	}

	private Map<String, Object> stored(Browser browser) {
		return open(engine(this.repository, EngineSettings.DEFAULTS), browser.copy()).session().toMap();
	}

	/** A request that has read its session before somebody else changes the id. */
	private Exchange inFlight(Consumer<Session> idChange) {
		Exchange exchange = open(this.engine, this.browser.copy());
		exchange.session().get("cart", String.class);
		request(this.otherNode, this.browser, idChange);
		return exchange;
	}

	@Test
	void theNewIdIsAliveAndTheOldOneDead() {
		Browser old = this.browser.copy();
		request((session) -> session.changeId());
		assertThat(stored(this.browser)).containsEntry("cart", "apple");
		Exchange exchange = open(this.engine, old);
		assertThat(exchange.session().isEmpty()).isTrue();
		assertThat(exchange.session().isNew()).isTrue();
		exchange.session().set("cart", "stolen");
		assertThat(exchange.session().increment("views")).isEqualTo(1);
		exchange.finish();
		assertThat(exchange.sends).isZero();
		assertThat(exchange.cleared).isFalse();
		assertThat(stored(this.browser)).containsEntry("cart", "apple").containsEntry("views", 1);
		assertThat(this.repository.records).hasSize(1);
		assertThat(events(RetiredIdUsed.class)).hasSize(1);
		assertThat(events(IdChanged.class)).hasSize(1);
	}

	@Test
	void aRetiredIdCanNotEndTheSession() {
		Browser old = this.browser.copy();
		request((session) -> session.changeId());
		request(this.engine, old, (session) -> session.invalidate());
		assertThat(stored(this.browser)).containsEntry("cart", "apple");
	}

	@Test
	void anIncrementInFlightCounts() {
		Exchange exchange = inFlight((session) -> session.changeId());
		assertThat(exchange.session().increment("views")).isEqualTo(2);
		exchange.finish();
		assertThat(exchange.sends).isZero();
		assertThat(stored(this.browser)).containsEntry("views", 2L);
	}

	@Test
	void aPlainChangeInFlightAppliesToAValueThatIsStillTheSame() {
		Exchange exchange = inFlight((session) -> session.changeId());
		exchange.session().set("cart", "pear");
		exchange.finish();
		assertThat(stored(this.browser)).containsEntry("cart", "pear");
		assertThat(exchange.sends).isZero();
	}

	@Test
	void aPlainChangeInFlightIsDroppedWhereTheValueHasChanged() {
		Exchange exchange = inFlight((session) -> {
			session.changeId();
			session.set("cart", "new");
		});
		exchange.session().set("cart", "pear");
		exchange.session().set("other", 1);
		exchange.finish();
		assertThat(stored(this.browser)).containsEntry("cart", "new").containsEntry("other", 1);
		assertThat(events(ChangesDropped.class)).singleElement().satisfies((event) -> {
			assertThat(event.reason()).isEqualTo(ChangesDropped.Reason.ID_CHANGED);
			assertThat(event.names()).containsExactly("cart");
		});
	}

	@Test
	void clearInFlightTouchesOnlyWhatItHadLoaded() {
		Exchange exchange = inFlight((session) -> {
			session.changeId();
			session.set("address", "new");
			session.set("views", 7);
		});
		exchange.session().clear();
		exchange.finish();
		assertThat(stored(this.browser)).isEqualTo(Map.of("address", "new", "views", 7));
		assertThat(events(ChangesDropped.class)).singleElement()
			.satisfies((event) -> assertThat(event.names()).containsExactly("views"));
	}

	@Test
	void replaceInFlightTouchesOnlyWhatItHadLoaded() {
		Exchange exchange = inFlight((session) -> {
			session.changeId();
			session.set("address", "new");
		});
		exchange.session().replace(Map.of("cart", "pear", "address", "forged"));
		exchange.finish();
		assertThat(stored(this.browser)).isEqualTo(Map.of("address", "new", "cart", "pear"));
	}

	@Test
	void ofTwoIdChangesTheFirstWins() {
		Exchange exchange = inFlight((session) -> session.changeId());
		exchange.session().changeId();
		exchange.finish();
		assertThat(exchange.sends).isZero();
		assertThat(stored(this.browser)).containsEntry("cart", "apple");
		assertThat(events(ChangesDropped.class)).hasSize(1);
	}

	@Test
	void aLoginInFlightIsRefused() {
		Exchange exchange = inFlight((session) -> session.setPrincipal("alice"));
		exchange.session().setPrincipal("mallory");
		exchange.finish();
		assertThat(exchange.sends).isZero();
		assertThat(this.repository.records.values()).singleElement()
			.satisfies((record) -> assertThat(record.principal()).isEqualTo("alice"));
	}

	@Test
	void aResetInFlightIsRefused() {
		Exchange exchange = inFlight((session) -> session.changeId());
		exchange.session().reset();
		exchange.session().set("cart", "pear");
		exchange.finish();
		assertThat(exchange.sends).isZero();
		assertThat(stored(this.browser)).containsEntry("cart", "apple");
		assertThat(this.repository.records).hasSize(1);
	}

	@Test
	void aLogoutInFlightIsCarriedOut() {
		Exchange exchange = inFlight((session) -> session.setPrincipal("alice"));
		exchange.session().invalidate();
		exchange.finish();
		assertThat(this.repository.records).isEmpty();
	}

	@Test
	void nothingOfTheLoggedInSessionIsReturnedToARequestFromBefore() {
		Exchange attacker = inFlight((session) -> {
			session.setPrincipal("alice");
			session.set("cart", "alice's");
			session.set("views", 100);
			session.set("token", "secret");
		});
		assertThat(attacker.session().increment("views")).isEqualTo(1);
		assertThat(attacker.session().take("token", String.class)).isNull();
		assertThat(attacker.session().get("cart", String.class)).isEqualTo("apple");
		assertThat(attacker.session().get("token", String.class)).isNull();
		assertThat(attacker.session().getPrincipal()).isNull();
		assertThat(attacker.session().putIfAbsent("lock", 1)).isFalse();
		assertThat(events(ChangesDropped.class)).isNotEmpty();
		attacker.finish();
		assertThat(attacker.sends).isZero();
		assertThat(stored(this.browser)).containsEntry("views", 100).containsEntry("token", "secret");
	}

	@Test
	void securityNamesAreNeverWrittenFromBeforeTheLogin() {
		Exchange attacker = inFlight((session) -> session.setPrincipal("alice"));
		attacker.session().set("SPRING_SECURITY_CONTEXT", "forged");
		attacker.session().set("cart", "pear");
		attacker.finish();
		assertThat(stored(this.browser)).doesNotContainKey("SPRING_SECURITY_CONTEXT").containsEntry("cart", "pear");
		assertThat(attacker.sends).isZero();
	}

	@Test
	void whatTheNewIdsOwnerStoredIsNotShownToARequestFromBefore() {
		Exchange exchange = inFlight((session) -> {
			session.changeId();
			session.set("address", "new");
		});
		exchange.session().increment("views");
		assertThat(exchange.session().get("address", String.class)).isNull();
		assertThat(exchange.session().get("views", Long.class)).isEqualTo(2);
		exchange.session().increment("views");
		assertThat(exchange.session().get("views", Long.class)).isEqualTo(3);
		exchange.finish();
		assertThat(exchange.sends).isZero();
	}

	@Test
	void answersInAnyOrderNeverLogTheBrowserOut() {
		Exchange slow = inFlight((session) -> session.setPrincipal("alice"));
		slow.session().set("late", 1);
		slow.finish();
		slow.deliver();
		assertThat(slow.sent).isNull();
		request((session) -> assertThat(session.getPrincipal()).isEqualTo("alice"));
	}

	@Test
	void severalChangesInOneRequestLeaveTheClientWithTheLastId() {
		Exchange exchange = open();
		exchange.session().changeId();
		exchange.session().increment("views");
		exchange.session().changeId();
		exchange.finish();
		assertThat(stored(this.browser)).containsEntry("views", 2L);
	}

	@Test
	void aResetBeginsAnotherSessionWithoutData() {
		Browser old = this.browser.copy();
		String handle = open().session().getHandle();
		request((session) -> {
			session.reset();
			assertThat(session.isEmpty()).isTrue();
			session.set("cart", "pear");
		});
		assertThat(stored(this.browser)).isEqualTo(Map.of("cart", "pear"));
		assertThat(open().session().getHandle()).isNotEqualTo(handle);
		assertThat(stored(old)).isEmpty();
		assertThat(this.repository.records).hasSize(1);
	}

	@Test
	void clearInFlightTakesAwayWhatTheRequestItselfHadSet() {
		Exchange exchange = inFlight((session) -> session.changeId());
		exchange.session().set("mine", 1);
		exchange.session().clear();
		exchange.finish();
		assertThat(stored(this.browser)).isEmpty();
	}

	@Test
	void aRetiredIdDoesNotKeepTheSessionAlive() {
		Browser old = this.browser.copy();
		request((session) -> session.changeId());
		for (int i = 0; i < 12; i++) {
			advance(Duration.ofMinutes(3));
			request(this.engine, old.copy(), (session) -> {
			});
			request(this.engine, old.copy(), (session) -> session.get("cart", String.class));
		}
		assertThat(open(this.engine, this.browser).request.exists()).isFalse();
	}

	@Test
	void theIdThatAnotherNodeGaveKeepsTheSessionAlive() {
		request(this.otherNode, this.browser, (session) -> session.changeId());
		for (int i = 0; i < 12; i++) {
			advance(Duration.ofMinutes(10));
			request((session) -> {
			});
		}
		assertThat(open(this.engine, this.browser).request.exists()).isTrue();
	}

	@Test
	void exactChangesOfARequestFromBeforeTheLoginAreReportedByName() {
		Exchange increment = inFlight((session) -> session.setPrincipal("alice"));
		increment.session().increment("views");
		increment.finish();
		assertThat(events(ChangesDropped.class)).singleElement()
			.satisfies((event) -> assertThat(event.names()).containsExactly("views"));
		this.events.clear();
		Exchange put = inFlight((session) -> session.setPrincipal("bob"));
		assertThat(put.session().putIfAbsent("lock", 1)).isFalse();
		put.finish();
		assertThat(events(ChangesDropped.class)).singleElement()
			.satisfies((event) -> assertThat(event.names()).containsExactly("lock"));
	}

	@Test
	void aChangeThatWasDroppedReadsOnAsTheRequestSetIt() {
		Exchange exchange = inFlight((session) -> {
			session.changeId();
			session.set("cart", "new");
		});
		exchange.session().set("cart", "pear");
		exchange.session().save();
		assertThat(exchange.session().get("cart", String.class)).isEqualTo("pear");
		assertThat(exchange.session().get("views", Integer.class)).isEqualTo(1);
		assertThat(exchange.request.confirmedId()).isNull();
		exchange.finish();
	}

	@Test
	void anIdThatAnotherRequestOfTheNodeRetiredIsNotSentAgain() {
		assertThat(confirmedAfter(Session::changeId)).isNull();
	}

	@Test
	void anIdWhoseSessionAnotherRequestOfTheNodeEndedIsNotSentAgain() {
		assertThat(confirmedAfter(Session::invalidate)).isNull();
	}

	@Test
	void anIdThatIsAliveIsSentAgain() {
		assertThat(confirmedAfter((session) -> session.set("cart", "new"))).isNotNull();
	}

	private @Nullable SessionId confirmedAfter(Consumer<Session> change) {
		Exchange exchange = open(this.engine, this.browser.copy());
		exchange.session().names();
		request(this.engine, this.browser, change);
		SessionId id = exchange.request.confirmedId();
		exchange.finish();
		return id;
	}

}
