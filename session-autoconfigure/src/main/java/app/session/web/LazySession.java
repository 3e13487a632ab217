package app.session.web;

import java.time.Duration;

import app.session.core.RequestSession;
import app.session.crypto.SessionId;
import app.session.web.RequestCookies.PresentedId;
import app.session.web.servlet.HttpSessions;
import app.session.web.servlet.RequestHttpSession;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;

/**
 * A request's session with its cookies. If the client brought an id the session is opened
 * at once, since the engine has to know from the arrival on which requests of a session
 * are in flight; else when it is first asked for.
 */
final class LazySession {

	private final SessionWeb web;

	private final HttpServletRequest request;

	private final @Nullable RequestHttpSession httpSession;

	private volatile HttpServletResponse response;

	private volatile @Nullable RequestSession session;

	private volatile @Nullable ResponseCookies cookies;

	private volatile @Nullable PolicyRule policy;

	private boolean refresh;

	private @Nullable SessionId renewable;

	LazySession(SessionWeb web, HttpServletRequest request, HttpServletResponse response) {
		this.web = web;
		this.request = request;
		this.response = response;
		HttpSessions shared = web.httpSessions();
		this.httpSession = (shared != null) ? new RequestHttpSession(this::known, this::get,
				request.getServletContext(), new FlashCookie(web.flashCookie(), request, () -> this.response), shared)
				: null;
		if (request.getCookies() != null) {
			openPresented();
		}
	}

	/**
	 * The same for the Servlet API, or {@code null} if that is the container's affair.
	 */
	@Nullable RequestHttpSession httpSession() {
		return this.httpSession;
	}

	private void openPresented() {
		Transport transport = transport();
		PresentedId presented = this.web.requestCookies().read(this.request, transport);
		if (presented != null) {
			this.refresh = this.web.cookie().rolling() || !presented.currentKey();
			this.renewable = this.web.cookie().renew() ? presented.id() : null;
			open(presented.id(), transport);
		}
	}

	private Transport transport() {
		return Transport.of(this.request, this.web.cookie().secure());
	}

	private RequestSession open(@Nullable SessionId id, Transport transport) {
		ResponseCookies channel = new ResponseCookies(this.web, transport, this.request, this.response);
		RequestSession opened = this.web.engine().open(id, channel);
		if (this.httpSession != null) {
			opened.watch(this.httpSession);
		}
		this.cookies = channel;
		this.session = opened;
		return opened;
	}

	/**
	 * The session. Loads nothing.
	 */
	RequestSession get() {
		RequestSession known = this.session;
		return (known != null) ? known : openNew();
	}

	private synchronized RequestSession openNew() {
		RequestSession known = this.session;
		if (known != null) {
			return known;
		}
		RequestSession opened = open(null, transport());
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
	 * Says how the handler uses the session. May be called again for each dispatch.
	 */
	void apply(PolicyRule rule) {
		this.policy = rule;
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
		if (this.web.autoCommit()) {
			known.commit();
		}
		ResponseCookies channel = this.cookies;
		if (channel == null || !known.isAccessed()) {
			return;
		}
		if ((this.refresh || isHalfOver(known)) && channel.mayRefresh()) {
			SessionId id = known.confirmedId();
			if (id != null) {
				channel.send(id, known.session().getCookieMaxAge());
			}
		}
		channel.writeCacheHeaders();
	}

	/**
	 * Whether the client's cookie is to be renewed, if its session lives. Costs no store
	 * call beyond the one that read the session.
	 */
	private boolean isHalfOver(RequestSession known) {
		SentCookies sent = this.web.sentCookies();
		SessionId id = this.renewable;
		if (sent == null || id == null) {
			return false;
		}
		Duration maxAge = known.session().getCookieMaxAge();
		return maxAge != null && sent.isHalfOver(id.key(), maxAge);
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
		if (this.httpSession != null) {
			this.httpSession.end();
		}
	}

}
