package app.session.core;

import java.time.InstantSource;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import org.jspecify.annotations.Nullable;

import app.session.SecretHash;
import app.session.SessionKey;
import app.session.crypto.SessionId;

/**
 * When this node last wrote down a use of a session, so that a request need not ask the
 * store whether it is time to. It may forget: then a session is touched once too often.
 */
final class TouchMemory {

	private static final int MAX_SIZE = 50_000;

	/** The part of an interval in which a use is noted once. */
	private static final int NOTED_PART = 16;

	private final Cache<SessionKey, Touched> memory = Caffeine.newBuilder()
		.maximumSize(MAX_SIZE)
		.executor(Runnable::run)
		.build();

	private final InstantSource clock;

	TouchMemory(InstantSource clock) {
		this.clock = clock;
	}

	/**
	 * Notes that the session was just touched, or written. If that was noted a moment ago
	 * already, there is little to gain: the next touch comes a little early.
	 */
	void touched(SessionKey key, Rhythm rhythm) {
		long now = this.clock.millis();
		Touched noted = this.memory.getIfPresent(key);
		if (noted == null || now - noted.time() > rhythm.interval() / NOTED_PART || !noted.rhythm().isSame(rhythm)) {
			this.memory.put(key, new Touched(now, rhythm));
		}
	}

	/**
	 * Whether a use of the session is to be written down: not one by an id that this node
	 * knows to be another than the session's present one.
	 */
	boolean isDue(SessionId id) {
		Touched touched = this.memory.getIfPresent(id.key());
		return touched == null || (touched.rhythm().secretHash().equals(id.secretHash())
				&& this.clock.millis() >= touched.time() + touched.rhythm().interval());
	}

	/**
	 * How the session is to be touched, if this node knows that without reading it.
	 */
	@Nullable Rhythm rhythm(SessionId id) {
		Touched touched = this.memory.getIfPresent(id.key());
		if (touched == null || !touched.rhythm().secretHash().equals(id.secretHash())) {
			return null;
		}
		long end = Math.min(touched.time() + touched.rhythm().idle(), touched.rhythm().end());
		return (this.clock.millis() < end) ? touched.rhythm() : null;
	}

	void forget(SessionKey key) {
		this.memory.invalidate(key);
	}

	/**
	 * How a session is to be touched.
	 *
	 * @param secretHash the hash of its secret
	 * @param interval how long a use may go unwritten, in milliseconds
	 * @param idle how long it lives after a use by the present configuration, in
	 * milliseconds
	 * @param end when it ends whatever is done with it by the present configuration, in
	 * milliseconds
	 */
	record Rhythm(SecretHash secretHash, long interval, long idle, long end) {

		boolean isSame(Rhythm other) {
			return this.end == other.end && this.idle == other.idle && this.interval == other.interval
					&& this.secretHash.equals(other.secretHash);
		}

	}

	private record Touched(long time, Rhythm rhythm) {
	}

}
