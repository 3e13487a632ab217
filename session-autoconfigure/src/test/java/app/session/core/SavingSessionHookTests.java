package app.session.core;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import app.session.AttributeNotStorableException;
import app.session.Session;
import app.session.SessionEvent.ConflictMerged;
import app.session.SessionRecord;
import app.session.crypto.SessionId;

import org.springframework.core.ParameterizedTypeReference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * What an application adds to each write of a session.
 */
class SavingSessionHookTests extends EngineFixture {

	private static final ParameterizedTypeReference<List<String>> STRINGS = new ParameterizedTypeReference<>() {
	};

	private final DeviceHook hook = new DeviceHook();

	private final SessionEngine node = engine(this.repository, EngineSettings.DEFAULTS, List.of(this.hook));

	@BeforeEach
	void aVisitorWithASession() {
		this.browser.device = "phone";
		request(this.node, this.browser, (session) -> {
			session.set("n", 1L);
			session.set("items", List.of("apple"));
		});
		this.hook.valid = (session, request) -> true;
		forget();
	}

	private void forget() {
		this.repository.takeCalls();
		this.hook.takeCalls();
		this.events.clear();
	}

	private SessionRecord record() {
		return Objects.requireNonNull(this.repository.records.get(Objects.requireNonNull(this.browser.id).key()));
	}

	private int saves() {
		return (int) this.hook.takeCalls().stream().filter("beforeSave"::equals).count();
	}

	private Map<String, Object> stored() {
		Exchange exchange = open(engine(this.repository, EngineSettings.DEFAULTS), this.browser.copy());
		Map<String, Object> stored = exchange.session().toMap();
		exchange.request.noTouch();
		exchange.finish();
		this.repository.takeCalls();
		return stored;
	}

	@Test
	void whatItSetsIsWrittenWithTheRest() {
		this.hook.saving = (session) -> session.set("saved", session.get("n", Long.class));
		request(this.node, this.browser, (session) -> {
			session.set("n", 2L);
			session.set("m", 3);
		});
		assertThat(this.repository.takeCalls()).containsExactly("find", "update");
		assertThat(saves()).isOne();
		assertThat(stored()).containsEntry("n", 2L)
			.containsEntry("m", 3)
			.containsEntry("saved", 2L)
			.containsEntry("device", "phone");
		assertThat(this.events).isEmpty();
	}

	@Test
	void aNewSessionIsStoredWithIt() {
		Browser visitor = new Browser();
		visitor.device = "tablet";
		request(this.node, visitor, (session) -> assertThat(session.increment("n")).isOne());
		assertThat(this.repository.takeCalls()).containsExactly("create");
		assertThat(saves()).isOne();
		request(this.node, visitor, (session) -> assertThat(session.toMap()).containsOnly(Map.entry("n", 1L),
				Map.entry("device", "tablet")));
	}

	static Stream<Arguments> nothing() {
		return Stream.<Consumer<Session>>of((session) -> {
		}, Session::names, Session::save, (session) -> session.set("n", 1L), (session) -> session.remove("other"),
				(session) -> {
					session.set("n", 2L);
					session.set("n", 1L);
				}, (session) -> session.take("other", String.class), (session) -> session.putIfAbsent("n", 2L),
				(session) -> session.increment("n", 0), (session) -> session.update("n", Long.class, (n) -> n),
				Session::invalidate, Session::reset)
			.map((handler) -> arguments(handler));
	}

	@ParameterizedTest
	@MethodSource("nothing")
	void itIsNotAskedWhereNothingIsToBeWritten(Consumer<Session> handler) {
		request(this.node, this.browser, handler);
		assertThat(saves()).isZero();
	}

	@Test
	void itIsNotAskedForAVisitorWithoutASessionNorOneThatCanNotBeStored() {
		request(this.node, new Browser(), Session::names);
		Exchange plain = open(this.node, new Browser());
		plain.secure = false;
		plain.session().increment("n");
		plain.session().set("a", "b");
		plain.finish();
		assertThat(this.repository.takeCalls()).isEmpty();
		assertThat(saves()).isZero();
	}

