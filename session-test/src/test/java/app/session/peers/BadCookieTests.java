package app.session.peers;

import java.util.Map;

import app.session.Session;
import app.session.SessionEvent.InvalidCookie;
import app.session.SessionEvent.InvalidCookie.Reason;
import app.session.peers.Visitor.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Cookies that are not as we sent them. The name has a character that a pattern would
 * take for any.
 */
@OnEachStore
class BadCookieTests extends PeerTests {

	private static final String NAME = "my.sess";

	BadCookieTests() {
		super("app.session.cookie.name=" + NAME);
	}

	@BeforeEach
	void forgetEvents() {
		events().clear();
	}

	private Answer withCookie(String name, String value) {
		Visitor visitor = visitor();
		visitor.cookies().put(name, value);
		Answer answer = visitor.ask((session) -> session.isNew() + " " + session.toMap());
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.setCookie()).as("it is left alone").isNull();
		return answer;
	}

	@Test
	@Expectation("b.27")
	void aCookieThatCannotBeDecodedIsANewSession() {
		assertThat(withCookie(NAME, "invalid-session").body()).isEqualTo("true {}");
		assertThat(events().of(InvalidCookie.class)).containsExactly(new InvalidCookie(Reason.MALFORMED));
	}

	@Test
	@Expectation({ "b.65", "signed" })
	void aCookieWithAnotherSignatureIsANewSessionAndIsTold() {
		String value = returning().cookie().getValue();
		int middle = value.length() / 2;
		String forged = value.substring(0, middle) + ((value.charAt(middle) == 'A') ? 'B' : 'A')
				+ value.substring(middle + 1);
		assertThat(withCookie(NAME, forged).body()).isEqualTo("true {}");
		assertThat(events().of(InvalidCookie.class)).hasSize(1);
	}

	@Test
	void anAnswerToABadCookieThatSetsSomethingBeginsASession() {
		Visitor visitor = visitor();
		visitor.cookies().put(NAME, "invalid-session");
		visitor.visit((session) -> session.set("message", "hello"));
		assertThat(visitor.cookie().getKey()).isEqualTo(NAME);
		assertThat(visitor.ask(Session::toMap).body()).isEqualTo("{message=hello}");
	}

	@Test
	@Expectation({ "b.74", "key" })
	void aNameMatchesToTheLetter() {
		Map.Entry<String, String> cookie = returning().cookie();
		assertThat(cookie.getKey()).isEqualTo(NAME);
		assertThat(withCookie("myXsess", cookie.getValue()).body()).isEqualTo("true {}");
		assertThat(withCookie("my.sess.more", cookie.getValue()).body()).isEqualTo("true {}");
		assertThat(events().of(InvalidCookie.class)).isEmpty();
		assertThat(withCookie(NAME, cookie.getValue()).body()).isEqualTo("false {message=hello}");
	}

	/** Quotes belong to the value (RFC 6265, section 5.2), and we never send any. */
	@Test
	@Expectation("b.74")
	void aValueInDoubleQuotesIsNotOneThatWeSent() {
		assertThat(withCookie(NAME, '"' + returning().cookie().getValue() + '"').body()).isEqualTo("true {}");
		assertThat(events().of(InvalidCookie.class)).containsExactly(new InvalidCookie(Reason.MALFORMED));
	}

}
