package app.session.store.cookie;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import app.session.LoginRefusedException;
import app.session.PrincipalIndex;
import app.session.Session;
import app.session.SessionEvent.Missed;
import app.session.SessionKey;
import app.session.SessionLimit;
import app.session.SessionLimit.WhenFull;
import app.session.SessionStoreUnavailableException;
import app.session.Sessions;
import app.session.core.ClientToken.Due;
import app.session.core.EngineSettings;
import app.session.store.ClientHeldSessions;
import app.session.store.PrincipalEntries;
import app.session.store.StoredPrincipalIndex;
import app.session.store.cookie.SealedNode.Browser;
import app.session.store.cookie.SealedNode.Exchange;
import app.session.test.MutableClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * All sessions of a principal end by its epoch, which a second store keeps.
 */
class RevocationTests {

	private static final Duration LIFETIME = EngineSettings.DEFAULTS.maxLifetime();

	private final MutableClock clock = new MutableClock();

	private final ForgettingEntries entries = new ForgettingEntries(this.clock, PrincipalEntries.retention(LIFETIME));

	private final SealedNode node = SealedNode.of(this.clock, index());

	private final SealedNode otherNode = SealedNode.of(this.clock, index());

	private final Sessions sessions = this.node.engine.sessions();

	private PrincipalIndex index() {
		return new StoredPrincipalIndex(this.entries, new ClientHeldSessions(), Duration.ofSeconds(2), this.clock);
	}

	@Test
	void revokeAllEndsTheSessionsOfThePrincipalOnAllNodes() {
		Browser one = login("alice");
		Browser other = login("alice");
		Browser bob = login("bob");
		Browser nobody = new Browser();
		this.node.request(nobody, (session) -> session.set("a", 1));
		assertThat(this.sessions.revokeAll("alice")).isZero();
		assertThat(principal(this.node, one)).isEmpty();
		assertThat(principal(this.otherNode, other)).isEmpty();
		assertThat(this.otherNode.events(Missed.class)).hasSize(1);
		assertThat(principal(this.otherNode, bob)).contains("bob");
		this.otherNode.request(nobody, (session) -> assertThat(session.get("a", Integer.class)).isEqualTo(1));
		assertThat(principal(this.otherNode, login("alice"))).contains("alice");
		assertThat(principal(this.otherNode, one)).isEmpty();
	}

	@Test
	void revokeAllInARequestEndsItsOwnSessionToo() {
		Browser own = login("alice");
		Browser other = login("alice");
		this.node.request(own, (session) -> {
			session.set("a", 1);
			this.sessions.revokeAll("alice");
		});
		assertThat(principal(this.node, own)).isEmpty();
		assertThat(principal(this.node, other)).isEmpty();
	}

	@Test
	void revokeAllExceptSparesTheRequestThatCallsIt() {
		Browser own = login("alice");
		Browser other = login("alice");
		Browser stolen = own.copy();
		for (int i = 0; i < 3; i++) {
			Exchange exchange = this.node.request(own, this::revokeOthers);
			assertThat(exchange.due).isEqualTo(Due.SEND);
			assertThat(principal(this.otherNode, own)).contains("alice");
			assertThat(principal(this.otherNode, other)).isEmpty();
			assertThat(principal(this.otherNode, stolen)).as("as it was sealed before").isEmpty();
		}
		assertThat(this.node.request(own, (session) -> {
		}).due).isEqualTo(Due.NOTHING);
	}

	@Test
	void revokeAllExceptGoesWithChangesBeforeAndAfterIt() {
		Browser own = login("alice");
		this.node.request(own, (session) -> {
			session.increment("views");
			revokeOthers(session);
			session.increment("views");
			session.changeId();
			revokeOthers(session);
			session.set("password", "changed");
		});
		this.otherNode.request(own, (session) -> {
			assertThat(session.getPrincipal()).isEqualTo("alice");
			assertThat(session.get("views", Long.class)).isEqualTo(2);
			assertThat(session.get("password", String.class)).isEqualTo("changed");
		});
	}

	@Test
	void anotherRequestOfTheSparedSessionThatRunsOnTheNodeGoesOnToo() {
		Browser own = login("alice");
		Exchange other = this.node.open(own);
		assertThat(other.session().getPrincipal()).isEqualTo("alice");
		this.node.request(own, this::revokeOthers);
		assertThat(other.finish().due).isEqualTo(Due.SEND);
		assertThat(principal(this.node, own)).contains("alice");
	}

	@Test
	void whoeverIsSparedIsStillEndedByTheRevocationOfAnother() {
		Browser one = login("alice");
		Browser other = login("alice");
		Exchange first = this.node.open(one);
		assertThat(first.session().getPrincipal()).isEqualTo("alice");
		this.otherNode.request(other, (session) -> {
			assertThat(session.getPrincipal()).isEqualTo("alice");
			revokeOthers(session);
		});
		revokeOthers(first.session());
		first.finish();
		assertThat(principal(this.node, one)).isEmpty();
		assertThat(principal(this.node, other)).isEmpty();
	}

