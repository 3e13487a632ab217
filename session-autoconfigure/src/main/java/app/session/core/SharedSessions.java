package app.session.core;

import java.util.concurrent.ConcurrentHashMap;

import app.session.SessionKey;

/**
 * The sessions of the requests that run on this node, from the moment they arrive. So a
 * request that was in flight when its session ended is told apart from one that came
 * later, with a cookie of long ago: the first must not begin a session, since its late
 * answer would replace the cookie of a newer login.
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
		this.held.computeIfPresent(shared.key(), (k, present) -> {
			if (present != shared) {
				return present;
			}
			return (--shared.holders > 0) ? shared : null;
		});
	}

	/**
	 * Tells those who hold the session that it has ended. Whoever comes later does not
	 * join them.
	 */
	void end(SharedSession shared) {
		shared.end();
		this.held.remove(shared.key(), shared);
	}

	int size() {
		return this.held.size();
	}

}
