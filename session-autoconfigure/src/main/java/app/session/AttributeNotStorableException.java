package app.session;

import org.jspecify.annotations.Nullable;

/**
 * A value can't be an attribute: it would not come back as it went, or it is beyond a
 * limit. Thrown where the value is set, with the attribute's name, and where in it the
 * fault is: names of properties, and keys of maps.
 */
public class AttributeNotStorableException extends IllegalArgumentException {

	private static final long serialVersionUID = 1L;

	private final String attributeName;

	/**
	 * Creates an exception.
	 * @param attributeName the attribute
	 * @param reason why it can't be stored, as the second half of a sentence
	 * @param cause the codec's own error, if there is one
	 */
	public AttributeNotStorableException(String attributeName, String reason, @Nullable Throwable cause) {
		super("Session attribute '" + attributeName + "' can't be stored: " + reason, cause);
		this.attributeName = attributeName;
	}

	/**
	 * The attribute's name.
	 * @return the name
	 */
	public String getAttributeName() {
		return this.attributeName;
	}

}
