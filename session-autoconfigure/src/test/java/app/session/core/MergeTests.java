package app.session.core;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.security.SecureRandom;
import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.ParameterizedTypeReference;

import app.session.SessionEvent.ChangesDropped;
import app.session.SessionEvent.ConflictMerged;
import app.session.SessionEvent.Destroyed;
import app.session.SessionStoreUnavailableException;
import app.session.SessionEvent.RecordUnreadable;
import app.session.crypto.SessionIdGenerator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Two nodes write one session: what survives.
 */
class MergeTests extends EngineFixture {

	private final SessionEngine otherNode = engine(this.repository, EngineSettings.DEFAULTS);

	@BeforeEach
	void aVisitorWithASession() {
		request((session) -> {
			session.set("cart", "apple");
			session.set("views", 1);
		});
	}

	private void meanwhile(java.util.function.Consumer<app.session.Session> handler) {
		Browser copy = this.browser.copy();
		this.repository.beforeNextUpdate(() -> request(this.otherNode, copy, handler));
	}

	private Map<String, Object> stored() {
		Exchange exchange = open(engine(this.repository, EngineSettings.DEFAULTS), this.browser.copy());
		return exchange.session().toMap();
	}

	@Test
	void changesOfDifferentNamesAllSurvive() {
		meanwhile((session) -> session.set("a", 1));
		request((session) -> session.set("b", 2));
		assertThat(stored()).containsEntry("a", 1).containsEntry("b", 2).containsEntry("cart", "apple");
		assertThat(events(ConflictMerged.class)).isEmpty();
	}

	@Test
	void ofTwoPlainChangesOfOneNameTheLaterWinsAndAnEventSaysSo() {
		meanwhile((session) -> session.set("cart", "pear"));
		request((session) -> session.set("cart", "plum"));
		assertThat(stored()).containsEntry("cart", "plum");
		assertThat(events(ConflictMerged.class)).singleElement()
			.satisfies((event) -> assertThat(event.names()).containsExactly("cart"));
	}

	@Test
	void twoRequestsThatSetTheSameValueAreNoConflict() {
		meanwhile((session) -> session.set("cart", "plum"));
		request((session) -> session.set("cart", "plum"));
		assertThat(events(ConflictMerged.class)).isEmpty();
	}

	@Test
	void aRemovalSurvivesAnotherNodesWrite() {
		meanwhile((session) -> session.set("a", 1));
		request((session) -> session.remove("cart"));
		assertThat(stored()).doesNotContainKey("cart").containsEntry("a", 1);
	}

	@Test
	void incrementsOfTwoNodesBothCount() {
		meanwhile((session) -> assertThat(session.increment("views")).isEqualTo(2));
		request((session) -> assertThat(session.increment("views")).isEqualTo(3));
		assertThat(stored()).containsEntry("views", 3L);
	}

	@Test
	void anUpdateRunsAgainOnTheNewerValue() {
		meanwhile((session) -> session.set("cart", "pear"));
		request((session) -> assertThat(session.update("cart", String.class, (cart) -> cart + "+plum"))
			.isEqualTo("pear+plum"));
		assertThat(stored()).containsEntry("cart", "pear+plum");
	}

	@Test
	void onlyOneNodeTakesAValue() {
		meanwhile((session) -> assertThat(session.take("cart", String.class)).isEqualTo("apple"));
		request((session) -> assertThat(session.take("cart", String.class)).isNull());
	}

	@Test
	void onlyOneNodePutsAValueThatIsAbsent() {
		meanwhile((session) -> assertThat(session.putIfAbsent("winner", "other")).isTrue());
		request((session) -> assertThat(session.putIfAbsent("winner", "this")).isFalse());
		assertThat(stored()).containsEntry("winner", "other");
	}

	@Test
	void anExactOperationThatFindsNothingToDoLooksAtTheStoreAgain() {
		Exchange exchange = open();
		assertThat(exchange.session().get("token", String.class)).isNull();
		request(this.otherNode, this.browser.copy(), (session) -> session.set("token", "t"));
		assertThat(exchange.session().take("token", String.class)).isEqualTo("t");
	}

	@Test
	void clearRemovesWhatWasAddedMeanwhile() {
		meanwhile((session) -> session.set("a", 1));
		request((session) -> session.clear());
		assertThat(stored()).isEmpty();
	}

