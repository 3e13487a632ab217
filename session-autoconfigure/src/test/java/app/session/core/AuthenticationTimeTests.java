package app.session.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import app.session.AttributeNotStorableException;
import app.session.LoginNotFreshException;
import app.session.LoginRefusedException;
import app.session.Session;
import app.session.SessionKey;
import app.session.SessionLimit;
import app.session.SessionRecord;
import app.session.SessionStoreUnavailableException;
import app.session.Sessions.Info;
import app.session.WriterTag;
import app.session.codec.AttributesFormat;
import app.session.codec.StoredAttributes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * When and from where a login was made.
 */
class AuthenticationTimeTests extends EngineFixture {

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private static final Duration FIVE = MINUTE.multipliedBy(5);

	private final Instant start = this.now.get();

	private final SessionEngine otherNode = engine(this.repository, EngineSettings.DEFAULTS);

	private Instant time() {
		List<Instant> times = new ArrayList<>();
		request(this.otherNode, this.browser.copy(), (session) -> times.add(session.getAuthenticationTime()));
		return times.get(0);
	}

	private SessionRecord record() {
		assertThat(this.browser.id).isNotNull();
		SessionRecord record = this.repository.records.get(this.browser.id.key());
		assertThat(record).isNotNull();
		return record;
	}

	/** Logs in, and goes on a minute later. */
	private void login() {
		request((session) -> session.setPrincipal("alice"));
		advance(MINUTE);
	}

	@Test
	void anAnonymousSessionHasNone() {
		request((session) -> {
			assertThat(session.getAuthenticationTime()).isNull();
			session.set("a", 1);
		});
		assertThat(time()).isNull();
	}

	@Test
	void aLoginSetsItForItsOwnRequestAndTheNext() {
		request((session) -> {
			session.setPrincipal("alice");
			assertThat(session.getAuthenticationTime()).isEqualTo(this.start);
			advance(MINUTE);
			assertThat(session.getAuthenticationTime()).isEqualTo(this.start);
		});
		assertThat(time()).isEqualTo(this.start);
	}

	@Test
	void itIsTheSameBeforeAndAfterItWasStored() {
		this.now.set(this.start.plusNanos(123_456_789));
		request((session) -> {
			session.setPrincipal("alice");
			assertThat(session.getAuthenticationTime()).isEqualTo(this.start.plusMillis(123));
		});
		assertThat(time()).isEqualTo(this.start.plusMillis(123));
	}

	@Test
	void itIsNoAttribute() {
		request((session) -> {
			session.setPrincipal("alice");
			session.set("a", 1);
		});
		request((session) -> {
			assertThat(session.names()).containsExactly("a");
			assertThat(session.toMap()).isEqualTo(Map.of("a", 1));
			assertThat((Object) session.as(Map.class)).isEqualTo(Map.of("a", 1));
		});
	}

	@Test
	void noChangeOfAttributesTouchesIt() {
		login();
		List<Consumer<Session>> changes = List.of((session) -> session.set("a", 1), Session::clear,
				(session) -> session.replace(Map.of("b", 2)), (session) -> session.increment("c"),
				(session) -> session.take("b", Integer.class), (session) -> session.setTimeout(MINUTE.multipliedBy(20)),
				(session) -> session.setCookieMaxAge(MINUTE), Session::changeId, Session::save);
		for (Consumer<Session> change : changes) {
			advance(MINUTE);
			request(change);
			assertThat(time()).isEqualTo(this.start);
		}
	}

	@Test
	void aReadingRequestWritesNothing() {
		login();
		SessionRecord before = record();
		request((session) -> {
			session.getAuthenticationTime();
			session.isFreshlyAuthenticated(FIVE);
		});
		assertThat(record()).isSameAs(before);
	}

	@Test
	void aLoginOfTheSamePrincipalSetsItAnew() {
		login();
		request((session) -> session.setPrincipal("alice"));
		assertThat(time()).isEqualTo(this.start.plus(MINUTE));
		request((session) -> {
			advance(MINUTE);
			session.setPrincipal("alice");
			advance(MINUTE);
			session.setPrincipal("alice");
		});
		assertThat(time()).isEqualTo(this.start.plus(MINUTE.multipliedBy(3)));
	}

	@Test
	void theLastOfTwoLoginsOfANewSessionCounts() {
		request((session) -> {
			session.setPrincipal("alice");
			advance(MINUTE);
			session.setPrincipal("alice");
		});
		assertThat(time()).isEqualTo(this.start.plus(MINUTE));
	}

