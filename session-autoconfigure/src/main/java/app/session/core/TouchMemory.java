package app.session.core;

import java.time.InstantSource;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import org.jspecify.annotations.Nullable;

import app.session.SessionKey;

/**
 * When this node last wrote down a use of a session, so that a request need not ask the
 * store whether it is time to. It may forget: then a session is touched once too often.
 */
final class TouchMemory {

	private static final int MAX_SIZE = 50_000;

	private final Cache<SessionKey, Due> dues = Caffeine.newBuilder()
		.maximumSize(MAX_SIZE)
		.executor(Runnable::run)
		.build();

	private final InstantSource clock;

	TouchMemory(InstantSource clock) {
		this.clock = clock;
	}

	/**
	 * Notes that the session was just touched, or written.
	 * @param interval how long a use may now go unwritten, in milliseconds
	 */
	void touched(SessionKey key, long interval) {
		this.dues.put(key, new Due(this.clock.millis() + interval, interval));
	}

	/**
	 * Whether a use of the session is to be written down.
	 */
	boolean isDue(SessionKey key) {
		Due due = this.dues.getIfPresent(key);
		return due == null || this.clock.millis() >= due.time();
	}

	/**
	 * The session's interval, if this node knows it.
	 */
	@Nullable Long interval(SessionKey key) {
		Due due = this.dues.getIfPresent(key);
		return (due != null) ? due.interval() : null;
	}

	void forget(SessionKey key) {
		this.dues.invalidate(key);
	}

	private record Due(long time, long interval) {
	}

}
