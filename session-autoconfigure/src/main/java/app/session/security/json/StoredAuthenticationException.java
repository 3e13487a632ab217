package app.session.security.json;

import app.session.StoredThrowable;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.AuthenticationException;

/**
 * Stands for an authentication error that was put into an {@code HttpSession}, as Spring
 * Security does with a failed login's, and whose class can't be made again.
 */
public final class StoredAuthenticationException extends AuthenticationException implements StoredThrowable {

	private static final long serialVersionUID = 1L;

	/** The class that the error was of. */
	private final String originalClassName;

	/**
	 * Creates what is left of an error.
	 * @param originalClassName the class that the error was of
	 * @param message its message
	 */
	public StoredAuthenticationException(String originalClassName, @Nullable String message) {
		super(message);
		this.originalClassName = originalClassName;
	}

	@Override
	public String getOriginalClassName() {
		return this.originalClassName;
	}

	/** Where it was read is of no interest. */
	@Override
	public synchronized Throwable fillInStackTrace() {
		return this;
	}

	/** The message is the error's own. */
	@Override
	@SuppressWarnings("OverrideThrowableToString")
	public String toString() {
		return getClass().getName() + " for " + this.originalClassName + ": " + getMessage();
	}

}
