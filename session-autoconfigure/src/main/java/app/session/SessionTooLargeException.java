package app.session;

/**
 * A session that its client holds has become larger than any client keeps. Nothing was
 * written, and the client still holds what it held. The message names the largest
 * attributes.
 */
public class SessionTooLargeException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception.
	 * @param message how large it is and how large it may be, what the largest attributes
	 * are, and what helps
	 */
	public SessionTooLargeException(String message) {
		super(message);
	}

}
