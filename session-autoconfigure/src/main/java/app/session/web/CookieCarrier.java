package app.session.web;

import java.util.Collection;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;

/**
 * One cookie. On a secure connection it has a prefix, and only the name that nobody else
 * could have planted is looked at.
 */
public final class CookieCarrier implements TokenCarrier {

	private final SessionCookie cookie;

	/**
	 * Creates the carrier.
	 * @param cookie how the cookie is made
	 */
	public CookieCarrier(SessionCookie cookie) {
		this.cookie = cookie;
	}

	@Override
	public String requestHeader() {
		return HttpHeaders.COOKIE;
	}

	@Override
	public Collection<String> read(HttpServletRequest request, boolean secure) {
		return CookieValues.of(request, secure ? this.cookie.secureName() : this.cookie.name());
	}

	@Override
	public void write(HttpServletResponse response, boolean secure, String text, long maxAge) {
		SetCookies.put(response, this.cookie.header(secure, text, maxAge));
	}

}
