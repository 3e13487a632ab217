package app.session.web;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;

/**
 * The cookie of another application that serves the same site: without a prefix, since
 * that application has none, and where it signs as koa does, with the signature in a
 * second cookie, which this joins to the first by a point.
 */
public final class NodeCookieCarrier implements TokenCarrier {

	private static final String SIGNATURE = ".sig";

	private final SessionCookie cookie;

	private final boolean signedApart;

	/**
	 * Creates the carrier.
	 * @param cookie how the cookie is made
	 * @param signedApart whether the signature is in a cookie of its own
	 */
	public NodeCookieCarrier(SessionCookie cookie, boolean signedApart) {
		this.cookie = cookie;
		this.signedApart = signedApart;
	}

	@Override
	public String requestHeader() {
		return HttpHeaders.COOKIE;
	}

	@Override
	public Collection<String> read(HttpServletRequest request, boolean secure) {
		Collection<String> values = CookieValues.of(request, this.cookie.name());
		if (!this.signedApart || values.isEmpty()) {
			return values;
		}
		Collection<String> signatures = CookieValues.of(request, this.cookie.name() + SIGNATURE);
		// Which belongs to which is for the signature itself to say.
		List<String> joined = new ArrayList<>();
		values.forEach((value) -> signatures.forEach((signature) -> joined.add(value + "." + signature)));
		return joined;
	}

	@Override
	public void write(HttpServletResponse response, boolean secure, String text, long maxAge) {
		String name = this.cookie.name();
		if (!this.signedApart) {
			SetCookies.put(response, this.cookie.header(name, secure, text, maxAge));
			return;
		}
		int point = text.lastIndexOf('.');
		String value = (point >= 0) ? text.substring(0, point) : text;
		String signature = (point >= 0) ? text.substring(point + 1) : "";
		SetCookies.put(response, this.cookie.header(name, secure, value, maxAge));
		SetCookies.put(response, this.cookie.header(name + SIGNATURE, secure, signature, maxAge));
	}

}
