package app.session.crypto;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What a cookie's value is bound to besides a key: its format's version, the application
 * and the cookie's name.
 */
final class CookieContext {

	private CookieContext() {
	}

	/**
	 * The context as bytes. Lengths stand before the names, so that no two pairs of names
	 * give the same bytes.
	 */
	static byte[] of(byte version, String application, String cookieName) {
		byte[] first = application.getBytes(StandardCharsets.UTF_8);
		byte[] second = cookieName.getBytes(StandardCharsets.UTF_8);
		return ByteBuffer.allocate(1 + Integer.BYTES + first.length + Integer.BYTES + second.length)
			.put(version)
			.putInt(first.length)
			.put(first)
			.putInt(second.length)
			.put(second)
			.array();
	}

}