	@Test
	void replaceLeavesOnlyWhatItSays() {
		meanwhile((session) -> session.set("a", 1));
		request((session) -> session.replace(Map.of("b", 2)));
		assertThat(stored()).isEqualTo(Map.of("b", 2));
	}

	@Test
	void aLogoutElsewhereStaysALogout() {
		meanwhile((session) -> session.invalidate());
		Exchange exchange = open();
		exchange.session().set("cart", "plum");
		exchange.finish();
		assertThat(this.repository.records).isEmpty();
		assertThat(exchange.sends).isZero();
		assertThat(exchange.cleared).isFalse();
		assertThat(events(ChangesDropped.class)).singleElement().satisfies((event) -> {
			assertThat(event.reason()).isEqualTo(ChangesDropped.Reason.SESSION_ENDED);
			assertThat(event.names()).isEqualTo(Set.of("cart"));
		});
		assertThat(events(Destroyed.class)).hasSize(1);
	}

	@Test
	void exactOperationsOnAnEndedSessionWorkAsOnAnEmptyOne() {
		meanwhile((session) -> session.invalidate());
		Exchange exchange = open();
		assertThat(exchange.session().increment("views")).isEqualTo(1);
		assertThat(exchange.session().take("cart", String.class)).isNull();
		assertThat(exchange.session().putIfAbsent("lock", 1)).isFalse();
		assertThat(exchange.session().update("cart", String.class, (cart) -> (cart == null) ? "none" : cart))
			.isEqualTo("none");
		exchange.finish();
		assertThat(this.repository.records).isEmpty();
		assertThat(exchange.sends).isZero();
	}

	@Test
	void aLogoutOnThisNodeCostsTheOthersNoCall() {
		Exchange writer = open();
		writer.session().get("cart", String.class);
		request(this.engine, this.browser.copy(), (session) -> session.invalidate());
		this.repository.takeCalls();
		writer.session().set("cart", "plum");
		writer.finish();
		assertThat(this.repository.takeCalls()).isEmpty();
		assertThat(this.repository.records).isEmpty();
	}

	@Test
	void aSessionThatExpiredSinceItWasReadIsNotWrittenBack() {
		Exchange exchange = open();
		exchange.session().get("cart", String.class);
		advance(Duration.ofMinutes(34));
		exchange.session().set("cart", "plum");
		exchange.finish();
		assertThat(exchange.sends).isZero();
		assertThat(stored()).isEmpty();
	}

	@Test
	void whoeverMeetsConflictsBeyondTheTimeLimitGivesUpAndWritesNothing() {
		meanwhile((session) -> session.set("a", 1));
		this.repository.beforeNextUpdate(() -> {
		});
		this.repository.beforeNextUpdate(() -> {
			request(this.otherNode, this.browser.copy(), (session) -> session.set("a", 2));
			advance(Duration.ofSeconds(3));
		});
		Exchange exchange = open();
		exchange.session().set("cart", "plum");
		// The first other write comes before our update, the second before our retry.
		assertThatExceptionOfType(SessionStoreUnavailableException.class).isThrownBy(exchange::finish)
			.withMessageContaining("not written");
		assertThat(exchange.request.failure()).isInstanceOf(SessionStoreUnavailableException.class);
		assertThat(stored()).containsEntry("cart", "apple");
	}

	@Test
	void afterAMergeTheRequestSeesWhatIsStored() {
		meanwhile((session) -> session.set("a", 1));
		Exchange exchange = open();
		exchange.session().increment("views");
		assertThat(exchange.session().get("a", Integer.class)).isEqualTo(1);
		exchange.finish();
	}

	@Test
	void aClearThatTakesAwayWhatWasChangedMeanwhileSaysSo() {
		meanwhile((session) -> session.set("cart", "pear"));
		request((session) -> session.clear());
		assertThat(events(ConflictMerged.class)).singleElement()
			.satisfies((event) -> assertThat(event.names()).containsExactly("cart"));
	}

