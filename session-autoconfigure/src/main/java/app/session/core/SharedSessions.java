package app.session.core;

import java.util.concurrent.ConcurrentHashMap;

import app.session.SessionKey;

/**
 * The sessions that requests of this node are using. An entry lives as long as one of
 * them holds it.
 */
final class SharedSessions {

	private final ConcurrentHashMap<SessionKey, SharedSession> held = new ConcurrentHashMap<>();

	SharedSession hold(SessionKey key) {
		return this.held.compute(key, (k, present) -> {
			SharedSession shared = (present != null) ? present : new SharedSession(k);
			shared.holders++;
			return shared;
		});
	}

	void release(SharedSession shared) {
		this.held.computeIfPresent(shared.key(), (k, present) -> (--present.holders > 0) ? present : null);
	}

	int size() {
		return this.held.size();
	}

}
