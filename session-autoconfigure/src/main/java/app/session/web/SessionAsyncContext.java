package app.session.web;

import java.io.IOException;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;

/**
 * The asynchronous part of a request, which commits the session before it completes: the
 * container's own {@code onComplete} comes when the response has left.
 */
final class SessionAsyncContext implements AsyncContext {

	private final AsyncContext delegate;

	private final SessionExchange exchange;

	private volatile boolean completed;

	SessionAsyncContext(AsyncContext delegate, SessionExchange exchange) {
		this.delegate = delegate;
		this.exchange = exchange;
	}

	boolean isCompleted() {
		return this.completed;
	}

	@Override
	public void complete() {
		if (!this.exchange.isSealed() && this.exchange.beforeComplete()) {
			this.completed = true;
			this.delegate.complete();
		}
	}

	/**
	 * Completes the request as it is.
	 */
	void completeAfterFailure() {
		this.completed = true;
		try {
			this.delegate.complete();
		}
		catch (IllegalStateException ex) {
			// It was dispatched or completed meanwhile.
		}
	}

	@Override
	public void dispatch() {
		if (!this.exchange.isSealed()) {
			this.delegate.dispatch();
		}
	}

	@Override
	public void dispatch(String path) {
		if (!this.exchange.isSealed()) {
			this.delegate.dispatch(path);
		}
	}

	@Override
	public void dispatch(ServletContext context, String path) {
		if (!this.exchange.isSealed()) {
			this.delegate.dispatch(context, path);
		}
	}

	@Override
	public ServletRequest getRequest() {
		return this.delegate.getRequest();
	}

	@Override
	public ServletResponse getResponse() {
		return this.delegate.getResponse();
	}

	@Override
	public boolean hasOriginalRequestAndResponse() {
		return this.delegate.hasOriginalRequestAndResponse();
	}

	@Override
	public void start(Runnable task) {
		this.delegate.start(task);
	}

	@Override
	public void addListener(AsyncListener listener) {
		this.delegate.addListener(new Listener(listener));
	}

	@Override
	public void addListener(AsyncListener listener, ServletRequest request, ServletResponse response) {
		this.delegate.addListener(new Listener(listener), request, response);
	}

	@Override
	public <T extends AsyncListener> T createListener(Class<T> type) throws ServletException {
		return this.delegate.createListener(type);
	}

	@Override
	public void setTimeout(long timeout) {
		this.delegate.setTimeout(timeout);
	}

	@Override
	public long getTimeout() {
		return this.delegate.getTimeout();
	}

	/**
	 * Gives a listener this context in place of the container's.
	 */
	private final class Listener implements AsyncListener {

		private final AsyncListener target;

		Listener(AsyncListener target) {
			this.target = target;
		}

		private AsyncEvent ours(AsyncEvent event) {
			return new AsyncEvent(SessionAsyncContext.this, event.getSuppliedRequest(), event.getSuppliedResponse(),
					event.getThrowable());
		}

		@Override
		public void onComplete(AsyncEvent event) throws IOException {
			this.target.onComplete(ours(event));
		}

		@Override
		public void onTimeout(AsyncEvent event) throws IOException {
			this.target.onTimeout(ours(event));
		}

		@Override
		public void onError(AsyncEvent event) throws IOException {
			this.target.onError(ours(event));
		}

		@Override
		public void onStartAsync(AsyncEvent event) throws IOException {
			// A new cycle has begun, with a context of its own.
			this.target.onStartAsync(event);
		}

	}

}
