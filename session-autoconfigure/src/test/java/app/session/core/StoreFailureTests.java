package app.session.core;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import app.session.Session;
import app.session.SessionEvent;
import app.session.SessionEvent.StoreUnavailable;
import app.session.SessionKey;
import app.session.SessionRecord;
import app.session.SessionStoreUnavailableException;
import app.session.core.EngineSettings.OnStoreFailure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * A request whose session the store does not answer for: by default it fails; where the
 * application wants that, it goes on without the session, and can change nothing.
 */
class StoreFailureTests extends EngineFixture {

	private final FailingRepository store = new FailingRepository();

	private final SessionEngine node = engine(this.store, settings(OnStoreFailure.ANONYMOUS));

	private SessionRecord before;

	static EngineSettings settings(OnStoreFailure onStoreFailure) {
		EngineSettings d = EngineSettings.DEFAULTS;
		return new EngineSettings(d.timeout(), null, d.maxLifetime(), d.touchFraction(), null, d.storeTimeout(),
				d.maxAttributes(), d.maxBytes(), d.maxNameLength(), d.securityNames(), d.limit(), onStoreFailure);
	}

	@BeforeEach
	void aVisitorWhoIsLoggedInAndAStoreThatIsDown() {
		request(this.node, this.browser, (session) -> {
			session.setPrincipal("alice");
			session.set("views", 7L);
		});
		this.before = record();
		this.store.takeCalls();
		this.events.clear();
		this.store.down = true;
	}

	private SessionRecord record() {
		assertThat(this.store.records).hasSize(1);
		return this.store.records.values().iterator().next();
	}

	private SessionKey key() {
		return this.before.key();
	}

	@Test
	void whoOnlyReadsSeesWhatAnAnonymousVisitorSees() {
		Exchange exchange = open(this.node, this.browser);
		Session session = exchange.session();
		assertThat(session.get("views", Long.class)).isNull();
		assertThat(session.names()).isEmpty();
		assertThat(session.toMap()).isEmpty();
		assertThat(session.isEmpty()).isTrue();
		assertThat(session.isNew()).isTrue();
		assertThat(session.getHandle()).isNull();
		assertThat(session.getPrincipal()).isNull();
		assertThat(session.getCreationTime()).isEqualTo(this.clock.instant());
		assertThat(session.getTimeout()).isEqualTo(Duration.ofMinutes(30));
		assertThat(exchange.request.exists()).isFalse();
		exchange.finish();
		assertThat(exchange.request.failure()).isNull();
	}

	@Test
	void nothingIsWrittenAndTheCookieIsLeftAlone() {
		advance(Duration.ofMinutes(10));
		Exchange exchange = open(this.node, this.browser);
		exchange.session().names();
		assertThat(exchange.request.confirmedId()).isNull();
		exchange.finish();
		assertThat(exchange.sends).isZero();
		assertThat(exchange.cleared).isFalse();
		assertThat(record()).isSameAs(this.before);
		assertThat(this.store.takeCalls()).containsExactly("findAndTouch");
		this.store.down = false;
		request(this.node, this.browser, (session) -> assertThat(session.get("views", Long.class)).isEqualTo(7));
	}

