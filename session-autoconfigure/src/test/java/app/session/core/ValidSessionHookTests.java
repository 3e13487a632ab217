package app.session.core;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import app.session.ClientRequest;
import app.session.LoginNotFreshException;
import app.session.Session;
import app.session.SessionEvent.ChangesDropped;
import app.session.SessionEvent.Destroyed;
import app.session.SessionEvent.Invalid;
import app.session.SessionEvent.Missed;
import app.session.SessionEvent.RetiredIdUsed;
import app.session.SessionHook;
import app.session.SessionKey;
import app.session.SessionRecord;
import app.session.SessionStoreUnavailableException;
import app.session.core.EngineSettings.OnStoreFailure;
import app.session.crypto.SessionId;

import org.springframework.core.ParameterizedTypeReference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * A session that the application keeps from the client that brought it.
 */
class ValidSessionHookTests extends EngineFixture {

	private static final Duration LIMIT = Duration.ofSeconds(5);

	private static final ParameterizedTypeReference<List<String>> STRINGS = new ParameterizedTypeReference<>() {
	};

	private final DeviceHook hook = new DeviceHook();

	private final SessionEngine node = engine(this.repository, EngineSettings.DEFAULTS, List.of(this.hook));

	private Browser thief = new Browser();

	private SessionRecord before;

	@BeforeEach
	void aVisitorLoggedInWithItsPhoneAndAThiefOfItsCookie() {
		this.browser.device = "phone";
		request(this.node, this.browser, (session) -> {
			session.setPrincipal("alice");
			session.set("views", 7L);
			session.set("items", List.of("apple"));
		});
		this.thief = this.browser.copy();
		this.thief.device = "laptop";
		this.before = record();
		forget();
	}

	private void forget() {
		this.repository.takeCalls();
		this.hook.takeCalls();
		this.events.clear();
	}

	private SessionRecord record() {
		return Objects.requireNonNull(this.repository.records.get(id(this.browser).key()));
	}

	private static SessionId id(Browser browser) {
		return Objects.requireNonNull(browser.id);
	}

	private SessionKey key() {
		return this.before.key();
	}

	@Test
	void theSameClientSeesItsSession() {
		request(this.node, this.browser, (session) -> assertThat(session.get("views", Long.class)).isEqualTo(7));
		assertThat(this.events).isEmpty();
		assertThat(this.repository.takeCalls()).containsExactly("find");
		assertThat(this.hook.takeCalls()).containsExactly("isValid");
	}

	@Test
	void anotherSeesWhatANewVisitorSees() {
		Exchange exchange = open(this.node, this.thief);
		Session session = exchange.session();
		assertThat(exchange.request.container().mayExist()).isTrue();
		assertThat(session.get("views", Long.class)).isNull();
		assertThat(session.names()).isEmpty();
		assertThat(session.toMap()).isEmpty();
		assertThat(session.isNew()).isTrue();
		assertThat(session.getHandle()).isNull();
		assertThat(session.getPrincipal()).isNull();
		assertThat(session.isFreshlyAuthenticated(Duration.ofMinutes(5))).isFalse();
		assertThatExceptionOfType(LoginNotFreshException.class)
			.isThrownBy(() -> exchange.request.login().requireFresh("alice", Duration.ofMinutes(5)));
		assertThat(exchange.request.exists()).isFalse();
		assertThat(exchange.request.confirmedId()).isNull();
		assertThat(exchange.request.container().mayExist()).isFalse();
		assertThat(exchange.request.container().key()).isNull();
		exchange.finish();
		assertThat(this.hook.takeCalls()).containsExactly("isValid");
		assertThat(this.events).containsExactly(new Invalid(key()));
	}

	@Test
	void theSessionAndTheCookieAreLeftAlone() {
		Exchange exchange = open(this.node, this.thief);
		exchange.session().names();
		exchange.finish();
		assertThat(this.repository.takeCalls()).containsExactly("find");
		assertThat(record()).isEqualTo(this.before);
		assertThat(exchange.sends).isZero();
		assertThat(exchange.cleared).isFalse();
	}

