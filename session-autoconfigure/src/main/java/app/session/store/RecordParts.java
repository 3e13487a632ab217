package app.session.store;

import java.time.Duration;

import app.session.codec.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * Parts of a record as every store keeps them.
 */
public final class RecordParts {

	private RecordParts() {
	}

	/**
	 * A principal's name as bytes.
	 * @param principal the name
	 * @return its UTF-8
	 * @throws IllegalArgumentException if it holds half of a surrogate pair, which would
	 * be stored as another name
	 */
	public static byte[] principal(String principal) {
		byte[] bytes = Utf8.encode(principal);
		if (bytes == null) {
			throw new IllegalArgumentException("The principal is not well-formed Unicode");
		}
		return bytes;
	}

	/**
	 * A principal's name from bytes.
	 * @param source where it is
	 * @param offset its first byte
	 * @param length its number of bytes
	 * @return the name, or {@code null} if it is not UTF-8
	 */
	public static @Nullable String principal(byte[] source, int offset, int length) {
		return Utf8.decode(source, offset, length);
	}

	/**
	 * A length of time in milliseconds.
	 * @param duration the length, taken for none if it is negative
	 * @param most what a longer one is taken for
	 * @return the milliseconds
	 */
	public static long millis(Duration duration, long most) {
		if (duration.toSeconds() >= most / 1000) {
			return most;
		}
		return Math.max(0, duration.toMillis());
	}

}
