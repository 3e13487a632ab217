package app.session.crypto;

import java.security.GeneralSecurityException;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HKDF with SHA-256 (RFC 5869): makes one key per purpose out of a configured one, so
 * that no two purposes ever share a key. Java has it only since 25. Thread-safe.
 */
final class Hkdf {

	private static final int HASH_LENGTH = 32;

	private static final int MAX_BLOCKS = 255;

	private Hkdf() {
	}

	/**
	 * Concentrates the key material into a pseudorandom key (RFC 5869, 2.2).
	 * @param salt any bytes; empty is the RFC's "not provided"
	 * @param material the input key
	 * @return a new array of 32 bytes
	 */
	static byte[] extract(byte[] salt, byte[] material) {
		// An HMAC key is padded with zeros, so one zero byte equals the RFC's 32 of them.
		return mac((salt.length != 0) ? salt : new byte[1]).doFinal(material);
	}

	/**
	 * Stretches a pseudorandom key (RFC 5869, 2.3).
	 * @param pseudorandomKey what {@link #extract} returned
	 * @param info what the result is for
	 * @param length how many bytes are wanted, at most 255 * 32
	 * @return a new array of that many bytes
	 * @throws IllegalArgumentException if the length is out of range
	 */
	static byte[] expand(byte[] pseudorandomKey, byte[] info, int length) {
		if (length < 0 || length > MAX_BLOCKS * HASH_LENGTH) {
			throw new IllegalArgumentException("HKDF-SHA256 does not give " + length + " bytes");
		}
		Mac mac = mac(pseudorandomKey);
		byte[] result = new byte[length];
		byte[] block = new byte[0];
		for (int done = 0, number = 1; done < length; done += HASH_LENGTH, number++) {
			mac.update(block);
			mac.update(info);
			block = mac.doFinal(new byte[] { (byte) number });
			System.arraycopy(block, 0, result, done, Math.min(HASH_LENGTH, length - done));
		}
		return result;
	}

	private static Mac mac(byte[] key) {
		try {
			Mac mac = Mac.getInstance(HmacSha256.ALGORITHM);
			mac.init(new SecretKeySpec(key, HmacSha256.ALGORITHM));
			return mac;
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("This Java has no " + HmacSha256.ALGORITHM, ex);
		}
	}

}
