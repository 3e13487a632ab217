package app.session.crypto;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;

/**
 * The cookie's value: base64url of a version byte, the locator (16 bytes), the secret
 * (32) and an HMAC-SHA256 (32). The 81 bytes are a multiple of three, so each value has
 * exactly one spelling, of 108 characters without padding. The signature also covers the
 * application and the cookie's name, so a value is of no use under another name or in
 * another application that has the same keys (OWASP ASVS 5.0, 9.2). Thread-safe.
 */
public final class SignedIdFormat {

	private static final byte VERSION = 1;

	private static final int ID_OFFSET = 1;

	private static final int SIGNATURE_OFFSET = ID_OFFSET + SessionId.LENGTH;

	private static final int LENGTH = SIGNATURE_OFFSET + HmacSha256.LENGTH;

	private static final int TEXT_LENGTH = LENGTH / 3 * 4;

	private static final String PURPOSE = "app.session signed cookie 1";

	private final List<HmacSha256> signers;

	/**
	 * Creates the format of one cookie.
	 * @param ring the keys: the first signs, all verify
	 * @param application whose cookie it is
	 * @param cookieName the cookie's name
	 */
	public SignedIdFormat(KeyRing ring, String application, String cookieName) {
		// What is signed before the id.
		byte[] context = CookieContext.of(VERSION, application, cookieName);
		this.signers = ring.derive(PURPOSE).stream().map((key) -> new HmacSha256(key, context)).toList();
	}

	/**
	 * Writes and signs an id.
	 * @param id the id
	 * @return the cookie's value, a secret
	 */
	public String write(SessionId id) {
		byte[] bytes = new byte[LENGTH];
		bytes[0] = VERSION;
		id.write(bytes, ID_OFFSET);
		System.arraycopy(sign(this.signers.get(0), bytes), 0, bytes, SIGNATURE_OFFSET, HmacSha256.LENGTH);
		return Base64Url.encode(bytes);
	}

	/**
	 * Reads a value and verifies its signature, in constant time. It never throws: the
	 * value comes from outside and may be anything.
	 * @param value what the client sent
	 * @return the id, or why there is none
	 */
	public Result read(String value) {
		byte[] bytes = (value.length() == TEXT_LENGTH) ? Base64Url.decode(value) : null;
		if (bytes == null || bytes[0] != VERSION) {
			return new Result.Malformed();
		}
		byte[] signature = Arrays.copyOfRange(bytes, SIGNATURE_OFFSET, LENGTH);
		for (int i = 0; i < this.signers.size(); i++) {
			if (MessageDigest.isEqual(sign(this.signers.get(i), bytes), signature)) {
				return new Result.Valid(SessionId.read(bytes, ID_OFFSET), i == 0);
			}
		}
		return new Result.BadSignature();
	}

	private static byte[] sign(HmacSha256 signer, byte[] bytes) {
		return signer.compute(bytes, ID_OFFSET, SessionId.LENGTH);
	}

	/**
	 * What became of a value.
	 */
	public sealed interface Result {

		/**
		 * One of the ring's keys signed it.
		 *
		 * @param id the id
		 * @param currentKey whether the first key did, so that it need not be signed
		 * again
		 */
		record Valid(SessionId id, boolean currentKey) implements Result {
		}

		/**
		 * It is not written in this format and its version.
		 */
		record Malformed() implements Result {
		}

		/**
		 * None of the ring's keys signed it for this application and cookie.
		 */
		record BadSignature() implements Result {
		}

	}

}
