package app.session.core;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import app.session.AttributeNotStorableException;
import app.session.codec.AttributesFormat;
import app.session.codec.EncodedValue;
import app.session.codec.StoredAttributes;
import app.session.codec.StoredLogin;
import app.session.codec.Utf8;

/**
 * How much a session may hold, and how long a name in it may be.
 */
final class Limits {

	private static final int MAX_PRINCIPAL_BYTES = 1024;

	private final EngineSettings settings;

	Limits(EngineSettings settings) {
		this.settings = settings;
	}

	/**
	 * Checks an attribute's name, before anything else is done with it.
	 */
	void checkName(String name) {
		if (name.isEmpty() || name.length() > this.settings.maxNameLength()) {
			throw new AttributeNotStorableException(name.substring(0, Math.min(name.length(), 40)),
					"its name has " + name.length() + " characters, and may have from 1 to "
							+ this.settings.maxNameLength() + " (app.session.limits.max-name-length)",
					null);
		}
		// What UTF-8 can't say would come back as another name.
		if (!Utf8.isEncodable(name)) {
			throw new AttributeNotStorableException(name,
					"its name has half of a surrogate pair, which is no character", null);
		}
	}

	/**
	 * Checks a principal's name. The bounds are the same for all stores: a database
	 * column has a length, and what UTF-8 can't say would be somebody else's name.
	 */
	void checkPrincipal(String principal) {
		if (!Utf8.isEncodable(principal)) {
			throw new IllegalArgumentException("The principal has half of a surrogate pair, which is no character");
		}
		int length = length(principal);
		if (length > MAX_PRINCIPAL_BYTES) {
			throw new IllegalArgumentException(
					"The principal has " + length + " bytes in UTF-8, and may have " + MAX_PRINCIPAL_BYTES);
		}
	}

	/**
	 * Whether a name that anybody may have sent is within the same bounds.
	 */
	boolean isPrincipal(String name) {
		return Utf8.isEncodable(name) && length(name) <= MAX_PRINCIPAL_BYTES;
	}

	private static int length(String principal) {
		return principal.getBytes(StandardCharsets.UTF_8).length;
	}

	/**
	 * Checks the attributes a request has, so that too many fail where they are set. What
	 * is beyond a limit that has become stricter may stay, or become less. What is kept
	 * of the login's origin leaves so much less for them, but does not make a login fail.
	 * @param name the attribute that was set
	 * @param login the login as it is now
	 */
	void check(String name, Map<String, EncodedValue> before, Map<String, EncodedValue> values,
			@Nullable StoredLogin login) {
		if (values.size() > this.settings.maxAttributes() && values.size() > before.size()) {
			throw new AttributeNotStorableException(name, "the session has " + this.settings.maxAttributes()
					+ " attributes already (app.session.limits.max-attributes)", null);
		}
		long size = size(values) + size(login);
		if (size > this.settings.maxBytes() && size > size(before) + size(login)) {
			throw new AttributeNotStorableException(name, "the session would have " + size + " bytes, and may have "
					+ this.settings.maxBytes() + " (app.session.limits.max-size)", null);
		}
	}

	private static long size(Map<String, EncodedValue> values) {
		long size = 0;
		for (Map.Entry<String, EncodedValue> entry : values.entrySet()) {
			size += entry.getKey().length() + entry.getValue().size();
		}
		return size;
	}

	private static long size(@Nullable StoredLogin login) {
		return (login != null) ? size(login.address()) + size(login.userAgent()) : 0;
	}

	private static long size(@Nullable String text) {
		return (text != null) ? text.getBytes(StandardCharsets.UTF_8).length : 0;
	}

	/**
	 * Encodes the attributes, unless those of several requests together are too many.
	 */
	byte[] write(Map<String, EncodedValue> before, StoredAttributes attributes) {
		String last = "";
		for (String name : attributes.values().keySet()) {
			last = name;
		}
		check(last, before, attributes.values(), attributes.lastLogin());
		return AttributesFormat.write(attributes);
	}

}
