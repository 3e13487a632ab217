package app.session.web;

import java.time.Duration;
import java.util.Collection;
import java.util.Locale;

import app.session.ClientRequest;
import app.session.core.ClientChannel;
import app.session.core.ClientOrigin;
import app.session.core.ClientToken;
import app.session.crypto.SessionId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * The client's token on one response. Not safe for several threads, as the response is
 * not.
 */
final class ResponseChannel implements ClientChannel {

	// A browser keeps no cookie for longer (RFC 6265bis, section 5.5).
	private static final Duration LONGEST_MAX_AGE = Duration.ofDays(400);

	private static final long UNTIL_CLOSED = -1;

	private final SessionWeb web;

	private final TokenCarrier carrier;

	private final ClientToken token;

	private final Transport transport;

	private final HttpServletRequest request;

	private volatile HttpServletResponse response;

	private volatile boolean open = true;

	private @Nullable Written written;

	ResponseChannel(SessionWeb web, TokenCarrier carrier, ClientToken token, Transport transport,
			HttpServletRequest request, HttpServletResponse response) {
		this.web = web;
		this.carrier = carrier;
		this.token = token;
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
		SentCookies sent = this.web.sentCookies();
		if (write(new Written(this.token.text(id), seconds)) && sent != null) {
			sent.sent(id.key());
		}
	}

	@Override
	public void clear() {
		write(new Written("", 0));
	}

	@Override
	public ClientRequest request() {
		return new ServletClientRequest(this.request);
	}

	/** What stood before this filter has put a trusted proxy's word in its place. */
	@Override
	public @Nullable ClientOrigin origin() {
		return this.web.recordClient()
				? new ClientOrigin(this.request.getRemoteAddr(), this.request.getHeader(HttpHeaders.USER_AGENT)) : null;
	}

	private boolean write(Written token) {
		if (this.transport == Transport.NONE || !isOpen()) {
			return false;
		}
		this.written = token;
		this.carrier.write(this.response, this.transport == Transport.SECURE, token.text(), token.maxAge());
		return true;
	}

	/**
	 * Writes our header again after the application has cleared it.
	 */
	void restore() {
		if (this.written != null) {
			write(this.written);
		}
	}

	/**
	 * Says to caches what they must know of a response that depends on the session, and
	 * may carry its cookie.
	 */
	void writeCacheHeaders() {
		if (this.written != null && !cacheControl().contains("no-store")) {
			this.response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
		}
		for (String header : this.web.varyHeaders()) {
			if (!variesBy(header)) {
				this.response.addHeader(HttpHeaders.VARY, header);
			}
		}
	}

	/**
	 * Whether a cookie that need not be sent may be: not where a cache could keep it for
	 * others, or where only a few headers may be.
	 */
	boolean mayRefresh() {
		if (this.written != null || this.transport == Transport.NONE
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

	private boolean variesBy(String header) {
		String first = this.response.getHeader(HttpHeaders.VARY);
		if (first == null || first.equals(header)) {
			return first != null;
		}
		for (String value : this.response.getHeaders(HttpHeaders.VARY)) {
			for (String name : value.split(",")) {
				String trimmed = name.trim();
				if (trimmed.equals("*") || trimmed.equalsIgnoreCase(header)) {
					return true;
				}
			}
		}
		return false;
	}

	/**
	 * What the client was told.
	 */
	private record Written(String text, long maxAge) {
	}

}