	@Test
	void aWriteBeginsAnotherSessionAndReplacesTheCookie() {
		SessionId presented = id(this.thief);
		request(this.node, this.thief, (session) -> {
			assertThat(session.increment("views")).isEqualTo(1);
			session.set("items", List.of("pear"));
		});
		assertThat(id(this.thief).key()).isNotEqualTo(presented.key());
		assertThat(record()).isEqualTo(this.before);
		request(this.node, this.thief,
				(session) -> assertThat(session.toMap()).containsEntry("device", "laptop").containsEntry("views", 1L));
		request(this.node, this.browser,
				(session) -> assertThat(session.toMap()).containsEntry("device", "phone").containsEntry("views", 7L));
		assertThat(events(Invalid.class)).hasSize(1);
	}

	@Test
	void aLoginByAnotherClientIsInASessionOfItsOwn() {
		request(this.node, this.thief, (session) -> session.setPrincipal("mallory"));
		assertThat(id(this.thief).key()).isNotEqualTo(key());
		assertThat(record()).isEqualTo(this.before);
		assertThat(this.before.principal()).isEqualTo("alice");
	}

	@Test
	void anotherClientCanNotEndTheSession() {
		Exchange exchange = open(this.node, this.thief);
		exchange.session().invalidate();
		exchange.session().reset();
		exchange.session().changeId();
		exchange.finish();
		assertThat(record()).isEqualTo(this.before);
		assertThat(exchange.cleared).isFalse();
		assertThat(events(Destroyed.class)).isEmpty();
	}

	@Test
	void aListenerCanEndIt() {
		SessionEngine[] strict = new SessionEngine[1];
		strict[0] = new SessionEngine(this.repository, this.node.codec(), this.node.ids(), EngineSettings.DEFAULTS,
				this.clock, (event) -> {
					this.events.add(event);
					if (event instanceof Invalid invalid) {
						strict[0].sessions().revoke(invalid.key().handle());
					}
				}, () -> List.of(this.hook));
		request(strict[0], this.thief, (session) -> session.set("a", "b"));
		assertThat(this.repository.records).doesNotContainKey(key()).hasSize(1).containsKey(id(this.thief).key());
		assertThat(events(Destroyed.class)).extracting(Destroyed::reason).containsExactly(Destroyed.Reason.REVOKED);
		assertThat(events(ChangesDropped.class)).isEmpty();
	}

	@Test
	void aSessionThatIsNotUsedIsNotAskedAbout() {
		request(this.node, this.thief, (session) -> {
		});
		assertThat(this.repository.takeCalls()).isEmpty();
		assertThat(this.hook.takeCalls()).isEmpty();
	}

	@Test
	void theUseByItsClientPutsOffTheExpiry() {
		advance(Duration.ofMinutes(3));
		request(this.node, this.browser, Session::names);
		assertThat(this.repository.takeCalls()).containsExactly("find", "touch");
		request(this.node, this.browser, Session::names);
		assertThat(this.repository.takeCalls()).containsExactly("find");
		advance(Duration.ofMinutes(3));
		request(this.node, this.browser, (session) -> {
		});
		assertThat(this.repository.takeCalls()).containsExactly("find", "touch");
		request(this.node, this.browser, (session) -> {
		});
		assertThat(this.repository.takeCalls()).isEmpty();
		assertThat(record().lastAccessedTime()).isEqualTo(this.clock.instant());
	}

	@Test
	void theUseByAnotherClientDoesNot() {
		advance(Duration.ofMinutes(3));
		request(this.node, this.thief, Session::names);
		request(this.node, this.thief, (session) -> {
		});
		assertThat(this.repository.takeCalls()).containsExactly("find", "find");
		assertThat(record()).isEqualTo(this.before);
		assertThat(events(Invalid.class)).hasSize(2);
	}

	@Test
	void aRequestThatIsNoUseOfTheSessionPutsOffNothing() {
		advance(Duration.ofMinutes(3));
		Exchange exchange = open(this.node, this.browser);
		exchange.request.noTouch();
		exchange.session().names();
		exchange.finish();
		assertThat(this.repository.takeCalls()).containsExactly("find");
	}

