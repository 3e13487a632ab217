package app.session.crypto;

import java.util.Arrays;
import java.util.Base64;

import org.jspecify.annotations.Nullable;

/**
 * Bytes as base64url without padding (RFC 4648, 5), where each array has exactly one
 * spelling. It decodes by hand, since {@link Base64} allows padding and bits that say
 * nothing, and throws: an exception for each forged cookie costs more than the signature.
 */
final class Base64Url {

	private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

	private static final byte[] VALUES = valuesOfCharacters();

	private Base64Url() {
	}

	/**
	 * How many characters so many bytes take.
	 */
	static int textLength(int bytes) {
		return (int) ((bytes * 4L + 2) / 3);
	}

	static String encode(byte[] bytes) {
		return ENCODER.encodeToString(bytes);
	}

	/**
	 * Reads a text.
	 * @return its bytes, or {@code null} if it is not the one spelling of any
	 */
	static byte @Nullable [] decode(String text) {
		int rest = text.length() % 4;
		if (rest == 1) {
			return null;
		}
		int whole = text.length() - rest;
		byte[] bytes = new byte[whole / 4 * 3 + Math.max(0, rest - 1)];
		int out = 0;
		for (int in = 0; in < whole; in += 4, out += 3) {
			int bits = valueOf(text.charAt(in)) << 18 | valueOf(text.charAt(in + 1)) << 12
					| valueOf(text.charAt(in + 2)) << 6 | valueOf(text.charAt(in + 3));
			if (bits < 0) {
				return null;
			}
			bytes[out] = (byte) (bits >> 16);
			bytes[out + 1] = (byte) (bits >> 8);
			bytes[out + 2] = (byte) bits;
		}
		return decodeRest(text, whole, bytes, out) ? bytes : null;
	}

	/**
	 * Reads the two or three characters that remain. The bits beyond the last byte have
	 * to be zero.
	 */
	private static boolean decodeRest(String text, int in, byte[] bytes, int out) {
		int rest = text.length() - in;
		if (rest == 0) {
			return true;
		}
		int bits = valueOf(text.charAt(in)) << 12 | valueOf(text.charAt(in + 1)) << 6
				| ((rest == 3) ? valueOf(text.charAt(in + 2)) : 0);
		int unused = (rest == 3) ? 0x3 : 0x3FF;
		if (bits < 0 || (bits & unused) != 0) {
			return false;
		}
		bytes[out] = (byte) (bits >> 10);
		if (rest == 3) {
			bytes[out + 1] = (byte) (bits >> 2);
		}
		return true;
	}

	/**
	 * The six bits that a character stands for, or -1, which keeps the sign of all it is
	 * joined with.
	 */
	private static int valueOf(char character) {
		return (character < VALUES.length) ? VALUES[character] : -1;
	}

	private static byte[] valuesOfCharacters() {
		String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
		byte[] values = new byte[128];
		Arrays.fill(values, (byte) -1);
		for (int i = 0; i < alphabet.length(); i++) {
			values[alphabet.charAt(i)] = (byte) i;
		}
		return values;
	}

}
