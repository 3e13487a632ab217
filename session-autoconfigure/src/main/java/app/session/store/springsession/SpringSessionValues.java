package app.session.store.springsession;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import app.session.AttributeNotStorableException;
import app.session.codec.AttributeCodec;
import app.session.codec.EncodedValue;
import app.session.codec.UnreadableValueException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Reads values as Spring Session has serialized them: by Java, unless the application has
 * given it a serializer for JSON. One for an application; safe for use by many threads.
 * <p>
 * A value of Java's serialization is read if it is made of common classes of the JDK, of
 * those of a login of Spring Security's own, and of those that are named; and then it has
 * to be one that an {@code HttpSession} of ours takes. One that can't be read costs
 * itself alone, and the log warns of each reason once.
 */
public final class SpringSessionValues {

	private static final Log logger = LogFactory.getLog(SpringSessionValues.class);

	/** More reasons than that are not remembered, nor warned of. */
	private static final int MAX_WARNINGS = 1000;

	private final AttributeCodec codec;

	private final JavaValues java;

	private final JsonValues json;

	private final Set<String> warned = ConcurrentHashMap.newKeySet();

	/**
	 * Creates it.
	 * @param codec how attributes are written here
	 * @param allowedTypes the exact names of the classes that may be read from Java's
	 * serialization beside those of the JDK, as {@link Class#getName()} has them. Not
	 * only the values' own: a class above one of them that is {@code Serializable} as
	 * well, and each class that they hold
	 */
	public SpringSessionValues(AttributeCodec codec, Collection<String> allowedTypes) {
		this.codec = codec;
		this.java = new JavaValues(new JavaTypes(Set.copyOf(allowedTypes)));
		this.json = new JsonValues(codec);
	}

	/**
	 * Reads a value.
	 * @param name the attribute, for the log
	 * @param bytes what is stored
	 * @return a new object, or {@code null} if it is none or can't be read
	 */
	@Nullable Object read(String name, byte[] bytes) {
		try {
			return JavaValues.isJava(bytes) ? this.java.read(bytes) : this.json.read(bytes);
		}
		catch (RefusedClassException ex) {
			warn(ex.getMessage(), "Attribute '" + name + "' of a session of Spring Session is not taken over: class "
					+ ex.getMessage() + " is not in app.session.migrate.allowed-types");
		}
		catch (UnreadableValueException ex) {
			warn(name, "Attribute '" + name + "' of a session of Spring Session is not taken over: " + ex.getMessage());
		}
		return null;
	}

	/**
	 * Writes a value as an {@code HttpSession} does.
	 * @param name the attribute
	 * @param value the object
	 * @return its bytes, or {@code null} if it can't be stored
	 */
	@Nullable EncodedValue write(String name, Object value) {
		try {
			return this.codec.encodeObject(name, value);
		}
		catch (AttributeNotStorableException ex) {
			warn(value.getClass().getName(),
					"Attribute '" + name + "' of a session of Spring Session is not taken over: " + ex.getMessage());
			return null;
		}
	}

	private void warn(@Nullable String reason, String message) {
		if (reason != null && this.warned.size() < MAX_WARNINGS && this.warned.add(reason)) {
			logger.warn(message);
		}
	}

}
