package app.session.store.redis;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import app.session.SessionKey;
import app.session.SessionLeases;
import app.session.WriterTag;

/**
 * Leases, one string each: the holder's eight bytes. Redis ends them.
 */
final class RedisLeases implements SessionLeases {

	/** {@code ARGV}: the holder, and the length in milliseconds. */
	private static final Script ACQUIRE = Script.deciding("""
			local holder = redis.call('GET', KEYS[1])
			if holder and holder ~= ARGV[1] then
			  return 0
			end
			redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
			return 1
			""");

	/** {@code ARGV}: the holder, and the length in milliseconds. */
	private static final Script RENEW = Script.deciding("""
			if redis.call('GET', KEYS[1]) ~= ARGV[1] then
			  return 0
			end
			redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
			return 1
			""");

	/** {@code ARGV}: the holder. */
	private static final Script RELEASE = Script.deciding("""
			if redis.call('GET', KEYS[1]) ~= ARGV[1] then
			  return 0
			end
			return redis.call('DEL', KEYS[1])
			""");

	private final RedisCalls calls;

	private final StoreKeys keys;

	RedisLeases(RedisCalls calls, StoreKeys keys) {
		this.calls = calls;
		this.keys = keys;
	}

	@Override
	public boolean acquire(SessionKey key, WriterTag holder, Duration length) {
		return this.calls.decide(() -> "lease session " + key, ACQUIRE, this.keys.lease(key), bytes(holder),
				millis(length));
	}

	@Override
	public boolean renew(SessionKey key, WriterTag holder, Duration length) {
		return this.calls.decide(() -> "renew the lease on session " + key, RENEW, this.keys.lease(key), bytes(holder),
				millis(length));
	}

	@Override
	public void release(SessionKey key, WriterTag holder) {
		this.calls.decide(() -> "release session " + key, RELEASE, this.keys.lease(key), bytes(holder));
	}

	private static byte[] bytes(WriterTag holder) {
		return ByteBuffer.allocate(Long.BYTES).putLong(holder.value()).array();
	}

	private static byte[] millis(Duration length) {
		return String.valueOf(Math.max(1, length.toMillis())).getBytes(StandardCharsets.US_ASCII);
	}

}
