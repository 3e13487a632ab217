package app.session.store.memory;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import app.session.SecretHash;
import app.session.SessionKey;
import app.session.SessionRecord;
import app.session.WriterTag;
import app.session.store.RecordParts;
import org.jspecify.annotations.Nullable;

/**
 * A record as one array of bytes, since objects cost more heap than what they hold: a
 * million sessions are kept. An array is never written to once it is in the map.
 * <p>
 * The form is: one byte of flags, creation and last access of six bytes each, idle
 * timeout, lifetime and version of one to ten bytes each, the secret hash, the writers,
 * the principal if there is one, the data. It is in the file of {@link MemorySnapshot} as
 * well: another form is another version of that.
 */
final class CompactRecord {

	private static final int CAME_BACK = 1;

	private static final int HAS_PRINCIPAL = 2;

	private static final int WRITERS_SHIFT = 2;

	private static final int TIME_LENGTH = 6;

	private static final int CREATED_AT = 1;

	private static final int ACCESSED_AT = CREATED_AT + TIME_LENGTH;

	private static final int NUMBERS_AT = ACCESSED_AT + TIME_LENGTH;

	private CompactRecord() {
	}

	/**
	 * Encodes a record that is created now.
	 */
	static byte[] created(SessionRecord record, long now) {
		return encode(record, 0, now, now);
	}

	/**
	 * Encodes a record that another store has kept, and that is used now.
	 */
	static byte[] adopted(SessionRecord record, long creation, long now) {
		return encode(record, CAME_BACK, creation, now);
	}

	/**
	 * Encodes the record that takes the place of another one.
	 */
	static byte[] updated(byte[] stored, SessionRecord record, long now) {
		return encode(record, CAME_BACK, creation(stored), Math.max(now, access(stored)));
	}

	/**
	 * A record touched now. The time of the last access never moves back, though a clock
	 * may.
	 */
	static byte[] touched(byte[] stored, long now) {
		if (cameBack(stored) && now <= access(stored)) {
			return stored;
		}
		byte[] result = stored.clone();
		result[0] |= CAME_BACK;
		putTime(ByteBuffer.wrap(result).position(ACCESSED_AT), Math.max(now, access(stored)));
		return result;
	}

	static SessionRecord decode(SessionKey key, byte[] bytes) {
		ByteBuffer in = ByteBuffer.wrap(bytes).position(NUMBERS_AT);
		Duration idleTimeout = Duration.ofMillis(getNumber(in));
		Duration lifetime = Duration.ofMillis(getNumber(in));
		long version = getNumber(in);
		byte[] hash = new byte[SecretHash.LENGTH];
		in.get(hash);
		int count = writerCount(bytes);
		List<WriterTag> writers = new ArrayList<>(count);
		for (int i = 0; i < count; i++) {
			writers.add(new WriterTag(in.getLong()));
		}
		String principal = getPrincipal(bytes, in);
		byte[] data = new byte[in.remaining()];
		in.get(data);
		return new SessionRecord(key, version, writers, SecretHash.of(hash), Instant.ofEpochMilli(creation(bytes)),
				Instant.ofEpochMilli(access(bytes)), idleTimeout, lifetime, principal, data);
	}

	/**
	 * When the record expires, in milliseconds of the store's clock.
	 */
	static long expiry(byte[] bytes) {
		ByteBuffer in = ByteBuffer.wrap(bytes).position(NUMBERS_AT);
		long idleEnd = plus(access(bytes), getNumber(in));
		return Math.min(idleEnd, plus(creation(bytes), getNumber(in)));
	}

	/**
	 * A record whose session came back, though that is not written down as a use.
	 */
	static byte[] found(byte[] stored) {
		byte[] result = stored.clone();
		result[0] |= CAME_BACK;
		return result;
	}

	/**
	 * Whether the session was read, touched or updated since it was created.
	 */
	static boolean cameBack(byte[] bytes) {
		return (bytes[0] & CAME_BACK) != 0;
	}

	static long version(byte[] bytes) {
		ByteBuffer in = ByteBuffer.wrap(bytes).position(NUMBERS_AT);
		getNumber(in);
		getNumber(in);
		return getNumber(in);
	}