	@Test
	void theRequestTellsItOnceAndAsksOnce() {
		request(this.node, this.browser, (session) -> {
			session.names();
			session.get("views", Long.class);
			session.getPrincipal();
		});
		assertThat(this.store.takeCalls()).hasSize(1);
		assertThat(this.events).containsExactly(new StoreUnavailable(key()));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("changes")
	void aChangeFailsAndBeginsNoOtherSession(String name, Consumer<Session> change) {
		Exchange exchange = open(this.node, this.browser);
		assertFails(exchange, change);
		assertThat(this.store.takeCalls()).as("the read alone").hasSize(1);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("changes")
	void aChangeFailsAlsoIfTheStoreAnswersAgain(String name, Consumer<Session> change) {
		Exchange exchange = open(this.node, this.browser);
		exchange.session().names();
		this.store.down = false;
		this.store.takeCalls();
		assertFails(exchange, change);
		assertThat(this.store.takeCalls()).isEmpty();
	}

	private void assertFails(Exchange exchange, Consumer<Session> change) {
		assertThatExceptionOfType(SessionStoreUnavailableException.class)
			.isThrownBy(() -> change.accept(exchange.session()));
		assertThat(exchange.request.failure()).isInstanceOf(SessionStoreUnavailableException.class);
		exchange.finish();
		assertThat(exchange.sends).isZero();
		assertThat(exchange.cleared).isFalse();
		assertThat(record()).isSameAs(this.before);
		assertThat(events(StoreUnavailable.class)).hasSize(1);
	}

	static Stream<Arguments> changes() {
		return Stream.of(change("set", (session) -> session.set("a", 1)),
				change("set null", (session) -> session.set("views", null)),
				change("remove", (session) -> session.remove("views")), change("clear", Session::clear),
				change("replace", (session) -> session.replace(Map.of("a", 1))),
				change("increment", (session) -> session.increment("views")),
				change("update", (session) -> session.update("views", Long.class, (views) -> 1L)),
				change("take", (session) -> session.take("views", Long.class)),
				change("putIfAbsent", (session) -> session.putIfAbsent("views", 1)),
				change("setPrincipal", (session) -> session.setPrincipal("bob")),
				change("setPrincipal with an epoch", (session) -> session.setPrincipal("bob", 0)),
				change("setPrincipal null", (session) -> session.setPrincipal(null)),
				change("changeId", Session::changeId), change("reset", Session::reset),
				change("invalidate", Session::invalidate),
				change("setTimeout", (session) -> session.setTimeout(Duration.ofMinutes(1))),
				change("setCookieMaxAge", (session) -> session.setCookieMaxAge(Duration.ofDays(1))),
				change("save", Session::save));
	}

	private static Arguments change(String name, Consumer<Session> change) {
		return arguments(name, change);
	}

	@Test
	void aBeanThatIsChangedInPlaceFailsTheCommit() {
		Exchange exchange = open(this.node, this.browser);
		Views views = exchange.session().as(Views.class);
		views.views++;
		assertThatExceptionOfType(SessionStoreUnavailableException.class).isThrownBy(exchange.request::commit);
		exchange.finish();
		assertThat(exchange.sends).isZero();
		assertThat(record()).isSameAs(this.before);
	}

	@Test
	void aSessionThatCantBeReadAgainForItsTurnIsSeenNoMore() {
		this.store.down = false;
		Exchange exchange = open(this.node, this.browser);
		assertThat(exchange.session().get("views", Long.class)).isEqualTo(7);
		this.store.down = true;
		exchange.request.serialize(Duration.ofSeconds(1));
		assertThat(exchange.session().names()).isEmpty();
		assertThat(exchange.session().isNew()).isTrue();
		assertThatExceptionOfType(SessionStoreUnavailableException.class)
			.isThrownBy(() -> exchange.session().set("views", 8L));
		exchange.finish();
		assertThat(record().data()).isEqualTo(this.before.data());
	}

	@Test
	void aVisitorWithoutASessionIsAsEver() {
		Browser visitor = new Browser();
		Exchange exchange = open(this.node, visitor);
		assertThat(exchange.session().names()).isEmpty();
		assertThatExceptionOfType(SessionStoreUnavailableException.class)
			.isThrownBy(() -> exchange.session().increment("views"));
		exchange.finish();
		assertThat(events(StoreUnavailable.class)).isEmpty();
		assertThat(visitor.id).isNull();
	}

	@Test
	void nothingIsHeldWhenTheRequestIsOver() {
		request(this.node, this.browser, Session::names);
		assertThat(this.node.sharedSessions().size()).isZero();
	}

	@Test
	void unlessTheApplicationWantsThatAReadFails() {
		SessionEngine strict = engine(this.store, settings(OnStoreFailure.FAIL));
		Exchange exchange = open(strict, this.browser);
		assertThatExceptionOfType(SessionStoreUnavailableException.class).isThrownBy(() -> exchange.session().names());
		this.store.down = false;
		assertThat(exchange.session().get("views", Long.class)).isEqualTo(7);
		exchange.finish();
		assertThat(this.events).doesNotHaveAnyElementsOfTypes(SessionEvent.StoreUnavailable.class);
	}

	/** A bean that is changed in place. */
	static class Views {

		public long views;

	}

	/** A store that does not answer while it is down. */
	private final class FailingRepository extends TestRepository {

		private volatile boolean down;

		private FailingRepository() {
			super(StoreFailureTests.this.clock);
		}

		@Override
		void called(String call) {
			super.called(call);
			if (this.down) {
				throw new SessionStoreUnavailableException("down", null);
			}
		}

	}

}
