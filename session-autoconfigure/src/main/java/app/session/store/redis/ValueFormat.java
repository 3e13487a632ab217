package app.session.store.redis;

import java.nio.ByteBuffer;
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
 * A record as the value of one Redis string, with a header of fixed width in front, so
 * that a script finds what it needs without reading the data. All numbers are big-endian.
 *
 * <pre>
 *  at  bytes
 *   0    1   format, 1
 *   1    8   version
 *   9    8   creation time, milliseconds since 1970
 *  17    8   time of the last access, the same
 *  25    8   idle timeout, milliseconds
 *  33    8   lifetime, milliseconds
 *  41   32   SHA-256 of the secret
 *  73    1   number of writers, 1 to 4
 *  74   32   tags of the last writers, newest first, 8 bytes each, the rest zero
 * 106    4   0 for no principal, else 1 + the length of its UTF-8
 * 110        principal, then the data to the end
 * </pre>
 *
 * The five numbers from version to lifetime are less than 2<sup>52</sup>, since a script
 * has no integers but only doubles.
 */
final class ValueFormat {

	static final byte FORMAT = 1;

	/** Version and format: what an update puts in front of the times. */
	static final int HEAD_LENGTH = 9;

	static final int HEADER_LENGTH = 110;

	private static final int CREATION_AT = HEAD_LENGTH;

	private static final int WRITERS_AT = 73;

	private static final int PRINCIPAL_LENGTH_AT = 106;

	private static final long LARGEST = (1L << 52) - 1;

	private ValueFormat() {
	}

	/**
	 * What stands before the two times that the store stamps.
	 */
	static byte[] head(long version) {
		return ByteBuffer.allocate(HEAD_LENGTH).put(FORMAT).putLong(version).array();
	}

	/**
	 * What stands after the two times.
	 */
	static byte[] tail(SessionRecord record) {
		String name = record.principal();
		byte[] principal = (name != null) ? RecordParts.principal(name) : new byte[0];
		int length = HEADER_LENGTH - CREATION_AT - 2 * Long.BYTES + principal.length + record.data().length;
		ByteBuffer out = ByteBuffer.allocate(length);
		out.putLong(RecordParts.millis(record.idleTimeout(), LARGEST))
			.putLong(RecordParts.millis(record.lifetime(), LARGEST));
		out.put(record.secretHash().bytes()).put((byte) record.writers().size());
		record.writers().forEach((writer) -> out.putLong(writer.value()));
		out.position(PRINCIPAL_LENGTH_AT - CREATION_AT - 2 * Long.BYTES);
		out.putInt((name != null) ? principal.length + 1 : 0);
		return out.put(principal).put(record.data()).array();
	}

	/**
	 * How old a session is, as a script reads it.
	 */
	static byte[] age(Duration age) {
		return ByteBuffer.allocate(Long.BYTES).putLong(RecordParts.millis(age, LARGEST)).array();
	}

	/**
	 * Reads a value.
	 * @return the record, or {@code null} if it is none, or of a format that this version
	 * does not know
	 */
	static @Nullable SessionRecord decode(SessionKey key, byte[] value) {
		if (!isReadable(value)) {
			return null;
		}
		ByteBuffer in = ByteBuffer.wrap(value).position(1);
		long version = in.getLong();
		Instant creation = Instant.ofEpochMilli(in.getLong());
		Instant access = Instant.ofEpochMilli(in.getLong());
		Duration idleTimeout = Duration.ofMillis(in.getLong());
		Duration lifetime = Duration.ofMillis(in.getLong());
		byte[] hash = new byte[SecretHash.LENGTH];
		in.get(hash);
		List<WriterTag> writers = new ArrayList<>(SessionRecord.MAX_WRITERS);
		for (int i = in.get(); i > 0; i--) {
			writers.add(new WriterTag(in.getLong()));
		}
		int principalLength = in.position(PRINCIPAL_LENGTH_AT).getInt() - 1;
		String principal = null;
		if (principalLength >= 0) {
			principal = RecordParts.principal(value, HEADER_LENGTH, principalLength);
			if (principal == null) {
				return null;
			}
			in.position(HEADER_LENGTH + principalLength);
		}
		byte[] data = new byte[in.remaining()];
		in.get(data);
		return new SessionRecord(key, version, writers, SecretHash.of(hash), creation, access, idleTimeout, lifetime,
				principal, data);
	}

	/** The same as {@code readable} in the scripts. */
	private static boolean isReadable(byte[] value) {
		if (value.length < HEADER_LENGTH || value[0] != FORMAT) {
			return false;
		}
		ByteBuffer in = ByteBuffer.wrap(value);
		for (int at = 1; at < CREATION_AT + 4 * Long.BYTES; at += Long.BYTES) {
			long number = in.getLong(at);
			if (number < 0 || number > LARGEST) {
				return false;
			}
		}
		int writers = value[WRITERS_AT];
		int principalLength = in.getInt(PRINCIPAL_LENGTH_AT) - 1;
		return in.getLong(1) > 0 && writers > 0 && writers <= SessionRecord.MAX_WRITERS && principalLength >= -1
				&& principalLength <= value.length - HEADER_LENGTH;
	}

}