	@Test
	void aHandleOfAnothersSessionSparesNothingOfIt() {
		Browser alice = login("alice");
		Browser bob = login("bob");
		Exchange exchange = this.node.open(bob);
		this.sessions.revokeAllExcept("alice", Objects.requireNonNull(exchange.session().getHandle()));
		assertThat(exchange.finish().due).isEqualTo(Due.NOTHING);
		assertThat(principal(this.node, alice)).isEmpty();
		assertThat(principal(this.node, bob)).contains("bob");
	}

	@Test
	void aLoginUnderWayIsRefused() {
		Browser browser = new Browser();
		long epoch = this.sessions.epoch("alice");
		Exchange exchange = this.node.open(browser);
		exchange.session().setPrincipal("alice", epoch);
		this.sessions.revokeAll("alice");
		assertThatExceptionOfType(LoginRefusedException.class).isThrownBy(exchange::finish);
		assertThat(exchange.sent).isNull();
		assertThat(browser.text).isNull();
		Browser again = new Browser();
		Exchange stale = this.node.open(again);
		stale.session().setPrincipal("alice", epoch);
		assertThatExceptionOfType(LoginRefusedException.class).isThrownBy(stale::finish);
		assertThat(principal(this.node, login("alice"))).contains("alice");
	}

	@Test
	void aLogoutByAnotherPrincipalOrNoneIsFollowed() {
		Browser browser = login("alice");
		this.node.request(browser, (session) -> session.setPrincipal("bob"));
		this.sessions.revokeAll("alice");
		assertThat(principal(this.node, browser)).contains("bob");
		this.node.request(browser, (session) -> session.setPrincipal(null));
		this.sessions.revokeAll("bob");
		this.node.request(browser, (session) -> assertThat(session.get("name", String.class)).isEqualTo("alice"));
	}

	@Test
	void theEpochIsAskedForWhenASessionWithAPrincipalIsReadAndNeverElse() {
		Browser nobody = new Browser();
		this.node.request(nobody, (session) -> session.increment("views"));
		this.node.request(nobody, (session) -> session.increment("views"));
		assertThat(this.entries.takeCalls()).as("anonymous").isZero();
		Browser browser = login("alice");
		assertThat(this.entries.takeCalls()).as("a login: the epoch before, and after").isEqualTo(2);
		this.node.request(browser, (session) -> session.get("name", String.class));
		assertThat(this.entries.takeCalls()).as("a read").isEqualTo(1);
		this.node.request(browser, (session) -> {
			session.increment("views");
			session.increment("views");
			session.set("a", 1);
		});
		assertThat(this.entries.takeCalls()).as("changes").isEqualTo(1);
		this.node.request(browser, (session) -> {
		});
		assertThat(this.entries.takeCalls()).as("not used").isZero();
		this.clock.advance(Duration.ofMinutes(3));
		this.node.request(browser, (session) -> {
		});
		assertThat(this.entries.takeCalls()).as("not used, and the use is to be noted").isEqualTo(1);
		Browser forger = new Browser();
		forger.text = browser.text().substring(1);
		this.node.request(forger, (session) -> session.get("name", String.class));
		assertThat(this.entries.takeCalls()).as("forged").isZero();
	}

	@Test
	void aTouchAsksForTheEpochOnlyIfTheUseIsToBeNoted() {
		Browser browser = login("alice");
		SealedToken token = (SealedToken) this.node.open(browser).token;
		SessionKey key = Objects.requireNonNull(token.id()).key();
		this.entries.takeCalls();
		assertThat(token.repository().touch(key)).isTrue();
		assertThat(this.entries.takeCalls()).isZero();
		this.clock.advance(Duration.ofMinutes(3));
		assertThat(token.repository().touch(key)).isTrue();
		assertThat(this.entries.takeCalls()).isEqualTo(1);
		this.sessions.revokeAll("alice");
		this.clock.advance(Duration.ofMinutes(3));
		assertThat(token.repository().touch(key)).isFalse();
	}

	@Test
	void anIndexThatDoesNotAnswerIsNeverNoSession() {
		Browser browser = login("alice");
		Browser nobody = new Browser();
		this.entries.down(true);
		String text = browser.text();
		Exchange exchange = this.node.open(browser);
		assertThatExceptionOfType(SessionStoreUnavailableException.class)
			.isThrownBy(() -> exchange.session().getPrincipal());
		exchange.finish();
		assertThat(exchange.sent).isNull();
		assertThat(exchange.cleared).isFalse();
		assertThat(browser.text()).isEqualTo(text);
		assertThatExceptionOfType(SessionStoreUnavailableException.class)
			.isThrownBy(() -> this.sessions.revokeAll("alice"));
		this.node.request(nobody, (session) -> assertThat(session.increment("views")).isEqualTo(1));
		this.entries.down(false);
		assertThat(principal(this.node, browser)).contains("alice");
	}

