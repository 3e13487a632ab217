package app.session.core;

import app.session.ClientRequest;
import app.session.SessionHook;

/**
 * Asks the application's hooks about one request's session. Not safe for several threads:
 * {@link RequestGuard} sees to that.
 */
final class RequestHooks {

	private final SessionEngine engine;

	private final ClientChannel client;

	private final RequestPolicy policy;

	private final RequestSession request;

	private boolean answered;

	private boolean failed;

	RequestHooks(SessionEngine engine, ClientChannel client, RequestPolicy policy, RequestSession request) {
		this.engine = engine;
		this.client = client;
		this.policy = policy;
		this.request = request;
	}

	boolean areNone() {
		return this.engine.hooks().isEmpty();
	}

	/**
	 * Whether there are any that have not yet said whether the session is valid.
	 */
	boolean areToBeAsked() {
		return !this.answered && !areNone();
	}

	/**
	 * Whether one could not say it when it was asked last.
	 */
	boolean haveFailed() {
		return this.failed;
	}

	/**
	 * Asks whether the session that was read is valid, until one says no.
	 */
	boolean isValid() {
		this.failed = true;
		ClientRequest client = this.client.request();
		try {
			boolean valid = this.policy.validate(() -> {
				for (SessionHook hook : this.engine.hooks()) {
					if (!hook.isValid(this.request.session(), client)) {
						return false;
					}
				}
				return true;
			});
			this.failed = false;
			this.answered = true;
			return valid;
		}
		finally {
			// What a hook changes in place is not to be found later, and saved.
			this.request.forgetObjects();
		}
	}

	/**
	 * Lets the hooks add to what is about to be written.
	 */
	void beforeSave() {
		ClientRequest client = this.client.request();
		this.policy.save(() -> {
			this.engine.hooks().forEach((hook) -> hook.beforeSave(this.request.session(), client));
			this.request.noteChangesInPlace();
		});
	}

	/**
	 * Refuses to write in the midst of a write.
	 */
	void checkNotSaving() {
		this.policy.checkNotSaving();
	}

}
