package app.session.codec;

import org.jspecify.annotations.Nullable;

/**
 * The value of an attribute can't be read as the type asked for. The message names types
 * and never the value, and neither the message of a parser nor its exception is kept,
 * because both quote what they parsed.
 */
public class UnreadableValueException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates an exception.
	 * @param reason what is wrong, without the value
	 */
	public UnreadableValueException(String reason) {
		super(reason);
	}

	UnreadableValueException(String reason, @Nullable Throwable cause) {
		super((cause != null) ? reason + " (" + cause.getClass().getSimpleName() + ")" : reason);
	}

}
