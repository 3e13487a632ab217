package app.session.peers;

import app.session.Session;
import app.session.peers.Visitor.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The id in a header, and no cookie at all.
 */
@ParameterizedClass
@EnumSource(names = "MEMORY")
class SessionHeaderOnlyHttpTests extends PeerTests {

	SessionHeaderOnlyHttpTests() {
		super("app.session.header.name=X-Session", "app.session.header.only=true");
	}

	@Test
	void whoSendsNoHeaderIsAnsweredInTheHeader() {
		Answer first = visitor().visit((session) -> session.set("message", "hello"));
		assertThat(first.setCookies()).isEmpty();
		String token = first.headers().firstValue("X-Session").orElseThrow();
		assertThat(visitor("X-Session", token).ask(Session::toMap).body()).isEqualTo("{message=hello}");
	}

	@Test
	void aCookieIsNotLookedAt() {
		String token = visitor().visit((session) -> session.set("message", "hello"))
			.headers()
			.firstValue("X-Session")
			.orElseThrow();
		Visitor visitor = visitor();
		visitor.cookies().put("session", token);
		assertThat(visitor.ask(Session::toMap).body()).isEqualTo("{}");
	}

}
