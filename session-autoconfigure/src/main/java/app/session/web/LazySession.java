package app.session.web;

import java.time.Duration;

import app.session.core.ClientToken;
import app.session.core.ClientToken.Due;
import app.session.core.RequestSession;
import app.session.crypto.SessionId;
import app.session.web.servlet.HttpSessions;
import app.session.web.servlet.RequestHttpSession;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;

/**
 * A request's session with its client's token. If the client brought an id the session is
 * opened at once, since the engine has to know from the arrival on which requests of a
 * session are in flight; else when it is first asked for.
 */
final class LazySession {

	private final SessionWeb web;

	private final HttpServletRequest request;

	private final @Nullable RequestHttpSession httpSession;

	private final ClientWay way;

	private final ClientToken token;

	private volatile HttpServletResponse response;

	private volatile @Nullable RequestSession session;

	private volatile @Nullable ResponseChannel channel;

	private volatile @Nullable PolicyRule policy;

	LazySession(SessionWeb web, HttpServletRequest request, HttpServletResponse response) {
		this.web = web;
		this.request = request;
		this.response = response;
		HttpSessions shared = web.httpSessions();
		this.httpSession = (shared != null) ? new RequestHttpSession(this::known, this::get,
				request.getServletContext(), new FlashCookie(web.flashCookie(), request, () -> this.response), shared)
				: null;
		this.way = web.ways().of(request);
		if (web.ways().isPresentIn(request)) {
			Transport transport = transport();
			this.token = web.ways().read(request, this.way, transport, web.events());
			if (this.token.id() != null) {
				open(transport);
			}
		}
		else {
			this.token = this.way.format().blank();
		}
	}

	/**
	 * The same for the Servlet API, or {@code null} if that is the container's affair.
	 */
	@Nullable RequestHttpSession httpSession() {
		return this.httpSession;
	}

	private Transport transport() {
		return Transport.of(this.request, this.web.cookie().secure());
	}

	private RequestSession open(Transport transport) {
		ResponseChannel channel = new ResponseChannel(this.web, this.way.carrier(), this.token, transport, this.request,
				this.response);
		RequestSession opened = this.token.engine(this.web.engine()).open(this.token.id(), channel);
		if (this.httpSession != null) {
			opened.watch(this.httpSession);
		}
		this.channel = channel;
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
		RequestSession opened = open(transport());
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
		ResponseChannel channel = this.channel;
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
		ResponseChannel channel = this.channel;
		if (channel != null && (known.isAccessed() || noteUse(known, channel))) {
			tellClient(known, channel);
			channel.writeCacheHeaders();
		}
	}

	/**
	 * Notes the use of a session that the request did not ask for, where the client has
	 * to be told of it.
	 * @return whether it has
	 */
	private boolean noteUse(RequestSession known, ResponseChannel channel) {
		if (!this.token.isUseNotedByClient() || !channel.mayRefresh()) {
			return false;
		}
		known.use();
		return this.token.due() != Due.NOTHING;
	}

	/**
	 * Tells the client what the engine has not told it.
	 */
	private void tellClient(RequestSession known, ResponseChannel channel) {
		Due due = this.token.due();
		if (due == Due.CLEAR) {
			channel.clear();
		}
		else if (due == Due.SEND || (isToBeRefreshed(known, due) && channel.mayRefresh())) {
			SessionId id = known.confirmedId();
			// Only a session that was read can tell whether ours would open it.
			if (id != null && (due == Due.SEND || this.token.mayBeSent())) {
				channel.send(id, known.session().getCookieMaxAge());
			}
		}
	}

	private boolean isToBeRefreshed(RequestSession known, Due due) {
		SessionId id = this.token.id();
		return due == Due.REFRESH || (id != null && (this.web.cookie().rolling() || isHalfOver(known, id)));
	}

	/**
	 * Whether the client's cookie is to be renewed, if its session lives. Costs no store
	 * call beyond the one that read the session.
	 */
	private boolean isHalfOver(RequestSession known, SessionId id) {
		SentCookies sent = this.web.sentCookies();
		if (sent == null) {
			return false;
		}
		Duration maxAge = known.session().getCookieMaxAge();
		return maxAge != null && sent.isHalfOver(id.key(), maxAge);
	}

	/**
	 * Writes the cookie again after the application has cleared the headers.
	 */
	void restoreCookie() {
		ResponseChannel channel = this.channel;
		if (channel != null) {
			channel.restore();
		}
	}

	/**
	 * Ends the session's request. From now on the response may be another request's.
	 */
	void end() {
		RequestSession known = this.session;
		ResponseChannel channel = this.channel;
		if (known != null && channel != null) {
			known.end();
			channel.close();
		}
		if (this.httpSession != null) {
			this.httpSession.end();
		}
	}

}
