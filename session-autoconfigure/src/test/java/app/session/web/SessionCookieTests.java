package app.session.web;

import app.session.web.SessionCookie.Priority;
import app.session.web.SessionCookie.SameSite;
import app.session.web.SessionCookie.Secure;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SessionCookieTests {

	@Test
	void secureCookieHasTheHostPrefix() {
		assertThat(SessionCookie.DEFAULTS.header(true, "value", -1))
			.isEqualTo("__Host-session=value; Path=/; Secure; HttpOnly; SameSite=Lax");
	}

	@Test
	void plainCookieHasNoPrefix() {
		assertThat(SessionCookie.DEFAULTS.header(false, "value", -1))
			.isEqualTo("session=value; Path=/; HttpOnly; SameSite=Lax");
	}

	@Test
	void cookieOfADomainOrAPathHasTheSecurePrefix() {
		SessionCookie domain = new SessionCookie("sid", "/", "example.com", SameSite.NONE, Secure.AUTO, false, true,
				false, false, null);
		assertThat(domain.header(true, "value", 60)).isEqualTo(
				"__Secure-sid=value; Path=/; Domain=example.com; " + "Max-Age=60; Secure; SameSite=None; Partitioned");
		assertThat(domain.header(false, "value", 60)).as("a browser refuses None without Secure")
			.doesNotContain("SameSite", "Partitioned");
		SessionCookie path = new SessionCookie("sid", "/app", null, SameSite.STRICT, Secure.AUTO, true, false, false,
				false, null);
		assertThat(path.header(true, "value", -1))
			.isEqualTo("__Secure-sid=value; Path=/app; Secure; HttpOnly; SameSite=Strict");
	}

	@Test
	void priorityIsSaidLastAndOnlyIfThereIsOne() {
		SessionCookie low = new SessionCookie("sid", "/", null, SameSite.LAX, Secure.AUTO, true, true, false, false,
				Priority.LOW);
		assertThat(low.header(true, "value", -1))
			.isEqualTo("__Host-sid=value; Path=/; Secure; HttpOnly; SameSite=Lax; Partitioned; Priority=Low");
		assertThat(SessionCookie.DEFAULTS.header(true, "value", -1)).doesNotContain("Priority");
	}

}
