package app.session;

import org.jspecify.annotations.Nullable;

/**
 * What is left of an error that was put into an {@code HttpSession} and whose class can't
 * be made again: the name of its class and its message. Neither its stack trace nor its
 * cause nor anything else of it is stored.
 */
public interface StoredThrowable {

	/**
	 * The class that the error was of.
	 * @return its name, as {@link Class#getName()} has it. It is text from the store: do
	 * not load a class by it.
	 */
	String getOriginalClassName();

	/**
	 * The message that the error had.
	 * @return the message, or {@code null} if it had none
	 */
	@Nullable String getMessage();

}
