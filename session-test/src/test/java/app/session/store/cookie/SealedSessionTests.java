package app.session.store.cookie;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

import app.session.Session;
import app.session.SessionEvent.InvalidCookie;
import app.session.SessionEvent.Missed;
import app.session.SessionKey;
import app.session.core.ClientToken.Due;
import app.session.crypto.SessionId;
import app.session.crypto.SignedIdFormat;
import app.session.store.cookie.SealedNode.Browser;
import app.session.store.cookie.SealedNode.Exchange;
import app.session.test.MutableClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SealedSessionTests {

	private static final Duration TIMEOUT = Duration.ofMinutes(30);

	private final MutableClock clock = new MutableClock();

	private final SealedNode node = SealedNode.of(this.clock);

	private final SealedNode otherNode = SealedNode.of(this.clock);

	private final Browser browser = new Browser();

	@Test
	void aCounterCountsOnAnyNodeByTheTextAlone() {
		List<Long> counted = new ArrayList<>();
		List<String> handles = new ArrayList<>();
		for (int i = 0; i < 6; i++) {
			SealedNode serving = (i % 2 == 0) ? this.node : this.otherNode;
			serving.request(this.browser, (session) -> {
				counted.add(session.increment("views"));
				handles.add(session.getHandle());
			});
		}
		assertThat(counted).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
		assertThat(handles).doesNotContainNull();
		assertThat(handles.stream().distinct()).hasSize(1);
	}

	@Test
	void severalExactOperationsOfOneRequestAreExact() {
		this.node.request(this.browser, (session) -> {
			assertThat(session.increment("views")).isEqualTo(1);
			assertThat(session.increment("views", 5)).isEqualTo(6);
			session.set("nonce", "n");
			assertThat(session.take("nonce", String.class)).isEqualTo("n");
			assertThat(session.take("nonce", String.class)).isNull();
			assertThat(session.putIfAbsent("first", 1)).isTrue();
			assertThat(session.putIfAbsent("first", 2)).isFalse();
		});
		this.node.request(this.browser,
				(session) -> assertThat(session.toMap().keySet()).containsExactlyInAnyOrder("views", "first"));
	}

	@Test
	void theIdStaysFromOneRequestToTheNext() {
		this.node.request(this.browser, (session) -> session.increment("views"));
		SessionId first = idOf(this.browser);
		this.node.request(this.browser, (session) -> session.increment("views"));
		assertThat(idOf(this.browser)).isEqualTo(first);
	}

	@Test
	void ofTwoRequestsAtOnceTheLaterAnswerStaysAndTheOtherIsLost() {
		this.node.request(this.browser, (session) -> session.increment("views"));
		Exchange one = this.node.open(this.browser);
		Exchange other = this.node.open(this.browser);
		one.session().set("one", 1);
		assertThat(one.session().increment("views")).isEqualTo(2);
		other.session().set("other", 1);
		assertThat(other.session().increment("views")).isEqualTo(2);
		other.finish();
		one.finish();
		this.node.request(this.browser, (session) -> {
			assertThat(session.names()).containsExactlyInAnyOrder("views", "one");
			assertThat(session.increment("views")).isEqualTo(3);
		});
	}

	@Test
	void whatIsNotUsedOrOnlyReadSendsNothing() {
		assertThat(this.node.request(this.browser, (session) -> {
		}).due).isEqualTo(Due.NOTHING);
		this.node.request(this.browser, (session) -> assertThat(session.isEmpty()).isTrue());
		assertThat(this.browser.text).isNull();
		this.node.request(this.browser, (session) -> session.set("a", 1));
		String text = this.browser.text();
		this.node.request(this.browser, (session) -> session.get("a", Integer.class));
		this.node.request(this.browser, (session) -> {
		});
		assertThat(this.browser.text()).isEqualTo(text);
	}

	@Test
	void aUseIsNotedWhenATenthOfTheTimeoutHasPassed() {
		this.node.request(this.browser, (session) -> session.set("a", 1));
		String text = this.browser.text();
		this.clock.advance(Duration.ofMinutes(3).minusMillis(1));
		Exchange early = this.node.request(this.browser, (session) -> session.get("a", Integer.class));
		assertThat(early.due).isEqualTo(Due.NOTHING);
		assertThat(early.token.isUseNotedByClient()).isFalse();
		assertThat(this.browser.text()).isEqualTo(text);
		this.clock.advance(Duration.ofMillis(1));
		assertThat(this.node.request(this.browser, (session) -> session.get("a", Integer.class)).due)
			.isEqualTo(Due.REFRESH);
		assertThat(this.browser.text()).isNotEqualTo(text);
		this.clock.advance(Duration.ofMinutes(3));
		assertThat(this.node.request(this.browser, (session) -> {
		}).due).as("of a request that does not use it").isEqualTo(Due.REFRESH);
	}

	@Test
	void aSessionThatIsUsedGoesOnAndOneThatIsNotEnds() {
		this.node.request(this.browser, (session) -> session.set("a", 1));
		for (int i = 0; i < 10; i++) {
			this.clock.advance(TIMEOUT);
			this.node.request(this.browser, (session) -> assertThat(session.get("a", Integer.class)).isEqualTo(1));
		}
		this.clock.advance(TIMEOUT.plusMinutes(3));
		String text = this.browser.text();
		Exchange late = this.node.request(this.browser, (session) -> assertThat(session.isEmpty()).isTrue());
		assertThat(this.node.events(Missed.class)).hasSize(1);
		assertThat(late.cleared).isFalse();
		assertThat(this.browser.text()).isEqualTo(text);
		this.node.request(this.browser, (session) -> assertThat(session.increment("views")).isEqualTo(1));
		this.node.request(this.browser, (session) -> assertThat(session.names()).containsExactly("views"));
	}

	@Test
	void noUseOutlivesTheLifetime() {
		this.node.request(this.browser, (session) -> session.set("a", 1));
		for (int i = 0; i < 48; i++) {
			this.clock.advance(TIMEOUT.minusMillis(1));
			this.node.request(this.browser, (session) -> session.increment("views"));
		}
		this.clock.advance(Duration.ofMillis(48));
		this.node.request(this.browser, (session) -> assertThat(session.isEmpty()).isTrue());
	}

	@Test
	void anotherTimeoutOfItsOwnHolds() {
		this.node.request(this.browser, (session) -> {
			session.set("a", 1);
			session.setTimeout(Duration.ofMinutes(1));
		});
		this.clock.advance(Duration.ofSeconds(66));
		this.node.request(this.browser, (session) -> assertThat(session.isEmpty()).isTrue());
	}

	@Test
	void anIdChangeKeepsTheDataUnderAnotherId() {
		this.node.request(this.browser, (session) -> session.set("a", 1));
		SessionId before = idOf(this.browser);
		this.node.request(this.browser, Session::changeId);
		assertThat(idOf(this.browser)).isNotEqualTo(before);
		assertThat(idOf(this.browser).key()).isEqualTo(before.key());
		this.node.request(this.browser, (session) -> assertThat(session.get("a", Integer.class)).isEqualTo(1));
	}

	@Test
	void invalidateTakesTheTextAwayAndAKeptOneOpensUntilItsTimesAreOver() {
		this.node.request(this.browser, (session) -> session.set("a", 1));
		Browser thief = this.browser.copy();
		Exchange logout = this.node.request(this.browser, Session::invalidate);
		assertThat(logout.due).isEqualTo(Due.CLEAR);
		assertThat(this.browser.text).isNull();
		this.node.request(this.browser, (session) -> assertThat(session.isEmpty()).isTrue());
		this.node.request(thief, (session) -> assertThat(session.get("a", Integer.class)).isEqualTo(1));
		this.clock.advance(TIMEOUT.plusMinutes(3));
		this.node.request(thief, (session) -> assertThat(session.isEmpty()).isTrue());
	}

	@Test
	void whatIsMadeAndEndedInOneRequestIsNoNewsToTheClient() {
		Exchange exchange = this.node.request(this.browser, (session) -> {
			session.increment("views");
			session.invalidate();
		});
		assertThat(this.browser.text).isNull();
		assertThat(exchange.sent).isNull();
	}

	@Test
	void resetBeginsAnotherSession() {
		this.node.request(this.browser, (session) -> session.set("a", 1));
		SessionId before = idOf(this.browser);
		Exchange exchange = this.node.request(this.browser, (session) -> {
			session.reset();
			session.set("b", 2);
		});
		assertThat(exchange.cleared).isFalse();
		assertThat(idOf(this.browser).key()).isNotEqualTo(before.key());
		this.node.request(this.browser, (session) -> assertThat(session.names()).containsExactly("b"));
	}

	@Test
	void keysAreRotatedWithoutEndingASession() {
		SealedNode before = SealedNode.of(this.clock, SealedNode.ring(1, 2), "shop", "session");
		SealedNode moved = SealedNode.of(this.clock, SealedNode.ring(2, 1), "shop", "session");
		SealedNode after = SealedNode.of(this.clock, SealedNode.ring(2), "shop", "session");
		before.request(this.browser, (session) -> session.set("a", 1));
		SessionId id = idOf(this.browser);
		Exchange unused = moved.request(this.browser, (session) -> {
		});
		assertThat(unused.due).isEqualTo(Due.REFRESH);
		assertThat(moved.request(this.browser, (session) -> {
		}).due).isEqualTo(Due.NOTHING);
		after.request(this.browser, (session) -> assertThat(session.get("a", Integer.class)).isEqualTo(1));
		AtomicReference<SessionId> sealed = new AtomicReference<>();
		Exchange exchange = after.open(this.browser);
		sealed.set(Objects.requireNonNull(exchange.token.id()));
		exchange.finish();
		assertThat(sealed.get()).isEqualTo(id);
	}

	@Test
	void anOldKeyIsNoReasonToSendWhatIsOver() {
		SealedNode before = SealedNode.of(this.clock, SealedNode.ring(1), "shop", "session");
		before.request(this.browser, (session) -> session.set("a", 1));
		this.clock.advance(Duration.ofHours(1));
		SealedNode moved = SealedNode.of(this.clock, SealedNode.ring(2, 1), "shop", "session");
		assertThat(moved.request(this.browser, (session) -> {
		}).due).isEqualTo(Due.NOTHING);
	}

	@Test
	void theTextOfAnotherApplicationCookieOrKeyIsRefused() {
		this.node.request(this.browser, (session) -> session.set("a", 1));
		for (SealedNode other : List.of(SealedNode.of(this.clock, SealedNode.ring(1), "bank", "session"),
				SealedNode.of(this.clock, SealedNode.ring(1), "shop", "sid"),
				SealedNode.of(this.clock, SealedNode.ring(3), "shop", "session"))) {
			Exchange exchange = other.open(this.browser);
			assertThat(exchange.refused).containsExactly(InvalidCookie.Reason.BAD_SIGNATURE);
			assertThat(exchange.session().isEmpty()).isTrue();
			exchange.finish();
			assertThat(exchange.sent).isNull();
			assertThat(exchange.cleared).isFalse();
		}
	}

	@Test
	void whatIsNoSealedTextIsRefused() {
		String signed = new SignedIdFormat(SealedNode.ring(1), "shop", "session")
			.write(SessionId.of(new SessionKey(1, 2), new byte[SessionId.SECRET_LENGTH]));
		for (String text : List.of("", "A", "views=1", "é", "A".repeat(5_000), signed)) {
			Browser stranger = new Browser();
			stranger.text = text;
			Exchange exchange = this.node.open(stranger);
			assertThat(exchange.refused).hasSize(1);
			assertThat(exchange.token.id()).isNull();
		}
	}

	@Test
	void noTextIsMadeForAnotherId() {
		this.node.request(this.browser, (session) -> session.set("a", 1));
		Exchange exchange = this.node.open(this.browser);
		SessionId own = Objects.requireNonNull(exchange.token.id());
		assertThatExceptionOfType(IllegalStateException.class)
			.isThrownBy(() -> exchange.token.text(SessionId.of(own.key(), new byte[SessionId.SECRET_LENGTH])));
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> this.node.tokens.blank().text(own));
	}

	private SessionId idOf(Browser browser) {
		return Objects.requireNonNull(Objects.requireNonNull(this.node.tokens.read(browser.text(), (reason) -> {
		}), "refused").id());
	}

}
