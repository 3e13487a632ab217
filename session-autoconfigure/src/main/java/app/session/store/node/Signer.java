package app.session.store.node;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs texts as Node's {@code createHmac(algorithm, key).update(text).digest('base64')}
 * does, with several keys. Thread-safe.
 */
final class Signer {

	private final String algorithm;

	private final Base64.Encoder encoder;

	private final List<SecretKeySpec> keys;

	/**
	 * Creates it.
	 * @param algorithm the name that Java has for the code
	 * @param encoder how signatures are written
	 * @param keys the keys as texts, of which the UTF-8 is the key: the first signs, all
	 * verify
	 * @throws IllegalArgumentException if there is no key, or an empty one, by which
	 * anybody could sign
	 */
	Signer(String algorithm, Base64.Encoder encoder, List<String> keys) {
		if (keys.isEmpty() || keys.contains("")) {
			throw new IllegalArgumentException("Node's cookies are signed by one key or more, and none may be empty");
		}
		this.algorithm = algorithm;
		this.encoder = encoder;
		this.keys = keys.stream()
			.map((key) -> new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), algorithm))
			.toList();
	}

	String sign(String text) {
		return sign(text, this.keys.get(0));
	}

	/**
	 * The key that made a signature. Compared as texts, so a signature has one spelling,
	 * and in constant time.
	 * @return its place in the list, or -1 if none did
	 */
	int index(String text, String signature) {
		byte[] given = signature.getBytes(StandardCharsets.UTF_8);
		for (int i = 0; i < this.keys.size(); i++) {
			byte[] own = sign(text, this.keys.get(i)).getBytes(StandardCharsets.UTF_8);
			if (MessageDigest.isEqual(own, given)) {
				return i;
			}
		}
		return -1;
	}

	private String sign(String text, SecretKeySpec key) {
		try {
			Mac mac = Mac.getInstance(this.algorithm);
			mac.init(key);
			return this.encoder.encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("This Java has no " + this.algorithm, ex);
		}
	}

}