	@Test
	void itIsNotAskedForWhatIsDiscardedOrTooLate() {
		Exchange exchange = open(this.node, this.browser);
		exchange.session().set("n", 2L);
		exchange.request.discardChanges();
		Objects.requireNonNull(exchange.session().get("items", STRINGS)).add("pear");
		exchange.request.end();
		assertThat(saves()).isZero();
	}

	@Test
	void itIsNotAskedForASessionThatIsKnownToHaveEnded() {
		Exchange exchange = open(this.node, this.browser);
		exchange.session().names();
		request(this.node, this.browser.copy(), Session::invalidate);
		exchange.session().increment("n");
		exchange.session().set("a", "b");
		exchange.finish();
		assertThat(saves()).isZero();
	}

	@Test
	void itIsAskedOnceForASessionThatTurnsOutToHaveEnded() {
		Exchange exchange = open(this.node, this.browser);
		exchange.session().names();
		request(engine(this.repository, EngineSettings.DEFAULTS), this.browser.copy(), Session::invalidate);
		exchange.session().increment("n");
		exchange.session().set("a", "b");
		exchange.finish();
		assertThat(saves()).isOne();
		assertThat(this.repository.records).isEmpty();
		assertThat(exchange.sends).isZero();
	}

	@Test
	void eachWriteOfARequestAsks() {
		Exchange exchange = open(this.node, this.browser);
		Session session = exchange.session();
		session.set("a", 1);
		session.increment("n");
		assertThat(saves()).isOne();
		session.increment("n");
		assertThat(saves()).isOne();
		session.set("b", 1);
		session.save();
		assertThat(saves()).isOne();
		session.save();
		exchange.request.commit();
		assertThat(saves()).isZero();
		session.set("b", 2);
		exchange.finish();
		assertThat(saves()).isOne();
		assertThat(this.repository.takeCalls()).containsExactly("find", "update", "update", "update", "update");
	}

	@Test
	void whatItSetsAnewInEachWriteIsNoReasonToWriteAgain() {
		this.hook.saving = (session) -> session.set("saves", session.get("saves", Integer.class, 0) + 1);
		Exchange exchange = open(this.node, this.browser);
		exchange.session().increment("n");
		exchange.request.commit();
		exchange.finish();
		assertThat(saves()).isOne();
		assertThat(stored()).containsEntry("saves", 1);
	}

	@Test
	void whatItChangesInPlaceIsWrittenToo() {
		this.hook.saving = (session) -> Objects.requireNonNull(session.get("items", STRINGS)).add("pear");
		request(this.node, this.browser, (session) -> session.increment("n"));
		assertThat(this.repository.takeCalls()).containsExactly("find", "update");
		assertThat(stored()).containsEntry("items", List.of("apple", "pear"));
	}

	@Test
	void whatTheHandlerChangedInPlaceIsAReasonToWrite() {
		this.hook.saving = (session) -> assertThat(session.get("items", STRINGS)).containsExactly("apple", "plum");
		request(this.node, this.browser,
				(session) -> Objects.requireNonNull(session.get("items", STRINGS)).add("plum"));
		assertThat(saves()).isOne();
		assertThat(stored()).containsEntry("items", List.of("apple", "plum"));
	}

	@Test
	void anExactOperationAnswersWithWhatIsStoredAlsoIfTheHookSetsTheSame() {
		this.hook.saving = (session) -> session.set("n", 40L);
		request(this.node, this.browser, (session) -> {
			assertThat(session.increment("n")).isEqualTo(41);
			assertThat(session.get("n", Long.class)).isEqualTo(41);
		});
		assertThat(stored()).containsEntry("n", 41L);
		Browser visitor = new Browser();
		request(this.node, visitor, (session) -> assertThat(session.increment("n")).isEqualTo(41));
		request(this.node, visitor, (session) -> assertThat(session.get("n", Long.class)).isEqualTo(41));
	}