	@Test
	void aRequestAsksOnceAlsoIfItReadsTheSessionAgainForItsTurn() {
		Exchange exchange = open(this.node, this.browser);
		exchange.session().names();
		exchange.request.serialize(LIMIT);
		exchange.session().increment("views");
		exchange.session().set("a", "b");
		exchange.finish();
		assertThat(this.repository.takeCalls()).containsExactly("find", "find", "update", "update");
		assertThat(this.hook.takeCalls()).filteredOn("isValid"::equals).hasSize(1);
	}

	@Test
	void anotherClientDoesNotHoldTheTurn() {
		Exchange own = open(this.node, this.browser);
		Exchange exchange = open(this.node, this.thief);
		exchange.request.serialize(LIMIT);
		exchange.session().names();
		own.request.serialize(Duration.ofMillis(1));
		own.session().increment("views");
		exchange.finish();
		own.finish();
		Exchange next = open(this.node, this.browser);
		next.request.serialize(Duration.ofMillis(1));
		assertThat(next.session().get("views", Long.class)).isEqualTo(8);
		next.finish();
		assertThat(this.node.sharedSessions().size()).isZero();
	}

	@Test
	void thereIsNothingToAskAboutWithoutALivingSessionUnderItsPresentId() {
		request(this.node, new Browser(), (session) -> assertThat(session.isNew()).isTrue());
		Browser late = this.browser.copy();
		request(this.node, this.browser, Session::changeId);
		forget();
		request(this.node, late, (session) -> assertThat(session.names()).isEmpty());
		assertThat(this.events).containsExactly(new RetiredIdUsed(key()));
		advance(Duration.ofHours(1));
		request(this.node, this.browser, (session) -> assertThat(session.names()).isEmpty());
		assertThat(events(Missed.class)).containsExactly(new Missed(key()));
		assertThat(this.hook.takeCalls()).isEmpty();
	}

	static Stream<Arguments> changes() {
		return Stream
			.<Consumer<Session>>of((session) -> session.set("views", 8L), (session) -> session.remove("views"),
					Session::clear, (session) -> session.replace(List.of()), (session) -> session.increment("views"),
					(session) -> session.take("views", Long.class), (session) -> session.putIfAbsent("a", "b"),
					(session) -> session.update("views", Long.class, (views) -> 1L), Session::changeId, Session::reset,
					Session::invalidate, Session::save, (session) -> session.setPrincipal("bob"),
					(session) -> session.setPrincipal("bob", 0), (session) -> session.setTimeout(Duration.ofDays(1)),
					(session) -> session.setCookieMaxAge(Duration.ofDays(1)))
			.map((change) -> arguments(change));
	}

	@ParameterizedTest
	@MethodSource("changes")
	void theHookCanNotChangeTheSession(Consumer<Session> change) {
		this.hook.valid = (session, request) -> {
			assertThatIllegalStateException().isThrownBy(() -> change.accept(session))
				.withMessageContaining("SessionHook.isValid can't change the session");
			return true;
		};
		request(this.node, this.browser, Session::names);
		assertThat(this.hook.takeCalls()).containsExactly("isValid");
		assertThat(record()).isEqualTo(this.before);
		// Nor does that bind the request itself.
		request(this.node, this.browser, (session) -> session.set("views", 8L));
		assertThat(record().version()).isEqualTo(this.before.version() + 1);
	}

	@Test
	void whatTheHookChangesInPlaceIsNotSaved() {
		this.hook.valid = (session, request) -> Objects.requireNonNull(session.get("items", STRINGS)).add("worm");
		request(this.node, this.browser,
				(session) -> assertThat(session.get("items", STRINGS)).containsExactly("apple"));
		assertThat(record()).isEqualTo(this.before);
	}