	@Test
	void anObjectThatIsChangedAfterOthersWroteIsSavedAndAnEventSaysSo() {
		request((session) -> session.set("items", List.of("apple")));
		meanwhile((session) -> session.set("items", List.of("pear")));
		Exchange exchange = open();
		List<String> items = Objects.requireNonNull(exchange.session().get("items", STRINGS));
		exchange.session().increment("views");
		assertThat(exchange.session().get("items", STRINGS)).containsExactly("pear");
		items.add("plum");
		exchange.finish();
		assertThat(stored()).containsEntry("items", List.of("apple", "plum"));
		assertThat(events(ConflictMerged.class)).singleElement()
			.satisfies((event) -> assertThat(event.names()).containsExactly("items"));
	}

	@Test
	void whatOthersWroteIsRememberedOverLaterWritesOfTheRequest() {
		request((session) -> session.set("items", List.of("apple")));
		meanwhile((session) -> session.set("items", List.of("pear")));
		Exchange exchange = open();
		List<String> items = Objects.requireNonNull(exchange.session().get("items", STRINGS));
		exchange.session().increment("views");
		exchange.session().increment("views");
		items.add("plum");
		exchange.finish();
		assertThat(events(ConflictMerged.class)).singleElement()
			.satisfies((event) -> assertThat(event.names()).containsExactly("items"));
	}

	@Test
	void aRecordThatCanNotBeReadAnyMoreReadsAsEnded() {
		Exchange exchange = open();
		exchange.session().get("cart", String.class);
		this.repository.beforeNextUpdate(() -> this.repository.records
			.replaceAll((key, record) -> record.next(new SessionIdGenerator(new SecureRandom()).newTag(),
					record.secretHash(), record.idleTimeout(), null, new byte[] { 99 })));
		assertThat(exchange.session().increment("views")).isEqualTo(1);
		exchange.session().set("cart", "plum");
		exchange.finish();
		assertThat(exchange.sends).isZero();
		assertThat(events(RecordUnreadable.class)).hasSize(1);
		assertThat(events(ChangesDropped.class)).isNotEmpty();
		request((session) -> assertThat(session.isNew()).isTrue());
	}

	@Test
	void aLogoutOfASessionThatEndedMeanwhileLeavesTheClientAlone() {
		Exchange late = open();
		late.session().get("cart", String.class);
		request(this.otherNode, this.browser, (session) -> {
			session.reset();
			session.set("user", "alice");
		});
		late.session().invalidate();
		late.session().set("a", 1);
		late.finish();
		assertThat(late.cleared).isFalse();
		assertThat(late.sends).isZero();
		assertThat(stored()).isEqualTo(Map.of("user", "alice"));
	}

	private static final ParameterizedTypeReference<List<String>> STRINGS = new ParameterizedTypeReference<>() {
	};

	@Test
	void aReplaceByWhatOthersStoredIsNoConflict() {
		meanwhile((session) -> session.set("cart", "pear"));
		request((session) -> session.replace(Map.of("cart", "pear")));
		assertThat(stored()).isEqualTo(Map.of("cart", "pear"));
		assertThat(events(ConflictMerged.class)).isEmpty();
	}

	@Test
	void anExactOperationOnAnEndedSessionIsReportedByName() {
		meanwhile((session) -> session.invalidate());
		request((session) -> session.putIfAbsent("lock", 1));
		assertThat(events(ChangesDropped.class)).singleElement()
			.satisfies((event) -> assertThat(event.names()).containsExactly("lock"));
	}

	@Test
	void aRequestThatWasToldItsSessionEndedAsksTheStoreNoMore() {
		Exchange exchange = open();
		exchange.session().get("cart", String.class);
		request(this.otherNode, this.browser.copy(), (session) -> session.invalidate());
		exchange.session().invalidate();
		this.repository.takeCalls();
		exchange.session().set("a", 1);
		exchange.finish();
		assertThat(this.repository.takeCalls()).isEmpty();
		assertThat(exchange.request.confirmedId()).isNull();
	}

	@Test
	void aSettingOfAnEndedSessionIsDropped() {
		meanwhile((session) -> session.invalidate());
		Exchange exchange = open();
		exchange.session().setTimeout(Duration.ofMinutes(1));
		exchange.finish();
		assertThat(exchange.sends).isZero();
		assertThat(events(ChangesDropped.class)).singleElement()
			.satisfies((event) -> assertThat(event.names()).isEmpty());
	}

}
