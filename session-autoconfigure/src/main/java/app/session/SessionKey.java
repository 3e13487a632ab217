package app.session;

import java.nio.ByteBuffer;
import java.util.Base64;

import org.jspecify.annotations.Nullable;

/**
 * A repository's name for a record: the 16 random bytes under which a session stands for
 * life. It is public: its text form is the <em>handle</em> that lists, logs and admin
 * pages show. It logs nobody in, since the cookie also needs the session's secret.
 *
 * @param high the first eight bytes, big-endian
 * @param low the last eight bytes, big-endian
 */
public record SessionKey(long high, long low) {

	/** The length of a key in bytes. */
	public static final int LENGTH = 16;

	private static final int HANDLE_LENGTH = 22;

	/**
	 * Reads a key from its bytes.
	 * @param bytes exactly {@value #LENGTH} bytes
	 * @return the key
	 * @throws IllegalArgumentException if there are more or fewer bytes
	 */
	public static SessionKey of(byte[] bytes) {
		if (bytes.length != LENGTH) {
			throw new IllegalArgumentException("A session key has " + LENGTH + " bytes, not " + bytes.length);
		}
		ByteBuffer buffer = ByteBuffer.wrap(bytes);
		return new SessionKey(buffer.getLong(), buffer.getLong());
	}

	/**
	 * Reads a key from its handle. A handle comes from outside (an admin page, a URL), so
	 * anything else than the one spelling of a key is simply no key.
	 * @param handle the text to read, may be anything
	 * @return the key, or {@code null} if the text is not a handle
	 */
	public static @Nullable SessionKey parse(@Nullable String handle) {
		if (handle == null || handle.length() != HANDLE_LENGTH) {
			return null;
		}
		try {
			SessionKey key = of(Base64.getUrlDecoder().decode(handle));
			return key.handle().equals(handle) ? key : null;
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	/**
	 * The bytes of this key.
	 * @return a new array of {@value #LENGTH} bytes
	 */
	public byte[] bytes() {
		return ByteBuffer.allocate(LENGTH).putLong(this.high).putLong(this.low).array();
	}

	/**
	 * The public name of the session, 22 characters of unpadded base64url.
	 * @return the handle
	 */
	public String handle() {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes());
	}

	// Keys are looked up on every request, and what a record generates for itself is slow
	// until it is compiled.

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof SessionKey that && this.low == that.low && this.high == that.high;
	}

	@Override
	public int hashCode() {
		return Long.hashCode(this.low);
	}

	/**
	 * The {@linkplain #handle() handle}.
	 */
	@Override
	public String toString() {
		return handle();
	}

}
