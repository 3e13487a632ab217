package app.session.peers;

import java.time.Duration;

import app.session.Session;
import app.session.peers.Visitor.Answer;
import app.session.test.MutableClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A cookie that goes along with each response.
 */
@OnEachStore
class RollingTests extends PeerTests {

	RollingTests() {
		super("app.session.cookie.rolling=true", "app.session.cookie.max-age=2000s");
	}

	@Override
	Class<?>[] sources() {
		return new Class<?>[] { ClockConfiguration.class };
	}

	@Test
	@Expectation("b.47")
	void aVisitorWithoutASessionGetsNoCookie() {
		assertThat(visitor().ask(Session::toMap).setCookie()).isNull();
	}

	@Test
	@Expectation({ "b.48", "rolling" })
	void anUnchangedSessionHasItsCookieSentAgain() {
		Visitor visitor = returning();
		Answer answer = visitor.ask(Session::toMap);
		assertThat(answer.setCookie()).startsWith("session=").contains("; Max-Age=2000;");
		assertThat(visitor.ask(Session::toMap).body()).isEqualTo("{message=hello}");
	}

	/** Nothing is known of the session then, and nothing is asked for it. */
	@Test
	void aRequestThatDoesNotUseTheSessionGetsNoCookie() {
		assertThat(returning().ask((session) -> "untouched").setCookie()).isNull();
	}

	@Test
	void theServerCountsOnItsOwnThatTheSessionIsUsed() {
		Visitor visitor = returning();
		for (int i = 0; i < 3; i++) {
			bean(MutableClock.class).advance(Duration.ofMinutes(20));
			assertThat(visitor.ask(Session::toMap).body()).as("it ends after half an hour without use")
				.isEqualTo("{message=hello}");
		}
	}

}
