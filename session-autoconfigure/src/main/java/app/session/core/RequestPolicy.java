package app.session.core;

import java.util.function.BooleanSupplier;

/**
 * What a request may do with its session. Guarded by the request's lock.
 */
final class RequestPolicy {

	private final ClientChannel client;

	private boolean readOnly;

	private boolean touching = true;

	private boolean lateAllowed;

	private boolean validating;

	private boolean saving;

	RequestPolicy(ClientChannel client) {
		this.client = client;
	}

	void readOnly() {
		this.readOnly = true;
	}

	void noTouch() {
		this.touching = false;
	}

	/**
	 * Whether this request is a use of the session that puts off its expiry.
	 */
	boolean isTouching() {
		return this.touching;
	}

	/**
	 * Whether the response has gone, so that no cookie could be sent.
	 */
	boolean isLate() {
		return !this.client.isOpen();
	}

	/**
	 * Makes a change that needs no cookie, whether the response has gone or not.
	 */
	void runLate(Runnable change) {
		this.lateAllowed = true;
		try {
			change.run();
		}
		finally {
			this.lateAllowed = false;
		}
	}

	/**
	 * Asks whether the session is valid, which may read it.
	 */
	boolean validate(BooleanSupplier question) {
		this.validating = true;
		try {
			return question.getAsBoolean();
		}
		finally {
			this.validating = false;
		}
	}

	/**
	 * Runs what may add to a write that is made whether more may be changed or not.
	 */
	void save(Runnable action) {
		this.saving = true;
		try {
			action.run();
		}
		finally {
			this.saving = false;
		}
	}

	/**
	 * Refuses any change by a hook that is to say whether the session is valid.
	 */
	void checkNotValidating() {
		if (this.validating) {
			throw new IllegalStateException("SessionHook.isValid can't change the session: it may not be the client's");
		}
	}

	/**
	 * Refuses what a hook can't do in the midst of a write.
	 */
	void checkNotSaving() {
		if (this.saving) {
			throw new IllegalStateException("SessionHook.beforeSave can change attributes and the timeout alone: "
					+ "the session is about to be written");
		}
	}

	/**
	 * Refuses a change that may not be made, or can't be saved any more.
	 */
	void checkWritable() {
		if (this.saving) {
			return;
		}
		checkNotReadOnly();
		if (isLate() && !this.lateAllowed) {
			throw new IllegalStateException(
					"The response has been committed: change the session before the first byte is written");
		}
	}

	void checkNotReadOnly() {
		if (this.readOnly) {
			throw new IllegalStateException("The handler's @SessionPolicy says that it only reads the session");
		}
	}

}
