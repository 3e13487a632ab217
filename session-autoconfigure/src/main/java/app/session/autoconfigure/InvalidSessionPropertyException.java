package app.session.autoconfigure;

import org.jspecify.annotations.Nullable;

/**
 * A property, alone or beside others, makes no sense, so the application does not start.
 */
final class InvalidSessionPropertyException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String property;

	private final @Nullable String value;

	private final String reason;

	private final String action;

	/**
	 * Creates an exception.
	 * @param property the property's full name
	 * @param value what it is set to; {@code null} for a secret, and if it is not set
	 * @param reason what is wrong, as a sentence
	 * @param action what to do about it, as a sentence
	 */
	InvalidSessionPropertyException(String property, @Nullable Object value, String reason, String action) {
		super(property + ((value != null) ? " is '" + value + "'" : "") + ": " + reason + " " + action);
		this.property = property;
		this.value = (value != null) ? value.toString() : null;
		this.reason = reason;
		this.action = action;
	}

	String property() {
		return this.property;
	}

	@Nullable String value() {
		return this.value;
	}

	String reason() {
		return this.reason;
	}

	String action() {
		return this.action;
	}

}
