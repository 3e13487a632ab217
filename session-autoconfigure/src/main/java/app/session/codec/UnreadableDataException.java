package app.session.codec;

/**
 * The stored form of a session is not one this library wrote: cut short, altered, or from
 * a later version. The message never carries data.
 */
public class UnreadableDataException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates an exception.
	 * @param reason what is wrong, without any data
	 */
	public UnreadableDataException(String reason) {
		super("The data of a session can't be read: " + reason);
	}

}
