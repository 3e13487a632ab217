package app.session.crypto;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/**
 * Reads a configured key and judges it. A key is at least 32 random bytes, written as
 * base64 or base64url. What was typed, copied from a tutorial or made up is refused, for
 * it can be guessed (CVE-2023-27524).
 */
public final class Keys {

	/** The command that makes a key. */
	public static final String COMMAND = "openssl rand -base64 32";

	// Of 32 random bytes fewer than 16 differ once in 10^15 keys.
	private static final int MIN_DISTINCT_BYTES = 16;

	// Each has eight letters or more: shorter ones occur in good keys by chance.
	private static final List<String> WELL_KNOWN = List.of("keyboardcat", "changeme", "changeit", "somesecret",
			"mysecret", "yoursecret", "oursecret", "oldsecret", "newsecret", "topsecret", "supersecret",
			"sessionsecret", "notsosecret", "secretkey", "secret123", "password", "passphrase", "sessionkey",
			"qwertyui", "12345678", "abcdefgh", "deadbeef", "examplekey", "replaceme", "exampleonly");

	private static final char NOT_UTF_8 = '\ufffd';

	private Keys() {
	}

	/**
	 * Reads a key.
	 * @param text the configured text; white space around it is ignored
	 * @return at least {@value KeyRing#MIN_KEY_LENGTH} bytes
	 * @throws IllegalArgumentException if it is no good key. The message says what is
	 * wrong and how to make one, and never contains the key
	 */
	public static byte[] parse(String text) {
		String stripped = text.strip();
		if (stripped.isEmpty()) {
			throw refused("it is empty");
		}
		if (isWellKnown(stripped)) {
			throw refused("it contains a well-known word");
		}
		byte[] key = decode(stripped);
		if (key.length < KeyRing.MIN_KEY_LENGTH) {
			throw refused("it has " + key.length + " bytes, at least " + KeyRing.MIN_KEY_LENGTH + " are needed");
		}
		if (!hasBothCases(stripped)) {
			throw refused("it looks like hex or typed text, not like base64 of random bytes");
		}
		if (isText(key)) {
			throw refused("it is base64 of a text, not of random bytes");
		}
		if (repeats(key) || counts(key) || distinctBytes(key) < MIN_DISTINCT_BYTES) {
			throw refused("its bytes follow a pattern, they are not random");
		}
		return key;
	}

	private static IllegalArgumentException refused(String reason) {
		return new IllegalArgumentException("The key is refused: " + reason + ". Make one with: " + COMMAND);
	}

	/**
	 * Leaves out the decoder's exception, which quotes what it stumbled over.
	 */
	private static byte[] decode(String text) {
		boolean url = text.indexOf('-') >= 0 || text.indexOf('_') >= 0;
		try {
			return (url ? Base64.getUrlDecoder() : Base64.getDecoder()).decode(text);
		}
		catch (IllegalArgumentException ex) {
			throw refused("it is neither base64 nor base64url");
		}
	}

	private static boolean isWellKnown(String text) {
		String letters = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
		return WELL_KNOWN.stream().anyMatch(letters::contains);
	}

	private static boolean hasBothCases(String text) {
		return text.chars().anyMatch(Character::isUpperCase) && text.chars().anyMatch(Character::isLowerCase);
	}

	/**
	 * Whether the key is UTF-8 without control characters, as 32 random bytes never are.
	 */
	private static boolean isText(byte[] key) {
		return new String(key, StandardCharsets.UTF_8).chars()
			.allMatch((character) -> Character.isWhitespace(character)
					|| (character != NOT_UTF_8 && !Character.isISOControl(character)));
	}

	/**
	 * Whether the key is a shorter piece, written twice or more.
	 */
	private static boolean repeats(byte[] key) {
		for (int period = 1; period <= key.length / 2; period++) {
			int i = period;
			while (i < key.length && key[i] == key[i - period]) {
				i++;
			}
			if (i == key.length) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Whether each byte is the one before plus the same number.
	 */
	private static boolean counts(byte[] key) {
		byte step = (byte) (key[1] - key[0]);
		for (int i = 2; i < key.length; i++) {
			if ((byte) (key[i] - key[i - 1]) != step) {
				return false;
			}
		}
		return true;
	}

	private static int distinctBytes(byte[] key) {
		BitSet seen = new BitSet(256);
		for (byte value : key) {
			seen.set(value & 0xff);
		}
		return seen.cardinality();
	}

}
