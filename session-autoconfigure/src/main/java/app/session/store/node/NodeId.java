package app.session.store.node;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

import app.session.SessionKey;
import app.session.crypto.SessionId;

/**
 * An id of a session as Node has it: a text that stands in the cookie and, as it is, in
 * the name of the record. Ours is derived from it, so it is the same for each request
 * that brings the text, and the handle that logs and pages show does not tell the text. A
 * session whose id changes has another handle in the next request.
 *
 * @param text the text, a secret
 * @param id what the engine knows it by
 */
record NodeId(String text, SessionId id) {

	private static final String KEY = "app.session id of Node, key 1\n";

	private static final String SECRET = "app.session id of Node, secret 1\n";

	static NodeId of(String text) {
		byte[] key = Arrays.copyOf(sha256(KEY + text), SessionKey.LENGTH);
		return new NodeId(text, SessionId.of(SessionKey.of(key), sha256(SECRET + text)));
	}

	/**
	 * An id for a session that stays under its key for the rest of this request.
	 */
	static NodeId of(String text, SessionKey key) {
		return new NodeId(text, SessionId.of(key, sha256(SECRET + text)));
	}

	private static byte[] sha256(String text) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("This Java has no SHA-256", ex);
		}
	}

	/**
	 * Shows the handle, never the text.
	 */
	@Override
	public String toString() {
		return "NodeId[" + this.id.key() + ", masked]";
	}

}