	@Test
	void aHookThatThrowsKeepsTheSessionFromTheRequest() {
		this.hook.valid = (session, request) -> {
			assertThat(session.get("views", Long.class)).isEqualTo(7);
			throw new UnsupportedOperationException("no idea");
		};
		Exchange exchange = open(this.node, this.browser);
		Session session = exchange.session();
		for (int i = 0; i < 2; i++) {
			assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(session::names);
			assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> session.set("views", 8L));
		}
		assertThat(this.hook.takeCalls()).hasSize(4);
		advance(Duration.ofMinutes(3));
		exchange.finish();
		assertThat(this.hook.takeCalls()).isEmpty();
		assertThat(record()).isEqualTo(this.before);
		assertThat(this.events).isEmpty();
		assertThat(exchange.sends).isZero();
		assertThat(exchange.cleared).isFalse();
	}

	@Test
	void aHookThatIsAskedAgainMayKnowTheAnswer() {
		this.hook.valid = (session, request) -> {
			if (this.hook.calls.size() == 1) {
				throw new UnsupportedOperationException("no idea");
			}
			return true;
		};
		Exchange exchange = open(this.node, this.browser);
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(exchange.session()::names);
		assertThat(exchange.session().get("views", Long.class)).isEqualTo(7);
		exchange.finish();
	}

	@Test
	void aHookIsNotAskedAboutASessionThatTheStoreDoesNotAnswerFor() {
		SessionEngine down = engine(new StoreThatIsDown(), StoreFailureTests.settings(OnStoreFailure.ANONYMOUS),
				List.of(this.hook));
		request(down, this.browser, (session) -> assertThat(session.names()).isEmpty());
		assertThat(this.hook.takeCalls()).isEmpty();
	}

	@Test
	void aHookThatTheStoreDoesNotAnswerIsAsAStoreThatDoesNot() {
		this.hook.valid = (session, request) -> {
			throw new SessionStoreUnavailableException("down", null);
		};
		SessionEngine anonymous = engine(this.repository, StoreFailureTests.settings(OnStoreFailure.ANONYMOUS),
				List.of(this.hook));
		request(anonymous, this.browser, (session) -> {
			assertThat(session.names()).isEmpty();
			assertThatExceptionOfType(SessionStoreUnavailableException.class).isThrownBy(() -> session.set("a", "b"));
		});
		assertThat(record()).isEqualTo(this.before);
	}

	@Test
	void theFirstHookThatSaysNoIsTheLastOneAsked() {
		DeviceHook second = new DeviceHook();
		SessionEngine both = engine(this.repository, EngineSettings.DEFAULTS, List.of(this.hook, second));
		request(both, this.thief, Session::names);
		assertThat(this.hook.takeCalls()).hasSize(1);
		assertThat(second.takeCalls()).isEmpty();
		second.valid = (session, request) -> false;
		request(both, this.browser, (session) -> assertThat(session.names()).isEmpty());
		assertThat(this.hook.takeCalls()).hasSize(1);
		assertThat(second.takeCalls()).hasSize(1);
	}

	@Test
	void aHookThatWantsNothingLetsAllPass() {
		SessionEngine lenient = engine(this.repository, EngineSettings.DEFAULTS, List.of(new SessionHook() {
		}));
		request(lenient, this.thief, (session) -> assertThat(session.increment("views")).isEqualTo(8));
	}

	@Test
	void aHookMayAskForTheSessionAsAnyOther() {
		this.hook.valid = new AllThatIsRead()::isRead;
		request(this.node, this.browser, (session) -> assertThat(session.isNew()).isFalse());
		assertThat(this.hook.takeCalls()).hasSize(1);
	}

	/** A store that is down. */
	private final class StoreThatIsDown extends TestRepository {

		StoreThatIsDown() {
			super(ValidSessionHookTests.this.clock);
		}

		@Override
		public @Nullable SessionRecord find(SessionKey key) {
			throw new SessionStoreUnavailableException("down", null);
		}

	}

	/** Reads what there is to be read. */
	private final class AllThatIsRead {

		boolean isRead(Session session, ClientRequest request) {
			assertThat(session.isNew()).isFalse();
			assertThat(session.getHandle()).isEqualTo(key().handle());
			assertThat(session.getPrincipal()).isEqualTo("alice");
			assertThat(session.getAuthenticationTime()).isEqualTo(ValidSessionHookTests.this.clock.instant());
			assertThat(session.toMap()).containsKeys("views", "items", "device");
			assertThat(session.getTimeout()).isEqualTo(Duration.ofMinutes(30));
			return request.getCookie("device") != null;
		}

	}

}
