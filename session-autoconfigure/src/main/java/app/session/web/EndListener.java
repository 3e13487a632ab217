package app.session.web;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;

/**
 * Ends a session's request when its asynchronous part is over. What else happens to that
 * ends in a dispatch or here.
 */
final class EndListener implements AsyncListener {

	private final SessionExchange exchange;

	EndListener(SessionExchange exchange) {
		this.exchange = exchange;
	}

	@Override
	public void onComplete(AsyncEvent event) {
		this.exchange.end();
	}

	@Override
	public void onTimeout(AsyncEvent event) {
	}

	@Override
	public void onError(AsyncEvent event) {
	}

	@Override
	public void onStartAsync(AsyncEvent event) {
	}

}
