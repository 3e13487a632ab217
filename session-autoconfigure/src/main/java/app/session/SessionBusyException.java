package app.session;

/**
 * A {@link SessionPolicy.Mode#SERIALIZED} request waited longer than its limit for its
 * turn. Over HTTP it is a 503 with {@code Retry-After}.
 */
public class SessionBusyException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates an exception.
	 * @param message what was waited for
	 */
	public SessionBusyException(String message) {
		super(message);
	}

}
