package app.session.peers;

import java.util.Base64;
import java.util.List;

import app.session.Session;
import app.session.crypto.KeyRing;
import app.session.crypto.SignedIdFormat;
import app.session.crypto.SignedIdFormat.Result;
import app.session.peers.Visitor.Answer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Cookies that another key has signed than the first.
 */
@OnEachServerStore
class KeyRotationTests extends PeerTests {

	private static final String NEW_KEY = newKey();

	private static final String OLD_KEY = newKey();

	KeyRotationTests() {
		super("app.session.keys=" + NEW_KEY + "," + OLD_KEY, "app.session.application=peer",
				"app.session.cookie.max-age=1h");
	}

	private static SignedIdFormat signedBy(String key) {
		return new SignedIdFormat(new KeyRing(List.of(Base64.getDecoder().decode(key))), "peer", "session");
	}

	/** The same session's cookie, signed by another key. */
	private static void sign(Visitor visitor, String key) {
		Result result = signedBy(NEW_KEY).read(visitor.cookie().getValue());
		assertThat(result).as("the first key signs").isInstanceOf(Result.Valid.class);
		visitor.cookies().put("session", signedBy(key).write(((Result.Valid) result).id()));
	}

	/** With all it had: koa-session sends its signature again with the defaults. */
	@Test
	@Expectation({ "b.66", "b.67" })
	void aCookieSignedByAnOlderKeyIsValidAndSentAgainSignedByTheFirst() {
		Visitor visitor = returning();
		String before = visitor.cookie().getValue();
		sign(visitor, OLD_KEY);
		Answer answer = visitor.ask(Session::toMap);
		assertThat(answer.body()).isEqualTo("{message=hello}");
		assertThat(answer.setCookie())
			.isEqualTo("session=" + before + "; Path=/; Max-Age=3600; HttpOnly; SameSite=Lax");
		assertThat(visitor.ask(Session::toMap).setCookie()).isNull();
	}

	@Test
	@Expectation("b.67")
	void aCookieSignedByAnUnknownKeyIsNone() {
		Visitor visitor = returning();
		sign(visitor, newKey());
		Answer answer = visitor.ask(Session::toMap);
		assertThat(answer.body()).isEqualTo("{}");
		assertThat(answer.setCookie()).isNull();
	}

}
