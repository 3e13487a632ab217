package app.session.crypto;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;

/**
 * The configured keys: the first signs, all verify. So a key is rotated by adding the new
 * one last on all nodes, then moving it first, then dropping the old one; nobody is
 * logged out. No key is used as it is: each purpose has a key of its own, derived by
 * HKDF-SHA256 (RFC 5869). Immutable and thread-safe.
 */
public final class KeyRing {

	/** The least length of a key in bytes. */
	public static final int MIN_KEY_LENGTH = 32;

	private static final byte[] NO_SALT = new byte[0];

	private final List<byte[]> pseudorandomKeys;

	/**
	 * Makes a ring. It judges the length of the keys alone; {@link Keys} judges the text
	 * they were configured by.
	 * @param keys at least one key, each of at least {@value #MIN_KEY_LENGTH} bytes; they
	 * are not kept
	 * @throws IllegalArgumentException if there is no key, or one is too short
	 */
	public KeyRing(List<byte[]> keys) {
		if (keys.isEmpty()) {
			throw new IllegalArgumentException("A key ring needs at least one key");
		}
		for (int i = 0; i < keys.size(); i++) {
			if (keys.get(i).length < MIN_KEY_LENGTH) {
				throw new IllegalArgumentException("Key " + (i + 1) + " of the ring has " + keys.get(i).length
						+ " bytes, at least " + MIN_KEY_LENGTH + " are needed");
			}
		}
		this.pseudorandomKeys = keys.stream().map((key) -> Hkdf.extract(NO_SALT, key)).toList();
	}

	/**
	 * Makes a ring of one random key, which ends with the process.
	 * @param random where the key comes from
	 * @return a new ring
	 */
	public static KeyRing random(SecureRandom random) {
		byte[] key = new byte[MIN_KEY_LENGTH];
		random.nextBytes(key);
		return new KeyRing(List.of(key));
	}

	/**
	 * Derives this ring's keys for a purpose. They are computed at each call: derive once
	 * and keep them.
	 * @param purpose what the keys are for; two purposes share no key
	 * @return as many keys as the ring has, in its order, each 32 bytes
	 */
	List<byte[]> derive(String purpose) {
		byte[] info = purpose.getBytes(StandardCharsets.UTF_8);
		return this.pseudorandomKeys.stream().map((key) -> Hkdf.expand(key, info, HmacSha256.LENGTH)).toList();
	}

	/**
	 * Tells how many keys there are, and nothing of the keys.
	 */
	@Override
	public String toString() {
		return "KeyRing[keys=" + this.pseudorandomKeys.size() + ", masked]";
	}

}
