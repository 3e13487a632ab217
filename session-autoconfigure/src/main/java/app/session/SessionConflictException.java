package app.session;

/**
 * A {@link SessionPolicy.Mode#SERIALIZED} request could not save what it changed: it was
 * held up for so long that its turn went to another, or an attribute that it set was set
 * by a request that takes no turns. Nothing was written, since it would be computed from
 * what is no longer true. Over HTTP it is a 409.
 */
public class SessionConflictException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates an exception.
	 * @param message what was lost
	 */
	public SessionConflictException(String message) {
		super(message);
	}

}
