package app.session.peers;

import java.net.http.HttpResponse;
import java.util.List;

import app.session.http.Browser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What express-session's tests expect of the cookie and of proxies, as far as it carries
 * over, and weaknesses of both peers in it that we do not have. No store has a part in
 * it.
 */
class ExpressCookieHttpTests {

	private PeerServer server;

	private Browser start(String... properties) {
		this.server = new PeerServer(List.of(properties));
		return this.server.visitor();
	}

	@AfterEach
	void stop() {
		if (this.server != null) {
			this.server.close();
		}
	}

	/** The one session cookie that a request gets. */
	private static String cookieOf(Browser browser, String path) {
		HttpResponse<String> response = browser.get(path);
		assertThat(response.statusCode()).isEqualTo(200);
		List<String> cookies = Browser.setCookies(response);
		assertThat(cookies).hasSize(1);
		return cookies.get(0);
	}

	// Proxies

	@ParameterizedTest
	@Expectation({ "c.19", "c.22" })
	@CsvSource({ "framework,https,true", "framework,'https,http',true", "native,https,true",
			"native,'https,http',false", "native,http,false" })
	void behindATrustedProxyTheCookieIsSecureIfTheClientsConnectionIs(String strategy, String proto, boolean secure) {
		Browser visitor = start("server.forward-headers-strategy=" + strategy).with("X-Forwarded-Proto", proto,
				"X-Forwarded-For", "203.0.113.7");
		List<String> cookies = Browser.setCookies(visitor.get("/set/a/b"));
		if (secure) {
			assertThat(cookies).singleElement().asString().startsWith("__Host-session=").contains("; Secure;");
			assertThat(visitor.get("/whole").body()).isEqualTo("null {a=b}");
		}
		else {
			assertThat(cookies).isEmpty();
		}
	}

	@Test
	@Expectation({ "c.19", "c.22" })
	void withoutAProxysWordThereIsNoSecureCookie() {
		assertThat(cookieOf(start("server.forward-headers-strategy=framework"), "/set/a/b")).startsWith("session=")
			.doesNotContain("Secure");
	}

	@ParameterizedTest
	@Expectation({ "c.20", "c.21", "X6" })
	@ValueSource(strings = { "server.forward-headers-strategy=none", "server.port=0" })
	void theWordOfAProxyThatNobodyTrustsBringsNeitherACookieNorAnEntry(String property) {
		Browser visitor = start(property).with("X-Forwarded-Proto", "https");
		HttpResponse<String> response = visitor.get("/set/a/b");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(Browser.setCookies(response)).isEmpty();
		assertThat(this.server.calls()).isEmpty();
	}

	@Test
	@Expectation({ "c.23", "K30" })
	void aCookieThatIsAlwaysSecureIsNoErrorOnAPlainConnection() {
		Browser visitor = start("app.session.cookie.secure=true");
		assertThat(cookieOf(visitor, "/set/a/b")).startsWith("__Host-session=").contains("; Secure;");
		assertThat(visitor.get("/whole").body()).isEqualTo("null {a=b}");
	}

	@Test
	@Expectation({ "c.24", "X16", "X21" })
	void sameSiteNoneIsSaidWithSecureAlone() {
		start("app.session.cookie.same-site=none", "server.forward-headers-strategy=framework");
		assertThat(cookieOf(this.server.visitor(), "/set/a/b")).doesNotContain("SameSite").doesNotContain("Secure");
		assertThat(cookieOf(this.server.visitor().with("X-Forwarded-Proto", "https"), "/set/a/b")).contains("; Secure;")
			.contains("; SameSite=None");
	}

	// Attributes

	@Test
	@Expectation({ "c.25", "X12" })
	void aPathIsWholeSegmentsAndOutsideItThereIsNoSession() {
		Browser visitor = start("app.session.cookie.path=/foo", "app.session.include-paths=/foo/**");
		assertThat(cookieOf(visitor, "/foo/set/a/b")).contains("; Path=/foo;");
		assertThat(visitor.get("/foo/whole").body()).isEqualTo("null {a=b}");
		this.server.calls();
		for (String outside : List.of("/foobar/whole", "/foobar/set/a/b", "/whole")) {
			HttpResponse<String> response = visitor.get(outside);
			assertThat(response.statusCode()).as(outside).isEqualTo(500);
			assertThat(Browser.setCookies(response)).as(outside).isEmpty();
		}
		assertThat(this.server.calls()).isEmpty();
	}

	@Test
	@Expectation("c.25")
	void underAContextPathThePathsAreThoseWithinTheApplication() {
		Browser visitor = start("server.servlet.context-path=/foo", "app.session.include-paths=/foo/**");
		assertThat(Browser.setCookies(visitor.get("/foo/foo/set/a/b"))).hasSize(1);
		assertThat(visitor.get("/foo/foo/whole").body()).isEqualTo("null {a=b}");
		assertThat(visitor.get("/foo/whole").statusCode()).isEqualTo(500);
	}