	/**
	 * Whether a commit is among the last writers.
	 */
	static boolean isWriter(byte[] bytes, WriterTag tag) {
		ByteBuffer in = atWriters(bytes);
		for (int i = writerCount(bytes); i > 0; i--) {
			if (in.getLong() == tag.value()) {
				return true;
			}
		}
		return false;
	}

	static @Nullable String principal(byte[] bytes) {
		ByteBuffer in = atWriters(bytes);
		return getPrincipal(bytes, in.position(in.position() + writerCount(bytes) * Long.BYTES));
	}

	private static byte[] encode(SessionRecord record, int flags, long creation, long access) {
		byte[] principal = principalBytes(record.principal());
		long idleTimeout = RecordParts.millis(record.idleTimeout(), Long.MAX_VALUE);
		long lifetime = RecordParts.millis(record.lifetime(), Long.MAX_VALUE);
		int length = NUMBERS_AT + numberLength(idleTimeout) + numberLength(lifetime) + numberLength(record.version())
				+ SecretHash.LENGTH + record.writers().size() * Long.BYTES + record.data().length;
		if (principal != null) {
			length += numberLength(principal.length) + principal.length;
		}
		ByteBuffer out = ByteBuffer.allocate(length);
		int allFlags = flags | (principal != null ? HAS_PRINCIPAL : 0) | (record.writers().size() << WRITERS_SHIFT);
		out.put((byte) allFlags);
		putTime(out, creation);
		putTime(out, access);
		putNumber(out, idleTimeout);
		putNumber(out, lifetime);
		putNumber(out, record.version());
		out.put(record.secretHash().bytes());
		record.writers().forEach((writer) -> out.putLong(writer.value()));
		if (principal != null) {
			putNumber(out, principal.length);
			out.put(principal);
		}
		return out.put(record.data()).array();
	}

	private static byte @Nullable [] principalBytes(@Nullable String principal) {
		return (principal != null) ? RecordParts.principal(principal) : null;
	}

	private static @Nullable String getPrincipal(byte[] bytes, ByteBuffer in) {
		if ((bytes[0] & HAS_PRINCIPAL) == 0) {
			return null;
		}
		byte[] principal = new byte[(int) getNumber(in)];
		in.get(principal);
		return new String(principal, StandardCharsets.UTF_8);
	}

	private static ByteBuffer atWriters(byte[] bytes) {
		ByteBuffer in = ByteBuffer.wrap(bytes).position(NUMBERS_AT);
		getNumber(in);
		getNumber(in);
		getNumber(in);
		return in.position(in.position() + SecretHash.LENGTH);
	}

	private static int writerCount(byte[] bytes) {
		return bytes[0] >> WRITERS_SHIFT;
	}

	private static long creation(byte[] bytes) {
		return time(bytes, CREATED_AT);
	}

	private static long access(byte[] bytes) {
		return time(bytes, ACCESSED_AT);
	}

	private static long time(byte[] bytes, int at) {
		ByteBuffer in = ByteBuffer.wrap(bytes).position(at);
		return ((long) in.getShort() << Integer.SIZE) | Integer.toUnsignedLong(in.getInt());
	}

	private static void putTime(ByteBuffer out, long millis) {
		out.putShort((short) (millis >> Integer.SIZE)).putInt((int) millis);
	}

	/** A time beyond what a long holds is as good as the largest long. */
	private static long plus(long time, long duration) {
		return (time > Long.MAX_VALUE - duration) ? Long.MAX_VALUE : time + duration;
	}

	private static int numberLength(long value) {
		return Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(value) + 6) / 7);
	}

	private static void putNumber(ByteBuffer out, long value) {
		long rest = value;
		while (rest > 0x7F) {
			out.put((byte) (rest | 0x80));
			rest >>>= 7;
		}
		out.put((byte) rest);
	}

	private static long getNumber(ByteBuffer in) {
		long value = 0;
		for (int shift = 0;; shift += 7) {
			byte part = in.get();
			value |= (long) (part & 0x7F) << shift;
			if (part >= 0) {
				return value;
			}
		}
	}

}
