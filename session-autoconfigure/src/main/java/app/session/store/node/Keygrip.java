package app.session.store.node;

import java.util.Base64;
import java.util.List;

/**
 * Signatures of the npm package {@code keygrip} 1, by which {@code cookies} and so
 * koa-session sign: an HMAC of {@code name=value} in base64 with {@code -} and {@code _}
 * and without padding. It covers no time and no purpose, and its default is SHA-1.
 * Thread-safe.
 */
public final class Keygrip {

	private final Signer signer;

	/**
	 * Creates it.
	 * @param keys Koa's {@code app.keys}, of any length: the first signs, all verify
	 * @param algorithm what they sign with
	 * @throws IllegalArgumentException if there is no key, or an empty one
	 */
	public Keygrip(List<String> keys, Algorithm algorithm) {
		this.signer = new Signer(algorithm.code, Base64.getUrlEncoder().withoutPadding(), keys);
	}

	String sign(String name, String value) {
		return this.signer.sign(name + "=" + value);
	}

	/**
	 * The key that made a signature.
	 * @return its place in the list, or -1 if none did
	 */
	int index(String name, String value, String signature) {
		return this.signer.index(name + "=" + value, signature);
	}

	/** What a Keygrip signs with. */
	public enum Algorithm {

		/** HMAC-SHA1, keygrip's default. */
		SHA1("HmacSHA1"),

		/** HMAC-SHA256, for {@code new Keygrip(keys, 'sha256')}. */
		SHA256("HmacSHA256");

		private final String code;

		Algorithm(String code) {
			this.code = code;
		}

	}

}