	@Test
	@Expectation({ "c.27", "c.33" })
	void nameAndPartitionedAreAsConfiguredAndPartitionedIsOff() {
		Browser plain = start("server.forward-headers-strategy=framework").with("X-Forwarded-Proto", "https");
		assertThat(cookieOf(plain, "/set/a/b")).startsWith("__Host-session=").doesNotContain("Partitioned");
		this.server.close();
		Browser apart = start("app.session.cookie.name=sid", "app.session.cookie.partitioned=true",
				"server.forward-headers-strategy=framework")
			.with("X-Forwarded-Proto", "https");
		assertThat(cookieOf(apart, "/set/a/b")).startsWith("__Host-sid=").contains("; Partitioned");
	}

	@Test
	@Expectation({ "c.28", "K16", "K17" })
	void withoutAMaxAgeTheCookieEndsWithTheBrowserAndIsSentOnce() {
		Browser visitor = start();
		assertThat(cookieOf(visitor, "/save-twice")).doesNotContain("Max-Age").doesNotContain("Expires");
		assertThat(Browser.setCookies(visitor.get("/set/a/c"))).isEmpty();
		assertThat(Browser.setCookies(visitor.get("/save-twice"))).isEmpty();
		assertThat(cookieOf(visitor, "/change-id-and-save")).doesNotContain("Max-Age").doesNotContain("Expires");
	}

	@Test
	@Expectation({ "c.30", "K17" })
	void aConfiguredMaxAgeIsInTheFirstCookieAsInTheLast() {
		Browser visitor = start("app.session.cookie.max-age=1d");
		assertThat(cookieOf(visitor, "/set/a/b")).contains("; Max-Age=86400;");
		assertThat(cookieOf(visitor, "/change-id-and-save")).contains("; Max-Age=86400;");
		assertThat(visitor.get("/cookie-max-age").body()).isEqualTo("PT24H");
	}

	@Test
	@Expectation({ "c.27", "c.29", "c.30" })
	void aSessionHasAMaxAgeOfItsOwnAlsoALongOneAndNone() {
		Browser visitor = start("app.session.cookie.max-age=1d");
		assertThat(cookieOf(visitor, "/cookie-max-age/3000000")).contains("; Max-Age=3000000;");
		assertThat(visitor.get("/cookie-max-age").body()).isEqualTo("PT833H20M");
		assertThat(Browser.setCookies(visitor.get("/set/a/b"))).isEmpty();
		assertThat(cookieOf(visitor, "/cookie-max-age/0")).doesNotContain("Max-Age");
		assertThat(Browser.setCookies(visitor.get("/set/a/c"))).isEmpty();
		assertThat(cookieOf(visitor, "/change-id-and-save")).doesNotContain("Max-Age");
	}

	@Test
	@Expectation("c.31")
	void theApplicationsOwnCookiesAreKept() {
		Browser visitor = start();
		assertThat(Browser.setCookies(visitor.get("/own-cookies")))
			.extracting((header) -> header.substring(0, header.indexOf('=')))
			.containsExactlyInAnyOrder("before", "session", "after");
	}

	@Test
	@Expectation({ "c.32", "K11" })
	void theIdIsOneCookieOfLettersThatNeedNoEscape() {
		assertThat(cookieOf(start(), "/set/a/b")).matches("session=[A-Za-z0-9_-]{108}; Path=/; HttpOnly; SameSite=Lax");
	}

	@Test
	@Expectation("K38")
	void aResponseWithTheCookieIsKeptByNoCacheAndTheCookieIsLax() {
		HttpResponse<String> response = start().get("/set/a/b");
		assertThat(response.headers().allValues("Cache-Control")).containsExactly("no-store");
		assertThat(response.headers().allValues("Vary")).contains("Cookie");
		assertThat(Browser.setCookies(response)).singleElement().asString().endsWith("; SameSite=Lax");
	}

	// What makes no sense

	@ParameterizedTest
	@Expectation({ "c.31", "K32" })
	@ValueSource(strings = { "app.session.cookie.same-site=bogus", "app.session.cookie.name=a b",
			"app.session.cookie.max-age=0s", "app.session.cookie.path=foo;", "app.session.timeout=0s",
			"app.session.keys=", "app.session.keys=''", "app.session.cookie.max-age=Infinity" })
	void whatMakesNoSenseStopsTheApplicationAndNotItsRequests(String property) {
		List<String> properties = List.of(property, "app.session.store=redis", "spring.data.redis.port=1");
		assertThatExceptionOfType(Exception.class).isThrownBy(() -> new PeerServer(properties).close())
			.withStackTraceContaining(property.substring(0, property.indexOf('=')));
	}

	@Test
	@Expectation({ "K26", "X17" })
	void aSecondFilterIsNotPassedOverInSilence() {
		this.server = new PeerServer(List.of(), TwoFilters.class);
		assertThat(this.server.visitor().get("/whole").statusCode()).isEqualTo(500);
	}

}
