package app.session.web;

import java.util.Optional;

import app.session.Session;
import app.session.core.RequestSession;
import jakarta.servlet.ServletRequest;

/**
 * The session of a request, for code outside Spring MVC: filters, servlets, listeners.
 * What koa has as {@code ctx.session}.
 */
public final class RequestSessions {

	private RequestSessions() {
	}

	/**
	 * The session of a request, the same object on every call. Loads nothing.
	 * @param request a request that has gone through the {@link SessionFilter}
	 * @return the session
	 * @throws IllegalStateException if the request has no session
	 */
	public static Session of(ServletRequest request) {
		return require(request).session();
	}

	/**
	 * The same, as the engine has it.
	 */
	static RequestSession require(ServletRequest request) {
		return findRequest(request).orElseThrow(() -> new IllegalStateException(reason(request)));
	}

	private static String reason(ServletRequest request) {
		return (request.getAttribute(SessionExchange.ATTRIBUTE) != null)
				? "This request has no session: its path is not among app.session.include-paths, or is among "
						+ "app.session.exclude-paths"
				: "This request has no session: it has not gone through the SessionFilter (yet), or "
						+ "app.session.enabled is false";
	}

	/**
	 * The session of a request. Loads nothing.
	 * @param request any request
	 * @return the session, or empty if the request is excluded from having one or has not
	 * gone through the {@link SessionFilter}
	 */
	public static Optional<Session> find(ServletRequest request) {
		return findRequest(request).map(RequestSession::session);
	}

	/**
	 * The same for those who do more than handlers may.
	 * @param request any request
	 * @return the request's session, or empty as {@link #find} says
	 */
	public static Optional<RequestSession> findRequest(ServletRequest request) {
		return (request.getAttribute(SessionExchange.ATTRIBUTE) instanceof SessionExchange exchange)
				? Optional.of(exchange.session().get()) : Optional.empty();
	}

}
