package app.session.codec;

import org.jspecify.annotations.Nullable;

/**
 * A value would not come back, found somewhere that does not know the attribute's name.
 * Never leaves the package.
 */
final class NotStorableException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String reason;

	/** The outermost property the reason is in, if it is known. */
	private final @Nullable String property;

	NotStorableException(String reason) {
		this(reason, null, null);
	}

	NotStorableException(String reason, @Nullable String property, @Nullable Throwable cause) {
		super(reason, cause);
		this.reason = reason;
		this.property = property;
	}

	String reason() {
		return this.reason;
	}

	@Nullable String property() {
		return this.property;
	}

}
