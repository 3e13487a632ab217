package app.session.codec;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * Strings as UTF-8 without silent replacement: {@link String#getBytes} turns half of a
 * surrogate pair into a question mark, and {@link String#String(byte[])} bad bytes into
 * U+FFFD.
 */
public final class Utf8 {

	private Utf8() {
	}

	/**
	 * Encodes a string.
	 * @param text the string
	 * @return its bytes, or {@code null} if it holds half a surrogate pair, which UTF-8
	 * can't
	 */
	public static byte @Nullable [] encode(String text) {
		return isEncodable(text) ? text.getBytes(StandardCharsets.UTF_8) : null;
	}

	/**
	 * Whether a string holds no half of a surrogate pair.
	 * @param text the string
	 * @return {@code true} if UTF-8 can hold it
	 */
	public static boolean isEncodable(String text) {
		for (int i = 0; i < text.length(); i++) {
			if (Character.isSurrogate(text.charAt(i))) {
				if (i + 1 == text.length() || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
					return false;
				}
				i++;
			}
		}
		return true;
	}

	/**
	 * Decodes a string.
	 * @param source where it is
	 * @param offset its first byte
	 * @param length its number of bytes
	 * @return the string, or {@code null} if it is not UTF-8
	 */
	public static @Nullable String decode(byte[] source, int offset, int length) {
		String text = new String(source, offset, length, StandardCharsets.UTF_8);
		// The replacement character may have been in the text itself: look closer only
		// then.
		return (text.indexOf('\uFFFD') < 0) ? text : decodeStrictly(source, offset, length);
	}

	private static @Nullable String decodeStrictly(byte[] source, int offset, int length) {
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(source, offset, length)).toString();
		}
		catch (CharacterCodingException ex) {
			return null;
		}
	}

}
