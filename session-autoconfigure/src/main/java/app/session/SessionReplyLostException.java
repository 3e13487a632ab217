package app.session;

import org.jspecify.annotations.Nullable;

/**
 * The store was asked to write and its answer was lost: the write may have been applied
 * or not. A store throws it where it can't rule out that the write arrived (a timeout, a
 * connection reset); the engine then asks once more, which is safe because a record
 * remembers its writers.
 */
public class SessionReplyLostException extends SessionStoreUnavailableException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates an exception.
	 * @param message what was asked
	 * @param error the store's own error, if there is one
	 */
	public SessionReplyLostException(String message, @Nullable Throwable error) {
		super(message, error);
	}

}
