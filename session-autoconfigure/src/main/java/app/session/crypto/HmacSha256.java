package app.session.crypto;

import java.security.GeneralSecurityException;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA256 (RFC 2104) under one key, over messages that all begin alike. Thread-safe
 * without a lock: each call works on its own copy of a {@link Mac} that has already taken
 * in the key and the beginning, which also saves looking up the algorithm each time.
 */
final class HmacSha256 {

	static final String ALGORITHM = "HmacSHA256";

	/** The length of a code in bytes. */
	static final int LENGTH = 32;

	private final SecretKeySpec key;

	private final byte[] beginning;

	private final Mac prototype;

	private final boolean copies;

	/**
	 * Prepares the code.
	 * @param key the key; copied
	 * @param beginning the bytes that stand before each message; copied
	 */
	HmacSha256(byte[] key, byte[] beginning) {
		this.key = new SecretKeySpec(key, ALGORITHM);
		this.beginning = beginning.clone();
		this.prototype = create();
		this.copies = canCopy(this.prototype);
	}

	/**
	 * Computes the code of the beginning and a part of an array.
	 * @param bytes the array
	 * @param offset where the part begins
	 * @param length how long it is
	 * @return a new array of {@value #LENGTH} bytes
	 */
	byte[] compute(byte[] bytes, int offset, int length) {
		Mac mac = this.copies ? copy(this.prototype) : create();
		mac.update(bytes, offset, length);
		return mac.doFinal();
	}

	private Mac create() {
		try {
			Mac mac = Mac.getInstance(ALGORITHM);
			mac.init(this.key);
			mac.update(this.beginning);
			return mac;
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("This Java has no " + ALGORITHM, ex);
		}
	}

	/**
	 * Some providers' codes live in a token or a native library and cannot be copied.
	 */
	private static boolean canCopy(Mac mac) {
		try {
			return mac.clone() instanceof Mac;
		}
		catch (CloneNotSupportedException ex) {
			return false;
		}
	}

	private static Mac copy(Mac mac) {
		try {
			return (Mac) mac.clone();
		}
		catch (CloneNotSupportedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
