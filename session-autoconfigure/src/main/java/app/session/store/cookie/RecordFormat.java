package app.session.store.cookie;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import app.session.SessionRecord;
import app.session.WriterTag;
import app.session.crypto.SessionId;
import app.session.store.RecordParts;
import org.jspecify.annotations.Nullable;

/**
 * A record as it is put under the seal. All numbers are big-endian.
 *
 * <pre>
 *  at  bytes
 *   0    1   format, 1
 *   1    1   flags: 1 the data is compressed, 2 there is a principal, 4 there is an epoch
 *   2   16   key
 *  18   32   secret
 *  50    8   version
 *  58    8   creation time, milliseconds since 1970
 *  66    8   time of the last access, the same
 *  74    8   idle timeout, milliseconds
 *  82    8   lifetime, milliseconds
 *  90        the epoch, 8 bytes; the length of the principal's UTF-8, 2 bytes, and that;
 *            the data to the end
 * </pre>
 *
 * The secret is there so that the session has the same id in the next request; the seal,
 * not the secret, keeps others out. The writers of the record are not: they are for
 * replies that get lost between a request and its store, and here none is. Nothing that
 * can change without a write is of another length afterwards, so what was short enough
 * when it was written stays so. Thread-safe.
 *
 * @param compression how data is compressed, and what it may be
 * @param compresses whether data is compressed where that makes it shorter; what is
 * compressed is read in any case
 */
record RecordFormat(Compression compression, boolean compresses) {

	private static final byte FORMAT = 1;

	private static final int COMPRESSED = 1;

	private static final int PRINCIPAL = 2;

	private static final int EPOCH = 4;

	private static final int KNOWN_FLAGS = 7;

	private static final int ID_AT = 2;

	private static final int NUMBERS_AT = ID_AT + SessionId.LENGTH;

	private static final int HEADER_LENGTH = NUMBERS_AT + 5 * Long.BYTES;

	private static final long LARGEST = (1L << 52) - 1;

	/** A record has a writer, and who it was is not kept. */
	private static final List<WriterTag> UNKNOWN = List.of(new WriterTag(0));

	/**
	 * How many bytes a record takes.
	 * @param revocable whether an epoch is sealed with it
	 */
	int length(SessionRecord record, boolean revocable) {
		return length(principal(record), revocable, packed(record.data()).bytes().length);
	}

	private static int length(byte @Nullable [] principal, boolean revocable, int data) {
		return HEADER_LENGTH + (revocable ? Long.BYTES : 0) + ((principal != null) ? Short.BYTES + principal.length : 0)
				+ data;
	}

	byte[] write(SealedRecord sealed) {
		SessionRecord record = sealed.record();
		byte[] principal = principal(record);
		boolean revocable = sealed.epoch() != SealedRecord.NO_EPOCH;
		Packed data = packed(record.data());
		byte[] bytes = new byte[length(principal, revocable, data.bytes().length)];
		bytes[0] = FORMAT;
		bytes[1] = (byte) ((data.compressed() ? COMPRESSED : 0) | ((principal != null) ? PRINCIPAL : 0)
				| (revocable ? EPOCH : 0));
		sealed.id().write(bytes, ID_AT);
		ByteBuffer out = ByteBuffer.wrap(bytes)
			.position(NUMBERS_AT)
			.putLong(record.version())
			.putLong(record.creationTime().toEpochMilli())
			.putLong(record.lastAccessedTime().toEpochMilli())
			.putLong(RecordParts.millis(record.idleTimeout(), LARGEST))
			.putLong(RecordParts.millis(record.lifetime(), LARGEST));
		if (revocable) {
			out.putLong(sealed.epoch());
		}
		if (principal != null) {
			out.putShort((short) principal.length).put(principal);
		}
		out.put(data.bytes());
		return bytes;
	}

	/**
	 * Reads what was under a seal: one of our keys made it, but maybe in the hands of
	 * somebody else, or of a later version.
	 * @return the record, or {@code null} if it is none
	 */
	@Nullable SealedRecord read(byte[] bytes) {
		if (bytes.length < HEADER_LENGTH || bytes[0] != FORMAT || (bytes[1] & ~KNOWN_FLAGS) != 0) {
			return null;
		}
		int flags = bytes[1];
		ByteBuffer in = ByteBuffer.wrap(bytes).position(NUMBERS_AT);
		Numbers numbers = new Numbers(in.getLong(), in.getLong(), in.getLong(), in.getLong(), in.getLong());
		long epoch = SealedRecord.NO_EPOCH;
		if ((flags & EPOCH) != 0) {
			if (in.remaining() < Long.BYTES) {
				return null;
			}
			epoch = in.getLong();
		}
		String principal = null;
		if ((flags & PRINCIPAL) != 0) {
			principal = readPrincipal(in);
			if (principal == null) {
				return null;
			}
		}
		byte[] data = readData(in, (flags & COMPRESSED) != 0);
		return (data != null && numbers.areSound())
				? sealed(SessionId.read(bytes, ID_AT), numbers, epoch, principal, data) : null;
	}

	private static SealedRecord sealed(SessionId id, Numbers numbers, long epoch, @Nullable String principal,
			byte[] data) {
		SessionRecord record = new SessionRecord(id.key(), numbers.version(), UNKNOWN, id.secretHash(),
				Instant.ofEpochMilli(numbers.creation()), Instant.ofEpochMilli(numbers.access()),
				Duration.ofMillis(numbers.idleTimeout()), Duration.ofMillis(numbers.lifetime()), principal, data);
		return new SealedRecord(record, id, epoch);
	}

	private static @Nullable String readPrincipal(ByteBuffer in) {
		if (in.remaining() < Short.BYTES) {
			return null;
		}
		int length = in.getShort() & 0xFFFF;
		if (length > in.remaining()) {
			return null;
		}
		byte[] name = new byte[length];
		in.get(name);
		return RecordParts.principal(name, 0, length);
	}

	private byte @Nullable [] readData(ByteBuffer in, boolean compressed) {
		byte[] data = new byte[in.remaining()];
		in.get(data);
		return compressed ? this.compression.inflate(data) : data;
	}

	private static byte @Nullable [] principal(SessionRecord record) {
		String name = record.principal();
		return (name != null) ? RecordParts.principal(name) : null;
	}

	/**
	 * Only the data is compressed, so that its length does not depend on what else is
	 * there.
	 */
	private Packed packed(byte[] data) {
		byte[] shorter = this.compresses ? this.compression.deflate(data) : null;
		return (shorter != null) ? new Packed(shorter, true) : new Packed(data, false);
	}

	private record Packed(byte[] bytes, boolean compressed) {
	}

	private record Numbers(long version, long creation, long access, long idleTimeout, long lifetime) {

		boolean areSound() {
			return this.version > 0 && isWithin(this.creation) && isWithin(this.access) && isWithin(this.idleTimeout)
					&& isWithin(this.lifetime);
		}

		private static boolean isWithin(long millis) {
			return millis >= 0 && millis <= LARGEST;
		}

	}

}
