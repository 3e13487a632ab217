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
	 * What this node knows of the session without reading it.
	 */
	Recalled recall(SessionId id) {
		Touched touched = this.memory.getIfPresent(id.key());
		if (touched == null) {
			return Recalled.NOTHING;
		}
		Rhythm rhythm = touched.rhythm();
		if (!rhythm.secretHash().equals(id.secretHash())) {
			return Recalled.OTHER_ID;
		}
		long now = this.clock.millis();
		boolean alive = now < Math.min(touched.time() + rhythm.idle(), rhythm.end());
		return new Recalled(now >= touched.time() + rhythm.interval(), alive ? rhythm : null);
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

		/**
		 * Whether the session is to be touched alike. Its end is left out: a session's
		 * never changes, and that of one created here is by this node's clock until it is
		 * read, which differs from the store's.
		 */
		boolean isSame(Rhythm other) {
			return this.idle == other.idle && this.interval == other.interval
					&& this.secretHash.equals(other.secretHash);
		}

	}

	/**
	 * What this node knows of a session.
	 *
	 * @param due whether a use of it is to be written down
	 * @param rhythm how it is to be touched, {@code null} if it has to be read for that
	 */
	record Recalled(boolean due, @Nullable Rhythm rhythm) {

		/** The session may be new here, or long forgotten. */
		static final Recalled NOTHING = new Recalled(true, null);

		/** A use by a retired id is none of the session's. */
		private static final Recalled OTHER_ID = new Recalled(false, null);

	}

	private record Touched(long time, Rhythm rhythm) {
	}

}
