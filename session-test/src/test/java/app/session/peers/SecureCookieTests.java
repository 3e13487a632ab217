package app.session.peers;

import app.session.Session;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The cookie over an encrypted connection and over a plain one, behind a proxy that says
 * which it is.
 */
@OnEachStore
class SecureCookieTests extends PeerTests {

	SecureCookieTests() {
		super("server.forward-headers-strategy=native");
	}

	@Test
	@Expectation({ "b.8", "b.18", "b.69", "httpOnly", "path", "domain" })
	void whoSetsNothingGetsTheDefaults() {
		assertThat(attributes(visitor())).isEqualTo("; Path=/; HttpOnly; SameSite=Lax");
	}

	private static String attributes(Visitor visitor) {
		String header = visitor.visit((session) -> session.set("a", "b")).setCookie();
		assertThat(header).isNotNull();
		return header.substring(header.indexOf(';'));
	}

	@Test
	@Expectation({ "b.72", "secure" })
	void anEncryptedConnectionHasASecureCookieWithItsOwnName() {
		Visitor visitor = visitor("X-Forwarded-Proto", "https", "X-Forwarded-For", "192.0.2.1");
		assertThat(attributes(visitor)).isEqualTo("; Path=/; Secure; HttpOnly; SameSite=Lax");
		assertThat(visitor.cookie().getKey()).isEqualTo("__Host-session");
		assertThat(visitor.ask(Session::toMap).body()).isEqualTo("{a=b}");
	}

	/** koa-session answers 500 where the cookie would have to be secure. */
	@Test
	@Expectation({ "b.72", "secure", "secureProxy" })
	void aPlainConnectionFromElsewhereHasNoCookieAndIsNoError() {
		Visitor visitor = visitor("X-Forwarded-For", "192.0.2.1");
		Visitor.Answer answer = visitor.visit((session) -> session.set("a", "b"));
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.setCookie()).isNull();
	}

}
