package app.session.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

import app.session.SessionKey;
import app.session.crypto.SessionId;

/**
 * Ids derived from those that another application's sessions have, which are texts and
 * secret. The same for each request that brings the text, and no key tells the text.
 * Thread-safe.
 *
 * @param whose whose texts they are, so that two kinds never share an id
 */
public record DerivedIds(String whose) {

	/**
	 * The id for a text.
	 * @param text the text
	 * @return the id
	 */
	public SessionId of(String text) {
		return of(text, SessionKey.of(Arrays.copyOf(sha256("key", text), SessionKey.LENGTH)));
	}

	/**
	 * An id under a key that is given.
	 * @param text the text, of which the secret is made
	 * @param key the key
	 * @return the id
	 */
	public SessionId of(String text, SessionKey key) {
		return SessionId.of(key, sha256("secret", text));
	}

	private byte[] sha256(String part, String text) {
		try {
			String input = "app.session id of " + this.whose + ", " + part + " 1\n" + text;
			return MessageDigest.getInstance("SHA-256").digest(input.getBytes(StandardCharsets.UTF_8));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("This Java has no SHA-256", ex);
		}
	}

}
