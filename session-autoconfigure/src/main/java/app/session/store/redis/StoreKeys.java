package app.session.store.redis;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

import app.session.SessionKey;
import org.jspecify.annotations.Nullable;

/**
 * The names of the store's keys. What is a record's, a lease's or a principal's differs
 * in its length, so no name stands for two of them.
 */
final class StoreKeys {

	private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

	private final byte[] records;

	private final byte[] leases;

	private final byte[] principals;

	private final byte[] marker;

	StoreKeys(String prefix) {
		this.records = bytes(prefix);
		this.leases = bytes(prefix + "lease:");
		this.principals = bytes(prefix + "principal:");
		this.marker = bytes(prefix + "marker");
	}

	byte[] record(SessionKey key) {
		return name(this.records, ENCODER.encode(key.bytes()));
	}

	byte[] lease(SessionKey key) {
		return name(this.leases, ENCODER.encode(key.bytes()));
	}

	byte[] principal(byte[] id) {
		return name(this.principals, ENCODER.encode(id));
	}

	/**
	 * A key that nobody reads, for a write that only has to be one.
	 */
	byte[] marker() {
		return this.marker.clone();
	}

	/**
	 * A pattern that the names of all records match, and maybe others.
	 */
	byte[] recordPattern() {
		return pattern(this.records);
	}

	/**
	 * A pattern that the names of all principals' entries match, and maybe others.
	 */
	byte[] principalPattern() {
		return pattern(this.principals);
	}

	/**
	 * The key of a record of that name, or {@code null} if it is another's.
	 */
	@Nullable SessionKey toRecordKey(byte[] name) {
		return SessionKey.parse(rest(name, this.records));
	}

	/**
	 * The id of the principal whose entry has that name, or {@code null} if it is
	 * another's.
	 */
	byte @Nullable [] toPrincipalId(byte[] name) {
		String rest = rest(name, this.principals);
		try {
			return (rest != null) ? Base64.getUrlDecoder().decode(rest) : null;
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	private static @Nullable String rest(byte[] name, byte[] prefix) {
		if (name.length < prefix.length || !Arrays.equals(name, 0, prefix.length, prefix, 0, prefix.length)) {
			return null;
		}
		return new String(name, prefix.length, name.length - prefix.length, StandardCharsets.ISO_8859_1);
	}

	/** A prefix may hold what means something else in a pattern. */
	static byte[] pattern(byte[] prefix) {
		StringBuilder pattern = new StringBuilder();
		for (char letter : new String(prefix, StandardCharsets.ISO_8859_1).toCharArray()) {
			if ("*?[]\\^-".indexOf(letter) >= 0) {
				pattern.append('\\');
			}
			pattern.append(letter);
		}
		return pattern.append('*').toString().getBytes(StandardCharsets.ISO_8859_1);
	}

	private static byte[] name(byte[] prefix, byte[] rest) {
		byte[] name = Arrays.copyOf(prefix, prefix.length + rest.length);
		System.arraycopy(rest, 0, name, prefix.length, rest.length);
		return name;
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