	@Test
	void whatItSetsIsReplayedWhenAnotherNodeWroteFirst() {
		SessionEngine other = engine(this.repository, EngineSettings.DEFAULTS);
		Browser twin = this.browser.copy();
		this.hook.saving = (session) -> session.set("saved", "by the hook");
		this.repository.beforeNextUpdate(() -> request(other, twin, (session) -> session.increment("n")));
		request(this.node, this.browser, (session) -> assertThat(session.increment("n")).isEqualTo(3));
		assertThat(saves()).isOne();
		assertThat(stored()).containsEntry("n", 3L).containsEntry("saved", "by the hook");
		assertThat(events(ConflictMerged.class)).isEmpty();
	}

	@Test
	void itIsAskedWhenOnlyTheNewerSessionShowsThatThereIsSomethingToWrite() {
		SessionEngine other = engine(this.repository, EngineSettings.DEFAULTS);
		this.hook.saving = (session) -> session.set("saved", "by the hook");
		Exchange exchange = open(this.node, this.browser);
		exchange.session().names();
		request(other, this.browser.copy(), (session) -> session.remove("n"));
		assertThat(exchange.session().putIfAbsent("n", 9L)).isTrue();
		exchange.finish();
		assertThat(saves()).isOne();
		assertThat(stored()).containsEntry("n", 9L).containsEntry("saved", "by the hook");
	}

	@Test
	void whatItThrowsIsTheFailureOfTheRequestAndNothingIsWritten() {
		this.hook.saving = (session) -> {
			throw new UnsupportedOperationException("not today");
		};
		SessionRecord before = record();
		Exchange exchange = open(this.node, this.browser);
		exchange.session().set("n", 2L);
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(exchange.request::commit);
		assertThat(exchange.request.failure()).hasMessage("not today");
		exchange.finish();
		assertThat(record()).isEqualTo(before);
		assertThat(saves()).isOne();
	}

	@Test
	void whatItThrowsKeepsANewSessionFromBeingStored() {
		this.hook.saving = (session) -> {
			throw new UnsupportedOperationException("not today");
		};
		Exchange exchange = open(this.node, new Browser());
		exchange.session().set("n", 2L);
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(exchange.request::commit);
		exchange.request.end();
		assertThat(this.repository.takeCalls()).isEmpty();
		assertThat(exchange.sends).isZero();
	}

