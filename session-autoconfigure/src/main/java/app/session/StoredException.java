package app.session;

import org.jspecify.annotations.Nullable;

/**
 * Stands for an error that was put into an {@code HttpSession} and whose class can't be
 * made again. Where a framework asks for a class of its own, that framework's class
 * stands for it: {@code app.session.security.json.StoredAuthenticationException} for an
 * authentication error of Spring Security's.
 */
public final class StoredException extends RuntimeException implements StoredThrowable {

	private static final long serialVersionUID = 1L;

	/** The class that the error was of. */
	private final String originalClassName;

	/**
	 * Creates what is left of an error.
	 * @param originalClassName the class that the error was of
	 * @param message its message
	 */
	public StoredException(String originalClassName, @Nullable String message) {
		super(message, null, false, false);
		this.originalClassName = originalClassName;
	}

	@Override
	public String getOriginalClassName() {
		return this.originalClassName;
	}

	/** The message is the error's own. */
	@Override
	@SuppressWarnings("OverrideThrowableToString")
	public String toString() {
		return getClass().getName() + " for " + this.originalClassName + ": " + getMessage();
	}

}
