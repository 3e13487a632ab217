package app.session.web;

import java.time.Duration;

import app.session.crypto.SessionId;
import app.session.web.SessionCookie.SameSite;
import app.session.web.SessionCookie.Secure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

class ResponseChannelTests {

	private final WebFixture fixture = new WebFixture();

	private final MockHttpServletResponse response = new MockHttpServletResponse();

	private final SessionId id = this.fixture.ids.newId();

	private ResponseChannel cookies(SessionCookie cookie, Transport transport) {
		SessionWeb web = this.fixture.web(cookie);
		MockHttpServletRequest request = new MockHttpServletRequest();
		ClientWay way = web.ways().of(request);
		return new ResponseChannel(web, way.carrier(), way.format().blank(), transport, request, this.response);
	}

	private ResponseChannel cookies() {
		return cookies(SessionCookie.DEFAULTS, Transport.PLAIN);
	}

	private String header(SessionId id) {
		return "session=" + this.fixture.format.write(id) + "; Path=/; HttpOnly; SameSite=Lax";
	}

	@Test
	void laterCookieReplacesTheEarlierAndLeavesTheOthers() {
		ResponseChannel cookies = cookies();
		this.response.addHeader("Set-Cookie", "first=1");
		cookies.send(this.id, null);
		this.response.addHeader("Set-Cookie", "last=1");
		SessionId newId = this.fixture.ids.newId();
		cookies.send(newId, null);
		assertThat(this.response.getHeaders("Set-Cookie")).containsExactly("first=1", header(newId), "last=1");
	}

	@Test
	void removalNamesTheSameCookie() {
		SessionCookie cookie = new SessionCookie("session", "/app", "example.com", SameSite.NONE, Secure.AUTO, true,
				true, false, false, null);
		cookies(cookie, Transport.SECURE).clear();
		assertThat(this.response.getHeader("Set-Cookie")).startsWith("__Secure-session=;")
			.contains("; Path=/app;", "; Domain=example.com;", "; Max-Age=0;", "; Secure;", "; SameSite=None",
					"; Partitioned");
	}

	@Test
	void lifetimeHasALimit() {
		cookies().send(this.id, Duration.ofDays(1000));
		assertThat(this.response.getHeader("Set-Cookie")).contains("; Max-Age=34560000;");
	}

	@Test
	void cookieComesBackAfterAReset() {
		ResponseChannel cookies = cookies();
		cookies.send(this.id, null);
		this.response.reset();
		cookies.restore();
		cookies.restore();
		assertThat(this.response.getHeaders("Set-Cookie")).containsExactly(header(this.id));
	}

	@Test
	void noCookieGoesWhereAnyoneCouldReadIt() {
		ResponseChannel cookies = cookies(SessionCookie.DEFAULTS, Transport.NONE);
		assertThat(cookies.canSend()).isFalse();
		cookies.send(this.id, null);
		cookies.clear();
		assertThat(this.response.getHeaderNames()).isEmpty();
	}

	@Test
	void closedResponseIsLeftAlone() {
		ResponseChannel cookies = cookies();
		cookies.close();
		assertThat(cookies.isOpen()).isFalse();
		cookies.send(this.id, null);
		assertThat(this.response.getHeaderNames()).isEmpty();
		cookies.open(this.response);
		assertThat(cookies.isOpen()).isTrue();
		this.response.setCommitted(true);
		assertThat(cookies.isOpen()).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "'', no-store", "'public, max-age=60', no-store", "'no-cache, no-store', 'no-cache, no-store'",
			"No-Store, No-Store" })
	void responseWithTheCookieIsNotStored(String before, String after) {
		if (!before.isEmpty()) {
			this.response.setHeader("Cache-Control", before);
		}
		ResponseChannel cookies = cookies();
		cookies.send(this.id, null);
		cookies.writeCacheHeaders();
		assertThat(this.response.getHeaders("Cache-Control")).containsExactly(after);
	}

	@Test
	void responseWithoutTheCookieKeepsItsCacheControl() {
		this.response.setHeader("Cache-Control", "public");
		cookies().writeCacheHeaders();
		assertThat(this.response.getHeaders("Cache-Control")).containsExactly("public");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Cookie", "Accept, cookie", "*" })
	void varyIsNotRepeated(String before) {
		this.response.setHeader("Vary", before);
		cookies().writeCacheHeaders();
		assertThat(this.response.getHeaders("Vary")).containsExactly(before);
	}

	@Test
	void varyIsAppended() {
		this.response.setHeader("Vary", "Accept-Encoding");
		cookies().writeCacheHeaders();
		assertThat(this.response.getHeaders("Vary")).containsExactly("Accept-Encoding", "Cookie");
	}

	@ParameterizedTest
	@ValueSource(strings = { "public", "max-age=60", "private, s-maxage=1", "Max-Age=60" })
	void cookieIsNotRefreshedOnAResponseThatCachesKeep(String cacheControl) {
		ResponseChannel cookies = cookies();
		assertThat(cookies.mayRefresh()).isTrue();
		this.response.setHeader("Cache-Control", cacheControl);
		assertThat(cookies.mayRefresh()).isFalse();
		this.response.setHeader("Cache-Control", cacheControl + ", no-store");
		assertThat(cookies.mayRefresh()).isTrue();
	}

	@Test
	void cookieIsNotRefreshedOnAnExpiringOrUnmodifiedResponse() {
		ResponseChannel cookies = cookies();
		this.response.setHeader("Expires", "0");
		assertThat(cookies.mayRefresh()).isFalse();
		this.response.reset();
		this.response.setStatus(304);
		assertThat(cookies.mayRefresh()).isFalse();
	}

	@Test
	void cookieThatWasSentIsNotRefreshed() {
		ResponseChannel cookies = cookies();
		cookies.send(this.id, null);
		assertThat(cookies.mayRefresh()).isFalse();
	}

}
