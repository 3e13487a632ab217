package app.session.web;

import java.time.Duration;
import java.util.Collection;
import java.util.Locale;

import app.session.core.ClientChannel;
import app.session.core.ClientOrigin;
import app.session.crypto.SessionId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * The session's cookie on one response. Not safe for several threads, as the response is
 * not.
 */
final class ResponseCookies implements ClientChannel {

	// A browser keeps no cookie for longer (RFC 6265bis, section 5.5).
	private static final Duration LONGEST_MAX_AGE = Duration.ofDays(400);

	private static final long UNTIL_CLOSED = -1;

	private final SessionWeb web;

	private final Transport transport;

	private final HttpServletRequest request;

	private volatile HttpServletResponse response;

	private volatile boolean open = true;

	private @Nullable String header;

	ResponseCookies(SessionWeb web, Transport transport, HttpServletRequest request, HttpServletResponse response) {
		this.web = web;
		this.transport = transport;
		this.request = request;
		this.response = response;
	}

	/**
	 * Goes on with the response of another dispatch of the same request.
	 */
	void open(HttpServletResponse response) {
		this.response = response;
		this.open = true;
	}

	/**
	 * Ends the use of the response, which the container may give to another request.
	 */
	void close() {
		this.open = false;
	}

	@Override
	public boolean isOpen() {
		return this.open && !this.response.isCommitted();
	}

	@Override
	public boolean canSend() {
		if (this.transport == Transport.NONE) {
			this.web.warnOfPlainHttp();
			return false;
		}
		return true;
	}

	@Override
	public void send(SessionId id, @Nullable Duration maxAge) {
		long seconds = UNTIL_CLOSED;
		if (maxAge != null) {
			seconds = Math.min(maxAge.toSeconds(), LONGEST_MAX_AGE.toSeconds());
		}
		boolean written = write(this.web.format().write(id), seconds);
		SentCookies sent = this.web.sentCookies();
		if (written && sent != null) {
			sent.sent(id.key());
		}
	}

	@Override
	public void clear() {
		write("", 0);
	}

	/** What stood before this filter has put a trusted proxy's word in its place. */
	@Override
	public @Nullable ClientOrigin origin() {
		return this.web.recordClient()
				? new ClientOrigin(this.request.getRemoteAddr(), this.request.getHeader(HttpHeaders.USER_AGENT)) : null;
	}

	private boolean write(String value, long maxAge) {
		if (this.transport == Transport.NONE || !isOpen()) {
			return false;
		}
		this.header = this.web.cookie().header(this.transport == Transport.SECURE, value, maxAge);
		SetCookies.put(this.response, this.header);
		return true;
	}

	/**
	 * Writes our header again after the application has cleared it.
	 */
	void restore() {
		if (this.header != null && isOpen()) {
			SetCookies.put(this.response, this.header);
		}
	}

	/**
	 * Says to caches what they must know of a response that depends on the session, and
	 * may carry its cookie.
	 */
	void writeCacheHeaders() {
		if (this.header != null && !cacheControl().contains("no-store")) {
			this.response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
		}
		if (!variesByCookie()) {
			this.response.addHeader(HttpHeaders.VARY, HttpHeaders.COOKIE);
		}
	}

	/**
	 * Whether a cookie that need not be sent may be: not where a cache could keep it for
	 * others, or where only a few headers may be.
	 */
	boolean mayRefresh() {
		if (this.header != null || this.transport == Transport.NONE
				|| this.response.getStatus() == HttpStatus.NOT_MODIFIED.value()) {
			return false;
		}
		String cacheControl = cacheControl();
		boolean cacheable = cacheControl.contains("public") || cacheControl.contains("max-age")
				|| cacheControl.contains("s-maxage") || this.response.containsHeader(HttpHeaders.EXPIRES);
		return !cacheable || cacheControl.contains("no-store");
	}

	private String cacheControl() {
		Collection<String> values = this.response.getHeaders(HttpHeaders.CACHE_CONTROL);
		return values.isEmpty() ? "" : String.join(",", values).toLowerCase(Locale.ROOT);
	}

	private boolean variesByCookie() {
		String first = this.response.getHeader(HttpHeaders.VARY);
		if (first == null || first.equals(HttpHeaders.COOKIE)) {
			return first != null;
		}
		for (String value : this.response.getHeaders(HttpHeaders.VARY)) {
			for (String name : value.split(",")) {
				String trimmed = name.trim();
				if (trimmed.equals("*") || trimmed.equalsIgnoreCase(HttpHeaders.COOKIE)) {
					return true;
				}
			}
		}
		return false;
	}

}
