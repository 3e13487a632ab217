package app.session.peers;

import app.session.Session;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A cookie of which everything is set, that goes over any connection as a secure one.
 */
@OnEachStore
class CookieAttributeTests extends PeerTests {

	CookieAttributeTests() {
		super("app.session.cookie.name=koa.sess", "app.session.cookie.path=/handler",
				"app.session.cookie.domain=example.org", "app.session.cookie.same-site=none",
				"app.session.cookie.secure=true", "app.session.cookie.http-only=false",
				"app.session.cookie.partitioned=true", "app.session.cookie.priority=high");
	}

	@Test
	@Expectation({ "b.64", "b.69", "b.72", "key", "path", "domain", "sameSite", "secure", "secureProxy", "httpOnly",
			"partitioned", "priority" })
	void whatIsSetIsInTheCookie() {
		Visitor visitor = visitor();
		String header = visitor.visit((session) -> session.set("a", "b")).setCookie();
		assertThat(header).startsWith("__Secure-koa.sess=");
		assertThat(header.substring(header.indexOf(';')))
			.isEqualTo("; Path=/handler; Domain=example.org; Secure; SameSite=None; Partitioned; Priority=High");
		assertThat(visitor.ask(Session::toMap).body()).isEqualTo("{a=b}");
	}

	@Test
	@Expectation("b.68")
	void aCookieIsRemovedWithTheSameAttributes() {
		assertThat(returning().visit(Session::invalidate).setCookie()).isEqualTo("__Secure-koa.sess=; Path=/handler; "
				+ "Domain=example.org; Max-Age=0; Secure; SameSite=None; Partitioned; Priority=High");
	}

}