	@ParameterizedTest
	@ValueSource(strings = { "nobody", "reset", "invalidate" })
	void itGoesWithThePrincipal(String how) {
		login();
		request((session) -> {
			switch (how) {
				case "nobody" -> session.setPrincipal(null);
				case "reset" -> session.reset();
				default -> session.invalidate();
			}
			assertThat(session.getAuthenticationTime()).isNull();
			session.set("a", 1);
		});
		assertThat(time()).isNull();
		assertThat(AttributesFormat.readLogin(record().data())).isNull();
	}

	@Test
	void aLoginThatIsNotSavedLeavesTheOneThatWas() {
		login();
		Exchange exchange = open();
		exchange.session().setPrincipal("alice");
		assertThat(exchange.session().getAuthenticationTime()).isEqualTo(this.start.plus(MINUTE));
		exchange.request.discardChanges();
		assertThat(exchange.session().getAuthenticationTime()).isEqualTo(this.start);
		exchange.finish();
		assertThat(time()).isEqualTo(this.start);
	}

	@Test
	void aClientThatGetsNoCookieIsAnonymousAfterItsLogin() {
		Exchange exchange = open();
		exchange.secure = false;
		exchange.session().setPrincipal("alice");
		exchange.session().save();
		assertThat(exchange.session().getPrincipal()).isNull();
		assertThat(exchange.session().getAuthenticationTime()).isNull();
		assertThat(exchange.session().isFreshlyAuthenticated(FIVE)).isFalse();
		exchange.finish();
	}

	@Test
	void itCountsForNoLimitOfAttributes() {
		EngineSettings d = EngineSettings.DEFAULTS;
		SessionEngine node = engine(this.repository, new EngineSettings(d.timeout(), null, d.maxLifetime(), 0.1, null,
				d.storeTimeout(), 1, d.maxBytes(), d.maxNameLength(), Set.of(), SessionLimit.NONE, d.onStoreFailure()));
		request(node, this.browser, (session) -> {
			session.setPrincipal("alice");
			session.set("a", 1);
		});
		assertThat(time()).isEqualTo(this.start);
	}

	@Test
	void anotherRequestsWriteAtTheSameTimeKeepsIt() {
		login();
		Exchange exchange = open();
		exchange.session().set("a", 1);
		request(this.otherNode, this.browser.copy(), (session) -> session.set("b", 1));
		exchange.finish();
		assertThat(time()).isEqualTo(this.start);
		request((session) -> assertThat(session.names()).containsExactlyInAnyOrder("a", "b"));
	}

	@Test
	void aLoginSurvivesTheWriteOfAnotherRequestAtTheSameTime() {
		request((session) -> session.set("a", 1));
		advance(MINUTE);
		Exchange login = open();
		login.session().setPrincipal("alice");
		request(this.otherNode, this.browser.copy(), (session) -> session.set("b", 1));
		advance(MINUTE);
		login.finish();
		assertThat(time()).as("when it was said, not when it was written").isEqualTo(this.start.plus(MINUTE));
	}

	@ParameterizedTest
	@ValueSource(strings = { "alice", "bob" })
	void aRequestWithARetiredIdDoesNotWriteIt(String again) {
		login();
		Exchange old = open(this.otherNode, this.browser.copy());
		old.session().names();
		request((session) -> session.setPrincipal(again));
		advance(MINUTE);
		old.session().setPrincipal("alice");
		old.session().set("late", 1);
		old.finish();
		assertThat(old.sends).isZero();
		assertThat(time()).isEqualTo(this.start.plus(MINUTE));
		assertThat(record().principal()).isEqualTo(again);
	}

	@ParameterizedTest
	@ValueSource(strings = { "alice", "bob" })
	void aRequestWithARetiredIdHasNoPartInTheLoginThatRetiredIt(String again) {
		login();
		advance(FIVE);
		Exchange old = open(this.otherNode, this.browser.copy());
		assertThat(old.session().isFreshlyAuthenticated(FIVE)).isFalse();
		request((session) -> session.setPrincipal(again));
		old.session().increment("views");
		assertThat(old.session().getAuthenticationTime()).isEqualTo(this.start);
		assertThat(old.session().isFreshlyAuthenticated(FIVE)).isFalse();
		old.session().set("late", 1);
		old.session().save();
		assertThat(old.session().isFreshlyAuthenticated(FIVE)).isFalse();
		old.finish();
	}

	@Test
	void aRequestFromBeforeTheFirstLoginHasNoPartInIt() {
		request((session) -> session.set("a", 1));
		Exchange old = open(this.otherNode, this.browser.copy());
		old.session().names();
		login();
		old.session().increment("views");
		assertThat(old.session().getAuthenticationTime()).isNull();
		old.session().setPrincipal("mallory");
		old.finish();
		assertThat(time()).isEqualTo(this.start);
	}

