package app.session.crypto;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;

import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

/**
 * A cookie's value that holds its content under seal: encrypted and authenticated by
 * AES-256-GCM (NIST SP 800-38D). It is base64url, in its one spelling without padding, of
 *
 * <pre>
 *  at  bytes
 *   0    1   version, 1
 *   1   12   salt
 *  13   12   nonce
 *  25        the content, encrypted
 *       16   tag
 * </pre>
 *
 * Each message has a key of its own, {@code HKDF-Expand(purpose key, context | salt)}
 * (RFC 5869), and GCM's nonce of 12 bytes besides. So 24 random bytes stand against a
 * repetition, as in XAES-256-GCM (C2SP): 2<sup>80</sup> messages under one key are as
 * safe as 2<sup>32</sup> are with the nonce alone. The purpose key is no other purpose's.
 * The context (version, application and cookie name) is in the derivation and in the
 * authenticated data, so a value is of no use under another name or in another
 * application that has the same keys. There is no second way to read a value.
 * Thread-safe.
 */
public final class SealedFormat {

	private static final byte VERSION = 1;

	private static final int SALT_OFFSET = 1;

	private static final int SALT_LENGTH = 12;

	private static final int NONCE_OFFSET = SALT_OFFSET + SALT_LENGTH;

	private static final int NONCE_LENGTH = 12;

	private static final int CONTENT_OFFSET = NONCE_OFFSET + NONCE_LENGTH;

	private static final int TAG_LENGTH = 16;

	private static final String PURPOSE = "app.session sealed cookie 1";

	private final List<HmacSha256> keys;

	private final byte[] context;

	private final SecureRandom random;

	/**
	 * Creates the format of one cookie.
	 * @param ring the keys: the first seals, all open
	 * @param application whose cookie it is
	 * @param cookieName the cookie's name
	 * @param random where salts and nonces come from; must be thread-safe, as those of
	 * the JDK are
	 */
	public SealedFormat(KeyRing ring, String application, String cookieName, SecureRandom random) {
		byte[] context = CookieContext.of(VERSION, application, cookieName);
		this.keys = ring.derive(PURPOSE).stream().map((key) -> new HmacSha256(key, context)).toList();
		this.context = context;
		this.random = random;
	}

	/**
	 * How long a value is.
	 * @param contentLength the number of bytes under seal
	 * @return the number of characters
	 */
	public static int textLength(int contentLength) {
		return Base64Url.textLength(CONTENT_OFFSET + contentLength + TAG_LENGTH);
	}

	/**
	 * Seals a content.
	 * @param content any bytes
	 * @return the cookie's value, another one with each call, a secret
	 */
	public String seal(byte[] content) {
		byte[] random = new byte[SALT_LENGTH + NONCE_LENGTH];
		this.random.nextBytes(random);
		byte[] bytes = new byte[CONTENT_OFFSET + content.length + TAG_LENGTH];
		bytes[0] = VERSION;
		System.arraycopy(random, 0, bytes, SALT_OFFSET, random.length);
		try {
			Cipher cipher = cipher(Cipher.ENCRYPT_MODE, this.keys.get(0), bytes);
			cipher.doFinal(content, 0, content.length, bytes, CONTENT_OFFSET);
			return Base64Url.encode(bytes);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("This Java can't seal", ex);
		}
	}

	/**
	 * Opens a value. It never throws: the value comes from outside and may be anything.
	 * @param value what the client sent
	 * @return the content, or why there is none
	 */
	public Result open(String value) {
		byte[] bytes = (value.length() >= textLength(0)) ? Base64Url.decode(value) : null;
		if (bytes == null || bytes[0] != VERSION) {
			return new Result.Malformed();
		}
		for (int i = 0; i < this.keys.size(); i++) {
			byte[] content = open(this.keys.get(i), bytes);
			if (content != null) {
				return new Result.Opened(content, i == 0);
			}
		}
		return new Result.BadSeal();
	}

	private byte @Nullable [] open(HmacSha256 key, byte[] bytes) {
		try {
			Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, bytes);
			return cipher.doFinal(bytes, CONTENT_OFFSET, bytes.length - CONTENT_OFFSET);
		}
		catch (AEADBadTagException ex) {
			return null;
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("This Java can't open what is sealed", ex);
		}
	}

	private Cipher cipher(int mode, HmacSha256 key, byte[] bytes) throws GeneralSecurityException {
		Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
		cipher.init(mode, new SecretKeySpec(messageKey(key, bytes), "AES"),
				new GCMParameterSpec(TAG_LENGTH * Byte.SIZE, bytes, NONCE_OFFSET, NONCE_LENGTH));
		cipher.updateAAD(this.context);
		return cipher;
	}

	/**
	 * The first and only block of HKDF-Expand; the context is what all messages begin
	 * with.
	 */
	private static byte[] messageKey(HmacSha256 key, byte[] bytes) {
		byte[] message = ByteBuffer.allocate(SALT_LENGTH + 1)
			.put(bytes, SALT_OFFSET, SALT_LENGTH)
			.put((byte) 1)
			.array();
		return key.compute(message, 0, message.length);
	}

	/**
	 * What became of a value.
	 */
	public sealed interface Result {

		/**
		 * One of the ring's keys sealed it.
		 *
		 * @param content what was under the seal
		 * @param currentKey whether the first key sealed it, so that it need not be
		 * sealed again
		 */
		record Opened(byte[] content, boolean currentKey) implements Result {

			/**
			 * Tells how much there is, and nothing of it.
			 */
			@Override
			public String toString() {
				return "Opened[" + this.content.length + " bytes, masked]";
			}

		}

		/**
		 * It is not written in this format and its version.
		 */
		record Malformed() implements Result {
		}

		/**
		 * None of the ring's keys sealed it for this application and cookie, or it was
		 * changed since.
		 */
		record BadSeal() implements Result {
		}

	}

}
