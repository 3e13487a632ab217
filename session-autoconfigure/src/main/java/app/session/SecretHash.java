package app.session;

import java.security.MessageDigest;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * The SHA-256 of a session's current secret: what a store keeps instead of the secret, so
 * that reading the store logs nobody in (OWASP ASVS 5.0, 7.2). Immutable.
 */
public final class SecretHash {

	/** The length of a hash in bytes. */
	public static final int LENGTH = 32;

	private final byte[] bytes;

	private SecretHash(byte[] bytes) {
		this.bytes = bytes;
	}

	/**
	 * Wraps a hash.
	 * @param bytes exactly {@value #LENGTH} bytes; they are copied
	 * @return the hash
	 * @throws IllegalArgumentException if there are more or fewer bytes
	 */
	public static SecretHash of(byte[] bytes) {
		if (bytes.length != LENGTH) {
			throw new IllegalArgumentException("A secret hash has " + LENGTH + " bytes, not " + bytes.length);
		}
		return new SecretHash(bytes.clone());
	}

	/**
	 * The bytes of this hash, as a store keeps them.
	 * @return a new array of {@value #LENGTH} bytes
	 */
	public byte[] bytes() {
		return this.bytes.clone();
	}

	/**
	 * Compares in constant time.
	 */
	@Override
	public boolean equals(@Nullable Object other) {
		return this == other || (other instanceof SecretHash that && MessageDigest.isEqual(this.bytes, that.bytes));
	}

	@Override
	public int hashCode() {
		return Arrays.hashCode(this.bytes);
	}

	/**
	 * Names the kind of value only: not even a hash belongs in a log.
	 */
	@Override
	public String toString() {
		return "SecretHash[masked]";
	}

}
