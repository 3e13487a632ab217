package app.session.core;

import java.time.InstantSource;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import app.session.SessionKey;
import app.session.crypto.SessionId;

/**
 * Remembers the sessions that were used of late.
 */
final class RecentTouches implements TouchMemory {

	private static final int MAX_SIZE = 50_000;

	/** The part of an interval in which a use is noted once. */
	private static final int NOTED_PART = 16;

	private final Cache<SessionKey, Touched> memory = Caffeine.newBuilder()
		.maximumSize(MAX_SIZE)
		.executor(Runnable::run)
		.build();

	private final InstantSource clock;

	RecentTouches(InstantSource clock) {
		this.clock = clock;
	}

	/**
	 * If that was noted a moment ago already, there is little to gain: the next touch
	 * comes a little early.
	 */
	@Override
	public void touched(SessionKey key, Rhythm rhythm) {
		long now = this.clock.millis();
		Touched noted = this.memory.getIfPresent(key);
		if (noted == null || now - noted.time() > rhythm.interval() / NOTED_PART || !noted.rhythm().isSame(rhythm)) {
			this.memory.put(key, new Touched(now, rhythm));
		}
	}

	@Override
	public Recalled recall(SessionId id) {
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

	@Override
	public void forget(SessionKey key) {
		this.memory.invalidate(key);
	}

	private record Touched(long time, Rhythm rhythm) {
	}

}
