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
	 * @param cause the store's own error, if there is one
	 */
	public SessionStoreUnavailableException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
