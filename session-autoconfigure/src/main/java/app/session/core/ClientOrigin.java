package app.session.core;

import org.jspecify.annotations.Nullable;

/**
 * Where a login comes from, in the client's own words: cut to a length, and made text
 * that is safe to store and to print in one line.
 *
 * @param address the client's network address, at most 64 characters, or {@code null} if
 * it is not known
 * @param userAgent how the client's program calls itself, at most 256 characters, or
 * {@code null} if it does not say
 */
public record ClientOrigin(@Nullable String address, @Nullable String userAgent) {

	/** Longer than any address; a proxy may name something else. */
	private static final int MAX_ADDRESS_LENGTH = 64;

	private static final int MAX_USER_AGENT_LENGTH = 256;

	/**
	 * Cleans what the client says.
	 */
	public ClientOrigin {
		address = clean(address, MAX_ADDRESS_LENGTH);
		userAgent = clean(userAgent, MAX_USER_AGENT_LENGTH);
	}

	private static @Nullable String clean(@Nullable String text, int maxLength) {
		if (text == null) {
			return null;
		}
		StringBuilder clean = new StringBuilder(Math.min(text.length(), maxLength));
		for (int i = 0; i < text.length();) {
			int character = text.codePointAt(i);
			i += Character.charCount(character);
			if (clean.length() + Character.charCount(character) > maxLength) {
				break;
			}
			if (isText(character)) {
				clean.appendCodePoint(isHalf(character) ? '\uFFFD' : character);
			}
		}
		String cleaned = clean.toString().strip();
		return cleaned.isEmpty() ? null : cleaned;
	}

	/** Whoever reads a list of logins must see one line, in the order it was written. */
	private static boolean isText(int character) {
		return switch (Character.getType(character)) {
			case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
			default -> true;
		};
	}

	private static boolean isHalf(int character) {
		return Character.getType(character) == Character.SURROGATE;
	}

	/**
	 * Names no person's data.
	 */
	@Override
	public String toString() {
		return "ClientOrigin[masked]";
	}

}