	@Test
	void aRetiredIdThatComesLaterIsNobodys() {
		login();
		Browser old = this.browser.copy();
		request(Session::changeId);
		request(this.otherNode, old, (session) -> {
			assertThat(session.getAuthenticationTime()).isNull();
			assertThat(session.isFreshlyAuthenticated(FIVE)).isFalse();
		});
	}

	@Test
	void aSessionThatHasEndedIsNotFreshAnyMore() {
		login();
		Exchange exchange = open();
		assertThat(exchange.session().isFreshlyAuthenticated(FIVE)).isTrue();
		this.otherNode.sessions().revoke(record().key().handle());
		exchange.session().set("a", 1);
		exchange.session().save();
		assertThat(exchange.session().isFreshlyAuthenticated(FIVE)).isFalse();
		assertThat(exchange.session().getAuthenticationTime()).as("reads on").isEqualTo(this.start);
		exchange.finish();
	}

	@Test
	void aRefusedLoginLeavesNoTrace() {
		IndexedTestRepository store = new IndexedTestRepository(this.clock);
		SessionEngine node = engine(store, EngineSettings.DEFAULTS);
		long epoch = node.sessions().epoch("alice");
		node.sessions().revokeAll("alice");
		Exchange exchange = open(node, this.browser);
		exchange.session().setPrincipal("alice", epoch);
		assertThatExceptionOfType(LoginRefusedException.class).isThrownBy(exchange.request::commit);
		assertThat(exchange.session().isFreshlyAuthenticated(FIVE)).isFalse();
		assertThat(store.records).isEmpty();
	}

	@Test
	void aSessionThatAnEarlierVersionWroteIsLoggedInSinceNobodyKnowsWhen() {
		login();
		SessionRecord record = record();
		StoredAttributes attributes = AttributesFormat.read(record.data());
		this.repository.records.put(record.key(),
				record.next(new WriterTag(1), record.secretHash(), record.idleTimeout(), record.principal(),
						AttributesFormat.write(new StoredAttributes(null, null, null, attributes.values()))));
		request((session) -> {
			assertThat(session.getPrincipal()).isEqualTo("alice");
			assertThat(session.getAuthenticationTime()).isNull();
			assertThat(session.isFreshlyAuthenticated(Duration.ofDays(365))).isFalse();
			session.setPrincipal("alice");
		});
		assertThat(time()).isEqualTo(this.start.plus(MINUTE));
	}

	@Test
	void aLoginIsFreshForAsLongAsIsDemandedToTheMillisecond() {
		request((session) -> session.setPrincipal("alice"));
		assertFresh(true, Duration.ZERO);
		assertFresh(true, FIVE.minusMillis(1));
		assertFresh(true, FIVE);
		assertFresh(false, FIVE.plusMillis(1));
		assertFresh(false, Duration.ofMinutes(29));
	}

	/** A clock set back by days must not make a login fresh for days. */
	@Test
	void aLoginThatSeemsToComeIsFreshForNoLonger() {
		request((session) -> session.setPrincipal("alice"));
		assertFresh(true, Duration.ofMillis(-1));
		assertFresh(true, FIVE.negated());
		assertFresh(false, FIVE.negated().minusMillis(1));
		assertFresh(false, Duration.ofDays(-365));
	}

	private void assertFresh(boolean fresh, Duration age) {
		this.now.set(this.start.plus(age));
		Exchange exchange = open(this.otherNode, this.browser.copy());
		exchange.request.noTouch();
		assertThat(exchange.session().isFreshlyAuthenticated(FIVE)).as("after %s", age).isEqualTo(fresh);
		if (fresh) {
			exchange.request.login().requireFresh(null, FIVE);
		}
		else {
			assertThatExceptionOfType(LoginNotFreshException.class)
				.isThrownBy(() -> exchange.request.login().requireFresh(null, FIVE))
				.satisfies((ex) -> {
					assertThat(ex.getDemanded()).isEqualTo(FIVE);
					assertThat(ex.getAge()).isEqualTo(age.isNegative() ? null : age);
				});
		}
		exchange.finish();
	}

	@Test
	void anAnonymousSessionIsNeverFresh() {
		Exchange exchange = open();
		assertThatExceptionOfType(LoginNotFreshException.class)
			.isThrownBy(() -> exchange.request.login().requireFresh(null, FIVE))
			.satisfies((ex) -> assertThat(ex.getAge()).isNull())
			.withMessageContaining("PT5M");
		assertThat(this.repository.takeCalls()).isEmpty();
	}

	@Test
	void theQuestionCostsTheOneRead() {
		login();
		this.repository.takeCalls();
		Exchange exchange = open();
		exchange.request.readOnly();
		exchange.request.login().requireFresh(null, FIVE);
		exchange.session().names();
		exchange.finish();
		assertThat(this.repository.takeCalls()).containsExactly("find");
	}

