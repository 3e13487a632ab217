package app.session.web;

import app.session.web.servlet.RequestHttpSession;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

/**
 * A request whose asynchronous part goes on with our response, and tells when it is over,
 * and whose {@code HttpSession} is our session, unless the container's is wanted.
 */
final class SessionRequest extends HttpServletRequestWrapper {

	private final CommittingResponse response;

	private final SessionExchange exchange;

	SessionRequest(HttpServletRequest request, CommittingResponse response, SessionExchange exchange) {
		super(request);
		this.response = response;
		this.exchange = exchange;
	}

	@Override
	public @Nullable HttpSession getSession(boolean create) {
		RequestHttpSession ours = this.exchange.httpSession();
		if (ours == null) {
			return super.getSession(create);
		}
		return create ? ours.get(this.response.isCommitted()) : ours.find();
	}

	@Override
	public HttpSession getSession() {
		RequestHttpSession ours = this.exchange.httpSession();
		return (ours != null) ? ours.get(this.response.isCommitted()) : super.getSession();
	}

	@Override
	public String changeSessionId() {
		RequestHttpSession ours = this.exchange.httpSession();
		return (ours != null) ? ours.changeId() : super.changeSessionId();
	}

	@Override
	public @Nullable String getRequestedSessionId() {
		RequestHttpSession ours = this.exchange.httpSession();
		return (ours != null) ? ours.requestedName() : super.getRequestedSessionId();
	}

	@Override
	public boolean isRequestedSessionIdValid() {
		RequestHttpSession ours = this.exchange.httpSession();
		return (ours != null) ? ours.isRequestedValid() : super.isRequestedSessionIdValid();
	}

	@Override
	public boolean isRequestedSessionIdFromCookie() {
		RequestHttpSession ours = this.exchange.httpSession();
		return (ours != null) ? ours.requestedName() != null : super.isRequestedSessionIdFromCookie();
	}

	@Override
	public boolean isRequestedSessionIdFromURL() {
		return this.exchange.httpSession() == null && super.isRequestedSessionIdFromURL();
	}

	/**
	 * The container's own would go on with its own pair, past our response.
	 */
	@Override
	public AsyncContext startAsync() {
		return startAsync(this, this.response);
	}

	@Override
	public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
		SessionAsyncContext context = new SessionAsyncContext(super.startAsync(request, response), this.exchange);
		this.exchange.started(context);
		context.addListener(new EndListener(this.exchange));
		return context;
	}

	@Override
	public AsyncContext getAsyncContext() {
		AsyncContext context = super.getAsyncContext();
		SessionAsyncContext ours = this.exchange.async();
		return (ours != null) ? ours : context;
	}

}
