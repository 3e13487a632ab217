package app.session;

import org.jspecify.annotations.Nullable;

/**
 * The store did not answer, or not in time. It is never taken for "no session": over HTTP
 * it is a 503 with {@code Retry-After}, unless {@code app.session.on-store-failure} says
 * that a request which only reads goes on as an anonymous one.
 */
public class SessionStoreUnavailableException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates an exception.
	 * @param message what was not done
	 * @param error the store's own error, if there is one. It is suppressed, not the
	 * cause: Spring MVC takes what was caused by a connection that broke for a client
	 * that has gone, and would answer with 200 and nothing
	 */
	@SuppressWarnings("this-escape")
	public SessionStoreUnavailableException(String message, @Nullable Throwable error) {
		super(message);
		if (error != null) {
			addSuppressed(error);
		}
	}

}
