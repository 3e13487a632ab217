package app.session.web;

import java.util.List;

import jakarta.servlet.http.Cookie;
import org.junit.jupiter.api.Test;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

class NodeCookieCarrierTests {

	private final NodeCookieCarrier koa = new NodeCookieCarrier(SessionCookie.DEFAULTS.named("koa.sess"), true);

	private final NodeCookieCarrier express = new NodeCookieCarrier(SessionCookie.DEFAULTS.named("connect.sid"), false);

	private static MockHttpServletRequest request(Cookie... cookies) {
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.setCookies(cookies);
		return request;
	}

	/** As they were written: the mock adds a date to each Max-Age. */
	private static List<String> cookies(MockHttpServletResponse response) {
		return response.getHeaders("Set-Cookie")
			.stream()
			.map((header) -> header.replaceFirst("; Expires=[^;]+", ""))
			.toList();
	}

	@Test
	void theSignatureIsJoinedByAPoint() {
		MockHttpServletRequest request = request(new Cookie("koa.sess.sig", "abc"), new Cookie("koa.sess", "a.b"));
		assertThat(this.koa.read(request, false)).containsExactly("a.b.abc");
	}

	@Test
	void theNameIsTheSameOnSecureConnections() {
		MockHttpServletRequest request = request(new Cookie("koa.sess.sig", "abc"), new Cookie("koa.sess", "x"),
				new Cookie("__Host-koa.sess", "y"));
		assertThat(this.koa.read(request, true)).containsExactly("x.abc");
		assertThat(this.express.read(request(new Cookie("connect.sid", "s%3Ax.y")), true)).containsExactly("s%3Ax.y");
		MockHttpServletResponse response = new MockHttpServletResponse();
		this.express.write(response, true, "s%3Ax.y", -1);
		assertThat(cookies(response)).containsExactly("connect.sid=s%3Ax.y; Path=/; Secure; HttpOnly; SameSite=Lax");
	}

	@Test
	void oneOfTheTwoAloneIsNothing() {
		assertThat(this.koa.read(request(new Cookie("koa.sess", "x")), false)).isEmpty();
		assertThat(this.koa.read(request(new Cookie("koa.sess.sig", "abc")), false)).isEmpty();
		assertThat(this.koa.read(new MockHttpServletRequest(), false)).isEmpty();
		assertThat(this.koa.isPresentIn(new MockHttpServletRequest())).isFalse();
	}

	/** A second one may come from another path, or have been planted by a subdomain. */
	@Test
	void ofSeveralEachPairIsOffered() {
		MockHttpServletRequest request = request(new Cookie("koa.sess", "x"), new Cookie("koa.sess", "y"),
				new Cookie("koa.sess.sig", "1"), new Cookie("koa.sess.sig", "2"));
		assertThat(this.koa.read(request, false)).containsExactly("x.1", "x.2", "y.1", "y.2");
	}

	@Test
	void theTwoCookiesHaveTheSameAttributesAndTakeTheirOwnPlaces() {
		MockHttpServletResponse response = new MockHttpServletResponse();
		response.addHeader("Set-Cookie", "other=1");
		this.koa.write(response, false, "first.one", 60);
		this.koa.write(response, false, "a.b.sig", 60);
		assertThat(cookies(response)).containsExactly("other=1",
				"koa.sess=a.b; Path=/; Max-Age=60; HttpOnly; SameSite=Lax",
				"koa.sess.sig=sig; Path=/; Max-Age=60; HttpOnly; SameSite=Lax");
	}

	@Test
	void bothAreTakenAway() {
		MockHttpServletResponse response = new MockHttpServletResponse();
		this.koa.write(response, false, "", 0);
		assertThat(cookies(response)).containsExactly("koa.sess=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax",
				"koa.sess.sig=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
	}

	@Test
	void withoutSignaturesThereIsOneCookie() {
		NodeCookieCarrier unsigned = new NodeCookieCarrier(SessionCookie.DEFAULTS.named("koa.sess"), false);
		MockHttpServletRequest request = request(new Cookie("koa.sess", "a.b"), new Cookie("koa.sess.sig", "c"));
		assertThat(unsigned.read(request, false)).containsExactly("a.b");
		MockHttpServletResponse response = new MockHttpServletResponse();
		unsigned.write(response, false, "a.b", -1);
		assertThat(cookies(response)).hasSize(1).first().asString().startsWith("koa.sess=a.b; ");
	}

}