	@Test
	void aStoreThatDoesNotAnswerIsNoMissingLogin() {
		login();
		EngineSettings d = EngineSettings.DEFAULTS;
		TestRepository down = new TestRepository(this.clock) {

			@Override
			synchronized SessionRecord living(SessionKey key) {
				throw new SessionStoreUnavailableException("The store is down", null);
			}

		};
		SessionEngine node = engine(down,
				new EngineSettings(d.timeout(), null, d.maxLifetime(), 0.1, null, d.storeTimeout(), d.maxAttributes(),
						d.maxBytes(), d.maxNameLength(), Set.of(), SessionLimit.NONE,
						EngineSettings.OnStoreFailure.ANONYMOUS));
		Exchange exchange = open(node, this.browser.copy());
		assertThat(exchange.session().isFreshlyAuthenticated(FIVE)).isFalse();
		assertThatExceptionOfType(SessionStoreUnavailableException.class)
			.isThrownBy(() -> exchange.request.login().requireFresh(null, FIVE));
	}

	@Test
	void whereALoginComesFromIsToldToWhoListsTheSessions() {
		IndexedTestRepository store = new IndexedTestRepository(this.clock);
		SessionEngine node = engine(store, EngineSettings.DEFAULTS);
		Exchange exchange = open(node, this.browser);
		exchange.origin = new ClientOrigin("203.0.113.7", "Fire\nfox");
		exchange.session().setPrincipal("alice");
		store.takeCalls();
		exchange.finish();
		assertThat(store.takeCalls()).as("costs nothing").containsExactly("create", "admit");
		advance(MINUTE);
		request(node, this.browser, (session) -> session.set("a", 1));
		Info info = node.sessions().find(this.browser.id.key().handle()).orElseThrow();
		assertThat(info.authenticationTime()).isEqualTo(this.start);
		assertThat(info.address()).isEqualTo("203.0.113.7");
		assertThat(info.userAgent()).isEqualTo("Firefox");
		assertThat(node.sessions().findByPrincipal("alice")).containsExactly(info);
		try (Stream<Info> stream = node.sessions().stream()) {
			assertThat(stream).containsExactly(info);
		}
		request(node, this.browser, (session) -> session.setPrincipal("alice"));
		assertThat(node.sessions().findByPrincipal("alice")).singleElement().satisfies((later) -> {
			assertThat(later.authenticationTime()).isEqualTo(this.start.plus(MINUTE));
			assertThat(later.address()).as("of the last login, which recorded nothing").isNull();
			assertThat(later.userAgent()).isNull();
		});
	}

	@Test
	void whatCanNotBeReadIsLeftOutOfTheList() {
		login();
		SessionRecord record = record();
		for (byte[] data : List.of(new byte[0], new byte[] { 2, 0 }, new byte[] { 1, 64 }, new byte[] { 1, 4 })) {
			this.repository.records.put(record.key(),
					record.next(new WriterTag(1), record.secretHash(), record.idleTimeout(), record.principal(), data));
			assertThat(this.engine.sessions().find(record.key().handle())).hasValueSatisfying((info) -> {
				assertThat(info.principal()).isEqualTo("alice");
				assertThat(info.authenticationTime()).isNull();
				assertThat(info.address()).isNull();
				assertThat(info.userAgent()).isNull();
			});
		}
		assertThat(this.events).noneMatch((event) -> event instanceof app.session.SessionEvent.RecordUnreadable);
	}

	@Test
	void whatIsKnownOfTheClientLeavesLessRoomButNeverStopsALogin() {
		EngineSettings d = EngineSettings.DEFAULTS;
		SessionEngine node = engine(this.repository,
				new EngineSettings(d.timeout(), null, d.maxLifetime(), 0.1, null, d.storeTimeout(), d.maxAttributes(),
						300, d.maxNameLength(), Set.of(), SessionLimit.NONE, d.onStoreFailure()));
		request(node, this.browser, (session) -> session.set("a", "x".repeat(280)));
		Exchange login = open(node, this.browser);
		login.origin = new ClientOrigin("::1", "y".repeat(100));
		login.session().setPrincipal("alice");
		login.finish();
		request(node, this.browser, (session) -> {
			assertThat(session.getPrincipal()).isEqualTo("alice");
			assertThatExceptionOfType(AttributeNotStorableException.class).isThrownBy(() -> session.set("b", 1))
				.withMessageContaining("max-size");
			session.set("a", "x".repeat(190));
			assertThatExceptionOfType(AttributeNotStorableException.class)
				.isThrownBy(() -> session.set("a", "x".repeat(230)));
		});
		request(node, this.browser, (session) -> assertThat(session.get("a", String.class)).hasSize(190));
	}

}
