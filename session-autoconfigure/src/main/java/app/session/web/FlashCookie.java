package app.session.web;

import java.time.Duration;
import java.util.function.Supplier;

import app.session.web.servlet.FlashMark;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * The mark as a short-lived cookie beside the session's. It says nothing but that there
 * is something to look for, so it is not signed.
 */
final class FlashCookie implements FlashMark {

	/** Spring MVC keeps flash attributes for three minutes unless told otherwise. */
	private static final Duration MAX_AGE = Duration.ofMinutes(10);

	private final SessionCookie cookie;

	private final HttpServletRequest request;

	private final Supplier<HttpServletResponse> response;

	/** What this request has noted itself, which the client does not know yet. */
	private volatile @Nullable Boolean noted;

	FlashCookie(SessionCookie cookie, HttpServletRequest request, Supplier<HttpServletResponse> response) {
		this.cookie = cookie;
		this.request = request;
		this.response = response;
	}

	/**
	 * How the cookie beside the session's is made.
	 */
	static SessionCookie beside(SessionCookie session) {
		return new SessionCookie(session.name() + "-flash", session.path(), session.domain(), session.sameSite(),
				session.secure(), true, session.partitioned(), false, false, session.priority());
	}

	@Override
	public boolean isSet() {
		Boolean own = this.noted;
		return (own != null) ? own : isSent();
	}

	private boolean isSent() {
		Cookie[] cookies = this.request.getCookies();
		if (cookies == null) {
			return false;
		}
		String name = (transport() == Transport.SECURE) ? this.cookie.secureName() : this.cookie.name();
		for (Cookie candidate : cookies) {
			if (candidate.getName().equals(name)) {
				return true;
			}
		}
		return false;
	}

	@Override
	public void set() {
		this.noted = true;
		write("1", MAX_AGE.toSeconds());
	}

	@Override
	public void clear() {
		this.noted = false;
		write("", 0);
	}

	private void write(String value, long maxAge) {
		HttpServletResponse target = this.response.get();
		Transport transport = transport();
		if (transport != Transport.NONE && !target.isCommitted()) {
			SetCookies.put(target, this.cookie.header(transport == Transport.SECURE, value, maxAge));
		}
	}

	/** Not before it is needed, which is seldom. */
	private Transport transport() {
		return Transport.of(this.request, this.cookie.secure());
	}

}