	@Test
	void whatItThrowsComesOutOfAnExactOperationAndLeavesTheRest() {
		Exchange exchange = open(this.node, this.browser);
		exchange.session().set("a", "b");
		this.hook.saving = (session) -> {
			throw new UnsupportedOperationException("not now");
		};
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> exchange.session().increment("n"));
		assertThat(exchange.session().get("n", Long.class)).isEqualTo(1);
		this.hook.saving = (session) -> {
		};
		exchange.finish();
		assertThat(stored()).containsEntry("n", 1L).containsEntry("a", "b");
	}

	@Test
	void whatItCanNotSetIsNotWrittenNorWhatWasToBe() {
		this.hook.saving = (session) -> session.set("big", "x".repeat(2 << 20));
		Exchange exchange = open(this.node, this.browser);
		assertThatExceptionOfType(AttributeNotStorableException.class)
			.isThrownBy(() -> exchange.session().increment("n"));
		assertThat(exchange.session().get("n", Long.class)).isEqualTo(1);
		assertThat(this.repository.takeCalls()).containsExactly("find");
	}

	static Stream<Arguments> more() {
		return Stream
			.<Consumer<Session>>of((session) -> session.increment("n"), (session) -> session.take("n", Long.class),
					(session) -> session.putIfAbsent("n", 2L), (session) -> session.update("n", Long.class, (n) -> 2L),
					Session::save, Session::invalidate, Session::reset, Session::changeId,
					(session) -> session.setPrincipal("bob"), (session) -> session.setPrincipal("bob", 0),
					(session) -> session.setCookieMaxAge(Duration.ofDays(1)))
			.map((change) -> arguments(change));
	}

	@ParameterizedTest
	@MethodSource("more")
	void itCanChangeNoMoreThanAttributesAndTheTimeout(Consumer<Session> change) {
		this.hook.saving = (session) -> {
			assertThatIllegalStateException().isThrownBy(() -> change.accept(session))
				.withMessageContaining("SessionHook.beforeSave can change attributes and the timeout alone");
			session.setTimeout(Duration.ofMinutes(5));
		};
		SessionId before = Objects.requireNonNull(this.browser.id);
		request(this.node, this.browser, (session) -> session.increment("n"));
		assertThat(this.repository.takeCalls()).containsExactly("find", "update");
		assertThat(this.browser.id).isEqualTo(before);
		assertThat(stored()).containsEntry("n", 2L);
		assertThat(saves()).isOne();
		request(this.node, this.browser, (session) -> {
			assertThat(session.getTimeout()).isEqualTo(Duration.ofMinutes(5));
			session.changeId();
			session.increment("n");
		});
	}

	@Test
	void aNewSessionOfWhichItLeavesNothingIsNotStored() {
		this.hook.saving = Session::clear;
		Exchange exchange = open(this.node, new Browser());
		exchange.session().set("a", "b");
		exchange.finish();
		assertThat(this.repository.takeCalls()).isEmpty();
		assertThat(exchange.sends).isZero();
	}

	@Test
	void itMayAddToTheWriteOfAFilterWhereTheHandlerOnlyReads() {
		this.hook.saving = (session) -> session.set("saved", "by the hook");
		Exchange exchange = open(this.node, this.browser);
		exchange.session().set("filter", true);
		exchange.request.readOnly();
		exchange.finish();
		assertThat(stored()).containsEntry("filter", true).containsEntry("saved", "by the hook");
		Exchange next = open(this.node, this.browser);
		next.request.readOnly();
		assertThatIllegalStateException().isThrownBy(() -> next.session().set("n", 2L));
		next.finish();
	}

	@Test
	void itMayAddToAWriteAfterTheResponse() {
		this.hook.saving = (session) -> session.set("saved", "by the hook");
		Exchange exchange = open(this.node, this.browser);
		exchange.open = false;
		exchange.request.container().setObject("late", "object");
		assertThatIllegalStateException().isThrownBy(() -> exchange.session().set("n", 2L));
		exchange.finish();
		assertThat(stored()).containsEntry("late", "object").containsEntry("saved", "by the hook");
		assertThat(exchange.sends).isZero();
	}

	@Test
	void aLoginAsksOnceAndIsAsExactAsWithout() {
		this.hook.saving = (session) -> session.set("user", session.getPrincipal());
		SessionId before = Objects.requireNonNull(this.browser.id);
		request(this.node, this.browser, (session) -> session.setPrincipal("alice"));
		assertThat(this.browser.id).isNotEqualTo(before);
		assertThat(this.repository.takeCalls()).containsExactly("find", "update");
		assertThat(record().principal()).isEqualTo("alice");
		assertThat(saves()).isOne();
		assertThat(stored()).containsEntry("user", "alice");
	}

	@Test
	void aLateRequestOfARetiredIdSetsNothingThatOthersHaveSet() {
		Exchange late = open(this.node, this.browser.copy());
		late.session().names();
		request(this.node, this.browser, (session) -> {
			session.changeId();
			session.set("device", "another");
		});
		this.hook.saving = (session) -> session.set("n", 5L);
		this.hook.takeCalls();
		assertThat(late.session().increment("counted")).isOne();
		late.finish();
		assertThat(saves()).isOne();
		assertThat(stored()).containsEntry("counted", 1L);
		assertThat(late.sends).isZero();
	}

	@Test
	void severalHooksAreAskedInTheirOrder() {
		DeviceHook second = new DeviceHook();
		second.saving = (session) -> session.set("order", session.get("order", String.class) + " second");
		this.hook.saving = (session) -> session.set("order", "first");
		SessionEngine both = engine(this.repository, EngineSettings.DEFAULTS, List.of(this.hook, second));
		request(both, this.browser, (session) -> session.set("a", "b"));
		assertThat(stored()).containsEntry("order", "first second");
	}

	@Test
	void aSerializedRequestKeepsItsTurn() {
		this.hook.saving = (session) -> session.set("saved", session.get("n", Long.class));
		Exchange exchange = open(this.node, this.browser);
		exchange.request.serialize(Duration.ofSeconds(5));
		exchange.session().set("n", 5L);
		exchange.finish();
		assertThat(stored()).containsEntry("n", 5L).containsEntry("saved", 5L);
		assertThat(this.node.sharedSessions().size()).isZero();
	}

}
