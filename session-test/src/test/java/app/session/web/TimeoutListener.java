package app.session.web;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;

/**
 * Completes a request that has timed out.
 */
final class TimeoutListener implements AsyncListener {

	private final Runnable before;

	TimeoutListener(Runnable before) {
		this.before = before;
	}

	@Override
	public void onComplete(AsyncEvent event) {
	}

	@Override
	public void onTimeout(AsyncEvent event) {
		this.before.run();
		event.getAsyncContext().complete();
	}

	@Override
	public void onError(AsyncEvent event) {
	}

	@Override
	public void onStartAsync(AsyncEvent event) {
	}

}
