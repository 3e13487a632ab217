package app.session.core;

/**
 * What a request may do with its session. Guarded by the request's lock.
 */
final class RequestPolicy {

	private final ClientChannel client;

	private boolean readOnly;

	private boolean touching = true;

	private boolean lateAllowed;

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
	 * Refuses a change that may not be made, or can't be saved any more.
	 */
	void checkWritable() {
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