	/**
	 * Otherwise the sessions of the first epoch would end when the entry is forgotten.
	 */
	@Test
	void anEpochIsKnownForAsLongAsASessionThatWasSealedWithIt() {
		this.sessions.revokeAll("alice");
		this.clock.advance(LIFETIME.plusMinutes(59));
		Browser browser = login("alice");
		for (Duration age = Duration.ZERO; age.compareTo(LIFETIME.minusMinutes(30)) < 0; age = age.plusMinutes(29)) {
			assertThat(principal(this.node, browser)).as("at the age of %s", age).contains("alice");
			this.clock.advance(Duration.ofMinutes(29));
		}
		assertThat(this.entries.isEmpty()).isFalse();
	}

	/**
	 * The number of an epoch comes again when the entry was forgotten: by then every
	 * session sealed with it has to be over.
	 */
	@Test
	void noSessionComesBackToLifeWhenAnEpochIsReachedAgain() {
		Browser zero = login("alice");
		this.sessions.revokeAll("alice");
		this.clock.advance(LIFETIME.plusMinutes(50));
		assertThat(principal(this.node, zero)).isEmpty();
		Browser one = login("alice");
		// Now the entry would be forgotten, had the login not renewed it
		this.clock.advance(Duration.ofMinutes(15));
		assertThat(principal(this.node, one)).contains("alice");
		this.sessions.revokeAll("alice");
		assertThat(principal(this.node, one)).isEmpty();
		this.clock.advance(PrincipalEntries.retention(LIFETIME));
		assertThat(this.entries.isEmpty()).isTrue();
		this.sessions.revokeAll("alice");
		assertThat(this.sessions.epoch("alice")).isEqualTo(1);
		assertThat(principal(this.node, one)).isEmpty();
		assertThat(principal(this.node, zero)).isEmpty();
	}

	@Test
	void noLoginLeavesAMember() {
		PrincipalIndex index = index();
		for (int i = 0; i < 3; i++) {
			login("alice");
			this.sessions.revokeAll("alice");
		}
		login("alice");
		assertThat(index.members("alice")).isEmpty();
		assertThat(index.revoke("alice", null)).isEmpty();
	}

	@Test
	void sessionsFromBeforeRevocationWasSwitchedOnEnd() {
		SealedNode without = SealedNode.of(this.clock);
		Browser browser = new Browser();
		without.request(browser, (session) -> session.setPrincipal("alice"));
		assertThat(principal(without, browser)).contains("alice");
		assertThat(principal(this.node, browser)).isEmpty();
		Browser alice = login("alice");
		assertThat(principal(without, alice)).contains("alice");
	}

	@Test
	void aLimitThatNobodyCanHoldIsRefused() {
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> ((PrincipalIndex) this.node.tokens.sessions()).admit("alice", new SessionKey(1, 2), 0,
					new SessionLimit(1, WhenFull.END_OLDEST)))
			.withMessageContaining("limited to 1")
			.withMessageContaining("app.session.store=cookie");
	}

	@Test
	void fromOutsideNoSessionIsSeen() {
		Browser browser = login("alice");
		String[] handle = new String[1];
		this.node.request(browser, (session) -> handle[0] = session.getHandle());
		assertThat(this.sessions.find(handle[0])).isEmpty();
		assertThat(this.sessions.findByPrincipal("alice")).isEmpty();
		assertThat(this.sessions.revoke(handle[0])).isFalse();
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(this.sessions::count);
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(this.sessions::stream);
		assertThat(principal(this.node, browser)).contains("alice");
	}

	@Test
	void withoutASecondStoreNothingIsRevokedAndItIsSaid() {
		SealedNode without = SealedNode.of(this.clock);
		Browser browser = new Browser();
		without.request(browser, (session) -> session.setPrincipal("alice"));
		Sessions sessions = without.engine.sessions();
		for (Runnable call : List.<Runnable>of(() -> sessions.revokeAll("alice"), () -> sessions.epoch("alice"),
				() -> sessions.findByPrincipal("alice"))) {
			assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(call::run)
				.withMessageContaining("no PrincipalIndex");
		}
		assertThat(principal(without, browser)).contains("alice");
	}

	private void revokeOthers(Session session) {
		this.sessions.revokeAllExcept("alice", Objects.requireNonNull(session.getHandle()));
	}

	private Browser login(String principal) {
		Browser browser = new Browser();
		this.node.request(browser, (session) -> {
			session.set("name", principal);
			session.setPrincipal(principal);
		});
		return browser;
	}

	private static Optional<String> principal(SealedNode node, Browser browser) {
		String[] principal = new String[1];
		node.request(browser, (session) -> principal[0] = session.getPrincipal());
		return Optional.ofNullable(principal[0]);
	}

}
