package app.session.store.redis;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import org.springframework.data.redis.connection.ReturnType;

/**
 * A script that Redis runs as one atomic operation on one key.
 */
final class Script {

	private final byte[] source;

	private final String digest;

	private final ReturnType returnType;

	private Script(String source, ReturnType returnType) {
		this.source = source.getBytes(StandardCharsets.US_ASCII);
		this.digest = sha1(this.source);
		this.returnType = returnType;
	}

	/**
	 * A script that answers 1 or 0.
	 */
	static Script deciding(String source) {
		return new Script(source, ReturnType.INTEGER);
	}

	/**
	 * A script that answers a value.
	 */
	static Script answering(String source) {
		return new Script(source, ReturnType.VALUE);
	}

	byte[] source() {
		return this.source;
	}

	/**
	 * The name under which a server that ran it once knows it.
	 */
	String digest() {
		return this.digest;
	}

	ReturnType returnType() {
		return this.returnType;
	}

	/** Not for secrecy: it is how Redis names scripts. */
	private static String sha1(byte[] source) {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(source));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-1", ex);
		}
	}

}
