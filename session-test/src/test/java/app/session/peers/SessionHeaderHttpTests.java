package app.session.peers;

import app.session.Session;
import app.session.SessionEvent.InvalidCookie;
import app.session.peers.Visitor.Answer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The id in a header, for clients that keep no cookies, beside the cookie of those that
 * do.
 */
@OnEachServerStore
class SessionHeaderHttpTests extends PeerTests {

	private static final String NAME = "X-Session";

	SessionHeaderHttpTests() {
		super("app.session.header.name=" + NAME);
	}

	private static String token(Answer answer) {
		return answer.headers().firstValue(NAME).orElseThrow();
	}

	private Answer begin() {
		return visitor(NAME, "").visit((session) -> session.set("message", "hello"));
	}

	@Test
	@Expectation({ "b.60", "externalKey" })
	void theSessionIsFoundByTheHeader() {
		Answer first = begin();
		assertThat(first.setCookies()).isEmpty();
		Answer second = visitor(NAME, token(first)).ask(Session::toMap);
		assertThat(second.body()).isEqualTo("{message=hello}");
		assertThat(second.headers().firstValue(NAME)).isEmpty();
		assertThat(second.headers().allValues("Vary")).contains(NAME);
	}

	@Test
	void aBrowserThatSendsNoHeaderGetsTheCookieAndNeverTheHeader() {
		Visitor browser = visitor();
		Answer answer = browser.visit((session) -> session.set("message", "hello"));
		assertThat(answer.headers().firstValue(NAME)).isEmpty();
		assertThat(browser.ask(Session::toMap).body()).isEqualTo("{message=hello}");
	}

	@Test
	void whereBothAreSentTheHeaderCounts() {
		Answer first = begin();
		Visitor both = visitor(NAME, token(first));
		Visitor browser = visitor();
		browser.visit((session) -> session.set("message", "of the cookie"));
		both.cookies().putAll(browser.cookies());
		assertThat(both.ask(Session::toMap).body()).isEqualTo("{message=hello}");
	}

	@Test
	@Expectation("K27")
	void anEndIsToldInTheHeader() {
		String token = token(begin());
		Answer end = visitor(NAME, token).visit(Session::invalidate);
		assertThat(token(end)).isEmpty();
		assertThat(end.setCookies()).isEmpty();
		assertThat(visitor(NAME, token).ask(Session::toMap).body()).isEqualTo("{}");
	}

	@Test
	void aNewIdIsToldInTheHeader() {
		String token = token(begin());
		String changed = token(visitor(NAME, token).visit(Session::changeId));
		assertThat(changed).isNotEqualTo(token);
		assertThat(visitor(NAME, changed).ask(Session::toMap).body()).isEqualTo("{message=hello}");
		assertThat(visitor(NAME, token).ask(Session::toMap).body()).isEqualTo("{}");
	}

	@Test
	void aForgedHeaderIsNoSessionAndAnEvent() {
		events().clear();
		String token = token(begin());
		String forged = token.substring(0, 100) + "AAAAAAAA";
		assertThat(visitor(NAME, forged).ask(Session::toMap).body()).isEqualTo("{}");
		assertThat(events().of(InvalidCookie.class)).hasSize(1);
	}

}
