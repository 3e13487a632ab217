package app.session.peers;

import java.time.Duration;

import app.session.Session;
import app.session.peers.Visitor.Answer;
import app.session.test.MutableClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A cookie that is sent again when half of its lifetime is over. The server can't see
 * when the browser's ends: it goes by when this node sent it.
 */
@OnEachServerStore
class RenewTests extends PeerTests {

	RenewTests() {
		super("app.session.cookie.renew=true", "app.session.cookie.max-age=2000s", "app.session.timeout=2h");
	}

	@Override
	Class<?>[] sources() {
		return new Class<?>[] { ClockConfiguration.class };
	}

	private void pass(int seconds) {
		bean(MutableClock.class).advance(Duration.ofSeconds(seconds));
	}

	@Test
	@Expectation("b.49")
	void aVisitorWithoutASessionGetsNoCookie() {
		assertThat(visitor().ask(Session::toMap).setCookie()).isNull();
	}

	@Test
	@Expectation({ "b.50", "renew" })
	void anUnchangedSessionHasItsCookieSentAgainWhenLessThanHalfIsLeft() {
		Visitor visitor = returning();
		String before = visitor.cookie().getValue();
		pass(1200);
		Answer answer = visitor.ask(Session::toMap);
		assertThat(answer.setCookie()).startsWith("session=").contains("; Max-Age=2000;");
		assertThat(answer.body()).isEqualTo("{message=hello}");
		if (this.store.keepsDataOnServer()) {
			assertThat(visitor.cookie().getValue()).isEqualTo(before);
		}
		pass(500);
		assertThat(visitor.ask(Session::toMap).setCookie()).as("half of the new one is left").isNull();
		pass(501);
		assertThat(visitor.ask(Session::toMap).setCookie()).isNotNull();
	}

	@Test
	@Expectation("b.51")
	void anUnchangedSessionGetsNoCookieWhileHalfIsLeft() {
		Visitor visitor = returning();
		pass(500);
		assertThat(visitor.ask(Session::toMap).setCookie()).isNull();
	}

	@Test
	void aChangedSessionIsRenewedAsOneThatIsOnlyRead() {
		Visitor visitor = returning();
		pass(1200);
		assertThat(visitor.ask((session) -> session.increment("views")).setCookie()).contains("; Max-Age=2000;");
	}

	@Test
	void aRequestThatDoesNotUseTheSessionGetsNoCookie() {
		Visitor visitor = returning();
		pass(1200);
		assertThat(visitor.ask((session) -> "untouched").setCookie()).isNull();
	}

	@Test
	void aCookieThatEndsWithTheBrowserIsNeverRenewed() {
		Visitor visitor = returning();
		visitor.visit((session) -> session.setCookieMaxAge(Duration.ZERO));
		pass(3000);
		assertThat(visitor.ask(Session::toMap).setCookie()).isNull();
	}

	@Test
	void aLifetimeOfItsOwnHasAHalfOfItsOwn() {
		Visitor visitor = returning();
		visitor.visit((session) -> session.setCookieMaxAge(Duration.ofSeconds(100)));
		pass(51);
		assertThat(visitor.ask(Session::toMap).setCookie()).contains("; Max-Age=100;");
	}

	@Test
	void aForgedCookieIsNotRenewed() {
		Visitor visitor = returning();
		visitor.cookies().put("session", "x" + visitor.cookie().getValue().substring(1));
		pass(1200);
		assertThat(visitor.ask(Session::toMap).setCookie()).isNull();
	}

}
