package app.session.store.springsession;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The cookie of Spring Session, which is not signed: the id in base64, as
 * {@code DefaultCookieSerializer} writes it, or as it is. An id is a UUID, or a text like
 * one. A {@code jvmRoute} behind it is not understood.
 */
public final class SpringSessionCookie {

	/** What {@code DefaultCookieSerializer} calls it unless it is configured. */
	public static final String NAME = "SESSION";

	private static final int MAX_LENGTH = 172;

	private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{16,128}");

	private SpringSessionCookie() {
	}

	/**
	 * The id in a cookie.
	 * @param value the cookie's value, from anybody
	 * @return the id, a secret, or {@code null} if there can't be one. It is safe in the
	 * name of a key.
	 */
	public static @Nullable String decode(String value) {
		if (value.length() > MAX_LENGTH) {
			return null;
		}
		String decoded = base64(value);
		if (decoded != null && ID.matcher(decoded).matches()) {
			return decoded;
		}
		return ID.matcher(value).matches() ? value : null;
	}

	private static @Nullable String base64(String value) {
		try {
			return new String(Base64.getDecoder().decode(value), StandardCharsets.ISO_8859_1);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

}
