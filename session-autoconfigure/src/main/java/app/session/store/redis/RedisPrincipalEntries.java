package app.session.store.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;

import app.session.store.PrincipalEntries;
import org.jspecify.annotations.Nullable;

/**
 * The entries of principals, one string each: a byte that is 1 if the entry is
 * unfinished, else 0, and the entry.
 */
final class RedisPrincipalEntries implements PrincipalEntries {

	private static final byte UNFINISHED = 1;

	private static final byte[] ABSENT = new byte[0];

	/**
	 * {@code ARGV}: the entry expected, nothing for none; the value from now on; how long
	 * it is kept, in milliseconds.
	 */
	private static final Script REPLACE = Script.deciding("""
			local value = redis.call('GET', KEYS[1])
			local entry = value and value:sub(2) or ''
			if entry ~= ARGV[1] then
			  return 0
			end
			redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
			return 1
			""");

	private final RedisCalls calls;

	private final RedisScan scan;

	private final StoreKeys keys;

	private final byte[] millis;

	RedisPrincipalEntries(RedisCalls calls, RedisScan scan, StoreKeys keys, Duration maxLifetime) {
		this.calls = calls;
		this.scan = scan;
		this.keys = keys;
		this.millis = String.valueOf(PrincipalEntries.retention(maxLifetime).toMillis())
			.getBytes(StandardCharsets.US_ASCII);
	}

	@Override
	public byte @Nullable [] find(byte[] id) {
		byte[] value = this.calls.get(() -> "read the entry of a principal", this.keys.principal(id));
		if (value == null) {
			return null;
		}
		// One that is damaged is an entry all the same: to take it for none would bring
		// revoked sessions back
		return Arrays.copyOfRange(value, Math.min(1, value.length), value.length);
	}

	@Override
	public boolean replace(byte[] id, byte @Nullable [] expected, byte[] next, boolean unfinished) {
		byte[] value = new byte[next.length + 1];
		value[0] = unfinished ? UNFINISHED : 0;
		System.arraycopy(next, 0, value, 1, next.length);
		return this.calls.decide(() -> "write the entry of a principal", REPLACE, this.keys.principal(id),
				Objects.requireNonNullElse(expected, ABSENT), value, this.millis);
	}

	@Override
	public Stream<byte[]> unfinished() {
		return this.scan.names(this.keys.principalPattern())
			.filter(this::isUnfinished)
			.map(this.keys::toPrincipalId)
			.filter(Objects::nonNull)
			.map(Objects::requireNonNull);
	}

	private boolean isUnfinished(byte[] name) {
		byte[] first = this.calls.getFirstByte(() -> "look at the entry of a principal", name);
		return first != null && first.length > 0 && first[0] == UNFINISHED;
	}

}
