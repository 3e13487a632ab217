package app.session;

/**
 * A {@link SessionPolicy.Mode#SERIALIZED} request was held up for so long that its turn
 * went to another before it could save what it changed. Nothing of that was written,
 * since the other has not seen it. Over HTTP it is a 409.
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
