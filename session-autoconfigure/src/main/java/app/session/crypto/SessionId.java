package app.session.crypto;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

import org.jspecify.annotations.Nullable;

import app.session.SecretHash;
import app.session.SessionKey;

/**
 * What the client holds: the locator of its session, which is public, and the secret that
 * opens it. The locator stays for the session's life, the secret changes at login.
 * Immutable and thread-safe.
 */
public final class SessionId {

	/** The length of a secret in bytes. */
	public static final int SECRET_LENGTH = 32;

	/** The length of locator and secret in bytes. */
	public static final int LENGTH = SessionKey.LENGTH + SECRET_LENGTH;

	/** A multiple of three, so that nothing has to be filled up. */
	private static final int NAME_BYTES = 6;

	private final SessionKey key;

	private final byte[] secret;

	// Computed on first use: a request that never loads its session does not need it.
	// Threads may race, since a hash is immutable and they all compute the same one.
	private @Nullable SecretHash secretHash;

	private SessionId(SessionKey key, byte[] secret) {
		this.key = key;
		this.secret = secret;
	}

	/**
	 * Makes an id of its parts.
	 * @param key the locator
	 * @param secret exactly {@value #SECRET_LENGTH} bytes; they are copied
	 * @return the id
	 * @throws IllegalArgumentException if there are more or fewer bytes
	 */
	public static SessionId of(SessionKey key, byte[] secret) {
		if (secret.length != SECRET_LENGTH) {
			throw new IllegalArgumentException("A secret has " + SECRET_LENGTH + " bytes, not " + secret.length);
		}
		return new SessionId(key, secret.clone());
	}

	/**
	 * Reads locator and secret from an array.
	 * @param bytes where they are; copied
	 * @param offset where they begin
	 * @return the id
	 */
	public static SessionId read(byte[] bytes, int offset) {
		ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, LENGTH);
		SessionKey key = new SessionKey(buffer.getLong(), buffer.getLong());
		byte[] secret = new byte[SECRET_LENGTH];
		buffer.get(secret);
		return new SessionId(key, secret);
	}

	/**
	 * Writes locator and secret into an array, which is a secret from then on.
	 * @param bytes where to write
	 * @param offset where to begin
	 */
	public void write(byte[] bytes, int offset) {
		ByteBuffer.wrap(bytes, offset, LENGTH).putLong(this.key.high()).putLong(this.key.low()).put(this.secret);
	}

	/**
	 * The locator: the repository's name for the record. Public.
	 * @return the key
	 */
	public SessionKey key() {
		return this.key;
	}

	/**
	 * The SHA-256 of the secret, which a record has for its current secret.
	 * @return the hash
	 */
	public SecretHash secretHash() {
		SecretHash hash = this.secretHash;
		if (hash == null) {
			hash = SecretHash.of(sha256(this.secret));
			this.secretHash = hash;
		}
		return hash;
	}

	/**
	 * A name to be shown, printed and stored, from which nobody learns the secret: the
	 * handle, and behind a point 8 characters that change with the secret.
	 * @return 22 and 8 characters of base64url, and the point between them
	 */
	public String name() {
		return name(this.key, secretHash());
	}

	/**
	 * The same of a session whose secret is not known.
	 * @param key the locator
	 * @param secretHash the SHA-256 of the present secret
	 * @return the {@linkplain #name() name}
	 */
	public static String name(SessionKey key, SecretHash secretHash) {
		byte[] digest = sha256(secretHash.bytes());
		return key.handle() + "." + Base64.getUrlEncoder().encodeToString(Arrays.copyOf(digest, NAME_BYTES));
	}

	/**
	 * The handle in a name.
	 * @param name a {@linkplain #name() name}, or a handle
	 * @return the handle, if it was one of these
	 */
	public static String handle(String name) {
		int end = name.indexOf('.');
		return (end < 0) ? name : name.substring(0, end);
	}

	private static byte[] sha256(byte[] bytes) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(bytes);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("This Java has no SHA-256", ex);
		}
	}

	/**
	 * Compares the secrets in constant time.
	 */
	@Override
	public boolean equals(@Nullable Object other) {
		return this == other || (other instanceof SessionId that && this.key.equals(that.key)
				&& MessageDigest.isEqual(this.secret, that.secret));
	}

	/**
	 * The locator's hash code: nothing is to be learnt of the secret.
	 */
	@Override
	public int hashCode() {
		return this.key.hashCode();
	}

	/**
	 * Shows the handle, never the secret.
	 */
	@Override
	public String toString() {
		return "SessionId[" + this.key + ", masked]";
	}

}
