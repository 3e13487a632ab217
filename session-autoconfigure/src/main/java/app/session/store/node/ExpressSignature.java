package app.session.store.node;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

import app.session.codec.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * Cookies as express-session writes them with the npm packages {@code cookie-signature} 1
 * and {@code cookie}: {@code s:}, the id, a point and an HMAC-SHA256 of the id in base64
 * without padding, all encoded as by {@code encodeURIComponent}. The signature does not
 * cover the cookie's name. Thread-safe.
 */
public final class ExpressSignature {

	private static final String MARK = "s:";

	private static final String PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.!~*'()";

	private static final char[] HEX = "0123456789ABCDEF".toCharArray();

	private final Signer signer;

	/**
	 * Creates it.
	 * @param secrets the session's express-session's secret, one or several: the first
	 * signs, all verify
	 * @throws IllegalArgumentException if there is no secret, or an empty one
	 */
	public ExpressSignature(List<String> secrets) {
		this.signer = new Signer("HmacSHA256", Base64.getEncoder().withoutPadding(), secrets);
	}

	String write(String id) {
		return encode(MARK + id + "." + this.signer.sign(id));
	}

	/**
	 * Reads a cookie.
	 * @param text its value as it came
	 * @return what is in it, or {@code null} if it is not written so
	 */
	@Nullable Signed read(String text) {
		String decoded = (text.indexOf('%') < 0) ? text : decode(text);
		int point = (decoded != null) ? decoded.lastIndexOf('.') : -1;
		if (decoded == null || !decoded.startsWith(MARK) || point <= MARK.length()) {
			return null;
		}
		String id = decoded.substring(MARK.length(), point);
		return new Signed(id, this.signer.index(id, decoded.substring(point + 1)));
	}

	private static String encode(String text) {
		StringBuilder result = new StringBuilder(text.length() + 16);
		for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
			if (PLAIN.indexOf(each) >= 0) {
				result.append((char) each);
			}
			else {
				result.append('%').append(HEX[(each >> 4) & 0xF]).append(HEX[each & 0xF]);
			}
		}
		return result.toString();
	}

	private static @Nullable String decode(String text) {
		byte[] source = text.getBytes(StandardCharsets.UTF_8);
		byte[] bytes = new byte[source.length];
		int length = 0;
		for (int at = 0; at < source.length; at++) {
			if (source[at] == '%') {
				int high = (at + 2 < source.length) ? Character.digit(source[at + 1], 16) : -1;
				int low = (high >= 0) ? Character.digit(source[at + 2], 16) : -1;
				if (low < 0) {
					return null;
				}
				bytes[length++] = (byte) (high << 4 | low);
				at += 2;
			}
			else {
				bytes[length++] = source[at];
			}
		}
		return Utf8.decode(bytes, 0, length);
	}

	/**
	 * What is in a cookie.
	 *
	 * @param id the id
	 * @param key the place in the list of the secret that signed it, or -1 for none
	 */
	record Signed(String id, int key) {
	}

}
