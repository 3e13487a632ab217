package app.session.web;

import java.io.IOException;
import java.util.function.Consumer;

import app.session.SessionEvent;
import app.session.core.SessionEngine;
import app.session.web.servlet.HttpSessions;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * Gives each request its session, commits it before the response's first byte leaves, and
 * answers for a session that failed. To be registered for the dispatcher types
 * {@code REQUEST}, {@code FORWARD}, {@code ASYNC} and {@code ERROR}, with asynchronous
 * requests supported, at {@link #ORDER}.
 * <p>
 * A session loads nothing until it is used.
 */
public final class SessionFilter implements Filter {

	/**
	 * Where the filter stands in the chain: behind those that say what the client sent
	 * (forwarded headers, character encoding), before those that may use the session.
	 */
	public static final int ORDER = Integer.MIN_VALUE + 50;

	static final Object EXCLUDED = new Object();

	private final SessionWeb web;

	private final RequestPaths paths;

	/**
	 * Creates the filter.
	 * @param engine where sessions come from
	 * @param ways how clients hold their sessions
	 * @param cookie how the cookie is made
	 * @param settings how requests are treated
	 * @param httpSessions what the {@code HttpSession}s share, which are ours then;
	 * {@code null} leaves the container's alone
	 * @param events told of invalid tokens
	 */
	public SessionFilter(SessionEngine engine, ClientWays ways, SessionCookie cookie, WebSettings settings,
			@Nullable HttpSessions httpSessions, Consumer<SessionEvent> events) {
		this.web = new SessionWeb(engine, ways, cookie, settings, httpSessions, events);
		this.paths = new RequestPaths(settings);
	}

	@Override
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		if (request instanceof HttpServletRequest httpRequest && response instanceof HttpServletResponse httpResponse
				&& exchange(httpRequest, httpResponse) instanceof SessionExchange exchange) {
			exchange.dispatch(httpRequest, httpResponse, chain);
		}
		else {
			chain.doFilter(request, response);
		}
	}

	/**
	 * What all dispatches of a request share; whether a request has a session is decided
	 * at its first.
	 */
	private Object exchange(HttpServletRequest request, HttpServletResponse response) {
		Object known = request.getAttribute(SessionExchange.ATTRIBUTE);
		if (known instanceof SessionExchange exchange && exchange.isOfAnother(this.web, request)) {
			throw new IllegalStateException("There are two session filters, each with settings of its own, and a "
					+ "request has one session: leave one of them out");
		}
		if (known == null) {
			known = this.paths.matches(request) ? new SessionExchange(this.web, request, response) : EXCLUDED;
			request.setAttribute(SessionExchange.ATTRIBUTE, known);
		}
		return known;
	}

}
