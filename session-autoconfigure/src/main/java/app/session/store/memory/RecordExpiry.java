package app.session.store.memory;

import java.util.concurrent.TimeUnit;

import app.session.SessionKey;
import com.github.benmanes.caffeine.cache.Expiry;

/**
 * Tells the map when a record expires. The map counts nanoseconds, here those of the
 * store's clock.
 */
final class RecordExpiry implements Expiry<SessionKey, byte[]> {

	private static final long TICKS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

	/** A century is for ever; more does not fit into nanoseconds. */
	private static final long LONGEST = TimeUnit.DAYS.toMillis(36_500);

	static long ticks(long millis) {
		return millis * TICKS_PER_MILLI;
	}

	@Override
	public long expireAfterCreate(SessionKey key, byte[] stored, long ticks) {
		long left = CompactRecord.expiry(stored) - Math.floorDiv(ticks, TICKS_PER_MILLI);
		return ticks(Math.max(0, Math.min(left, LONGEST)));
	}

	@Override
	public long expireAfterUpdate(SessionKey key, byte[] stored, long ticks, long duration) {
		return expireAfterCreate(key, stored, ticks);
	}

	@Override
	public long expireAfterRead(SessionKey key, byte[] stored, long ticks, long duration) {
		return duration;
	}

}
