package app.session.web;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

/**
 * A request whose asynchronous part goes on with our response, and tells when it is over.
 */
final class SessionRequest extends HttpServletRequestWrapper {

	private final CommittingResponse response;

	private final SessionExchange exchange;

	SessionRequest(HttpServletRequest request, CommittingResponse response, SessionExchange exchange) {
		super(request);
		this.response = response;
		this.exchange = exchange;
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
