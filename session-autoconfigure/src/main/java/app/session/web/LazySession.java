package app.session.web;

import app.session.core.RequestSession;
import app.session.crypto.SessionId;
import app.session.web.RequestCookies.PresentedId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * A request's session with its cookies, opened when it is first asked for. Until then the
 * request's cookies are not looked at.
 */
final class LazySession {

	private final SessionWeb web;

	private final HttpServletRequest request;

	private volatile HttpServletResponse response;

	private volatile @Nullable RequestSession session;

	private volatile @Nullable ResponseCookies cookies;

	private volatile @Nullable PolicyRule policy;

	private @Nullable Transport transport;

	private boolean looked;

	private boolean refresh;

	LazySession(SessionWeb web, HttpServletRequest request, HttpServletResponse response) {
		this.web = web;
		this.request = request;
		this.response = response;
	}

	/**
	 * The session, opened at the first call. Loads nothing.
	 */
	RequestSession get() {
		RequestSession known = this.session;
		if (known != null) {
			return known;
		}
		RequestSession opened = open(presentedId());
		PolicyRule rule = this.policy;
		if (rule != null) {
			rule.applyTo(opened);
		}
		return opened;
	}

	/**
	 * The session if it has been opened.
	 */
	@Nullable RequestSession known() {
		return this.session;
	}

	/**
	 * The session if it has been opened, or if the client has brought an id: it is to be
	 * ended then, as something may be due for a session that nobody asks for.
	 */
	@Nullable RequestSession knownOrPresented() {
		PolicyRule rule = this.policy;
		if (this.session == null && (rule == null || rule.touch())) {
			openPresented();
		}
		return this.session;
	}

	private void openPresented() {
		PresentedId presented = presentedId();
		if (presented != null) {
			open(presented);
		}
	}

	private synchronized @Nullable PresentedId presentedId() {
		if (this.looked) {
			return null;
		}
		this.looked = true;
		return (this.request.getHeader(HttpHeaders.COOKIE) != null)
				? this.web.requestCookies().read(this.request, transport()) : null;
	}

	private synchronized Transport transport() {
		Transport known = this.transport;
		if (known == null) {
			known = Transport.of(this.request, this.web.cookie().secure());
			this.transport = known;
		}
		return known;
	}

	private synchronized RequestSession open(@Nullable PresentedId presented) {
		RequestSession known = this.session;
		if (known != null) {
			return known;
		}
		ResponseCookies channel = new ResponseCookies(this.web, transport(), this.response);
		RequestSession opened = this.web.engine().open((presented != null) ? presented.id() : null, channel);
		this.refresh = presented != null && (this.web.cookie().rolling() || !presented.currentKey());
		this.cookies = channel;
		this.session = opened;
		return opened;
	}

	/**
	 * Says how the handler uses the session. May be called again for each dispatch.
	 */
	void apply(PolicyRule rule) {
		this.policy = rule;
		if (this.session == null && rule.turnLimit() != null) {
			openPresented();
		}
		RequestSession known = this.session;
		if (known != null) {
			rule.applyTo(known);
		}
	}

	/**
	 * Goes on with the response of another dispatch.
	 */
	void resume(HttpServletResponse response) {
		this.response = response;
		ResponseCookies channel = this.cookies;
		if (channel != null) {
			channel.open(response);
		}
	}

	/**
	 * Writes what is to be written before the response is committed.
	 * @param known the session
	 */
	void commit(RequestSession known) {
		if (this.web.discardOnError() && this.response.getStatus() >= HttpStatus.INTERNAL_SERVER_ERROR.value()) {
			known.discardChanges();
		}
		known.commit();
		ResponseCookies channel = this.cookies;
		if (channel == null || !known.isAccessed()) {
			return;
		}
		if (this.refresh && channel.mayRefresh()) {
			SessionId id = known.confirmedId();
			if (id != null) {
				channel.send(id, known.session().getCookieMaxAge());
			}
		}
		channel.writeCacheHeaders();
	}

	/**
	 * Writes the cookie again after the application has cleared the headers.
	 */
	void restoreCookie() {
		ResponseCookies channel = this.cookies;
		if (channel != null) {
			channel.restore();
		}
	}

	/**
	 * Ends the session's request. From now on the response may be another request's.
	 */
	void end() {
		RequestSession known = this.session;
		ResponseCookies channel = this.cookies;
		if (known != null && channel != null) {
			known.end();
			channel.close();
		}
	}

}
