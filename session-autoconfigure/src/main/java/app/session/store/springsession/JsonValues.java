package app.session.store.springsession;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import app.session.codec.AttributeCodec;
import app.session.codec.TypedJson;
import app.session.codec.UnreadableValueException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads JSON, which Spring Session writes if it is given such a serializer. JSON that
 * names no classes is what it is: text, numbers, flags, lists and maps. JSON that does,
 * by a member {@code @class} or a pair of a class and its value, is read as an attribute
 * of an {@code HttpSession} is, under the same list of classes. Safe for use by many
 * threads.
 */
final class JsonValues {

	private static final String CLASS_MEMBER = "@class";

	/** A name with a package, or of an array. */
	private static final Pattern CLASS_NAME = Pattern.compile("\\[.+|[\\w$]+(\\.[\\w$]+)+");

	private final JsonMapper mapper = TypedJson.mapperBuilder().build();

	private final AttributeCodec codec;

	JsonValues(AttributeCodec codec) {
		this.codec = codec;
	}

	/**
	 * Reads a value.
	 * @param bytes the JSON, not written to any more
	 * @return a new object, or {@code null} if that is the JSON
	 * @throws UnreadableValueException if it is none, or names a class that is not
	 * allowed
	 */
	@Nullable Object read(byte[] bytes) {
		if (bytes.length > TypedJson.MAX_BYTES) {
			throw new UnreadableValueException("it has more than " + TypedJson.MAX_BYTES + " bytes");
		}
		Object plain;
		try {
			plain = this.mapper.readValue(bytes, Object.class);
		}
		catch (JacksonException ex) {
			// Its message quotes the value.
			throw new UnreadableValueException("it is neither Java's serialization nor JSON");
		}
		return namesClasses(plain) ? this.codec.decodeTyped(bytes) : plain;
	}

	private static boolean namesClasses(@Nullable Object value) {
		if (value instanceof Map<?, ?> map) {
			return map.containsKey(CLASS_MEMBER) || namesClasses(map.values());
		}
		if (value instanceof List<?> list && list.size() == 2 && list.get(0) instanceof String name
				&& CLASS_NAME.matcher(name).matches()) {
			return true;
		}
		return value instanceof Collection<?> collection && namesClasses(collection);
	}

	private static boolean namesClasses(Collection<?> values) {
		return values.stream().anyMatch((each) -> namesClasses((Object) each));
	}

}
