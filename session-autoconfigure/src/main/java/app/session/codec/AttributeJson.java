package app.session.codec;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Attributes as the JSON of an application in JavaScript, which reads it, and writes it
 * again without knowing more than JSON tells: it has one kind of number, the double.
 * Nothing is lost by that. What JavaScript would keep is plain JSON. Where our type would
 * come back as another, the type's name is to be kept beside it. What JavaScript would
 * round, or has no form for, is an object with a property {@value #OPAQUE}, which it
 * leaves alone. Safe for use by several threads.
 */
public final class AttributeJson {

	/** The only property of an object that holds a value which JSON has no form for. */
	public static final String OPAQUE = "$session";

	/** The largest integer below which JavaScript knows all others. */
	private static final long MAX_SAFE = (1L << 53) - 1;

	/** Deeper than any value of ours, which is deeper here than by itself. */
	private static final int MAX_DEPTH = 2000;

	/** The types that JSON may not tell, by the names that are stored. */
	private static final Map<String, Tag> TYPES = Map.of("byte", Tag.BYTE, "short", Tag.SHORT, "int", Tag.INT, "float",
			Tag.FLOAT, "double", Tag.DOUBLE, "char", Tag.CHAR, "json", Tag.JSON);

	private static final Map<Tag, Class<?>> NUMBERS = Map.of(Tag.BYTE, Byte.class, Tag.SHORT, Short.class, Tag.INT,
			Integer.class, Tag.FLOAT, Float.class, Tag.DOUBLE, Double.class);

	private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

	private final JsonMapper mapper;

	private final ObjectWriter escaping;

	/**
	 * Creates it.
	 */
	public AttributeJson() {
		JsonFactory factory = JsonFactory.builder()
			.streamReadConstraints(StreamReadConstraints.builder()
				.maxNestingDepth(MAX_DEPTH)
				.maxStringLength(Integer.MAX_VALUE)
				.maxNameLength(Integer.MAX_VALUE)
				.build())
			.streamWriteConstraints(StreamWriteConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
			.build();
		this.mapper = JsonMapper.builder(factory)
			.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
			.build();
		this.escaping = this.mapper.writer().with(JsonWriteFeature.ESCAPE_NON_ASCII);
	}

	/**
	 * Reads JSON.
	 * @param text the text, from outside
	 * @return what it says, or {@code null} if it is not JSON
	 */
	public @Nullable JsonNode parse(String text) {
		try {
			JsonNode node = this.mapper.readTree(text);
			return node.isMissingNode() ? null : node;
		}
		catch (JacksonException ex) {
			return null;
		}
	}

	/**
	 * Writes JSON as {@code JSON.stringify} does: without a space, and half of a
	 * surrogate pair as an escape.
	 * @param node what it says
	 * @return the text, which UTF-8 can hold
	 */
	public String print(JsonNode node) {
		String text = this.mapper.writeValueAsString(node);
		return Utf8.isEncodable(text) ? text : this.escaping.writeValueAsString(node);
	}

	/**
	 * An attribute as JSON.
	 * @param value the attribute
	 * @return its JSON, and the type that it does not tell
	 */
	public Form write(EncodedValue value) {
		JsonNode plain = plain(value);
		if (plain != null && isSafe(plain) && opaque(plain) == null) {
			if (isSame(read(plain, null), value)) {
				return new Form(plain, null);
			}
			String type = type(value);
			if (type != null && isSame(read(plain, type), value)) {
				return new Form(plain, type);
			}
		}
		String bytes = Base64.getEncoder().withoutPadding().encodeToString(value.toByteArray());
		return new Form(NODES.objectNode().put(OPAQUE, bytes), null);
	}

	private static @Nullable String type(EncodedValue value) {
		for (Map.Entry<String, Tag> type : TYPES.entrySet()) {
			if (type.getValue().code == value.tagCode()) {
				return type.getKey();
			}
		}
		return null;
	}

	/**
	 * Whether two values are one to who reads them. Text is read here as JSON: what came
	 * from JavaScript may be a date. And JSON may have been spelled otherwise.
	 */
	private static boolean isSame(EncodedValue read, EncodedValue written) {
		if (read.equals(written)) {
			return true;
		}
		Tag tag = Tag.of(written.tagCode());
		return (tag == Tag.STRING || tag == Tag.JSON) && Tag.of(read.tagCode()) == Tag.JSON;
	}

	private @Nullable JsonNode plain(EncodedValue value) {
		Tag tag = Tag.of(value.tagCode());
		if (tag == null || tag == Tag.BYTES || tag == Tag.TYPED) {
			return null;
		}
		try {
			return (tag == Tag.JSON) ? parse(payload(value)) : scalar(RawCodec.read(tag, value));
		}
		catch (UnreadableValueException ex) {
			return null;
		}
	}

	private static String payload(EncodedValue value) {
		return new String(value.source(), value.payloadOffset(), value.payloadLength(), StandardCharsets.UTF_8);
	}

	private static @Nullable JsonNode scalar(Object value) {
		if (value instanceof Boolean flag) {
			return NODES.booleanNode(flag);
		}
		if (value instanceof Number number) {
			BigDecimal exact = (BigDecimal) Numbers.convert(number, BigDecimal.class);
			Long whole = (exact != null) ? (Long) Numbers.convert(exact, Long.class) : null;
			if (whole != null) {
				return NODES.numberNode(whole.longValue());
			}
			return (exact != null) ? NODES.numberNode(exact) : null;
		}
		return NODES.stringNode(value.toString());
	}

	/**
	 * Whether JavaScript would write it as it read it.
	 */
	private static boolean isSafe(JsonNode node) {
		if (node.isIntegralNumber()) {
			return node.canConvertToLong() && node.longValue() >= -MAX_SAFE && node.longValue() <= MAX_SAFE;
		}
		if (node.isNumber()) {
			return toDouble(node) != null;
		}
		for (JsonNode each : node) {
			if (!isSafe(each)) {
				return false;
			}
		}
		return true;
	}

	/**
	 * A number as a double that is written with the same digits.
	 */
	private static @Nullable Object toDouble(JsonNode number) {
		return Numbers.convert(number.numberValue(), Double.class);
	}

	/**
	 * An attribute that was written as JSON, or is JavaScript's own.
	 * @param json the JSON
	 * @param type the type that was kept beside it, or {@code null}; without effect if
	 * what is there by now is not of this type
	 * @return the attribute
	 */
	public EncodedValue read(JsonNode json, @Nullable String type) {
		EncodedValue opaque = opaque(json);
		if (opaque != null) {
			return opaque;
		}
		EncodedValue typed = (type != null) ? typed(json, type) : null;
		return (typed != null) ? typed : natural(json);
	}

	private static @Nullable EncodedValue opaque(JsonNode json) {
		if (json.size() != 1 || !json.path(OPAQUE).isString()) {
			return null;
		}
		try {
			byte[] bytes = Base64.getDecoder().decode(json.get(OPAQUE).stringValue());
			return (bytes.length > 0 && Tag.of(bytes[0]) != null) ? new EncodedValue(bytes, 0, bytes.length) : null;
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	private @Nullable EncodedValue typed(JsonNode json, String type) {
		Tag tag = TYPES.get(type);
		if (tag == Tag.CHAR && json.isString() && json.stringValue().length() == 1) {
			return RawCodec.write("", json.stringValue().charAt(0));
		}
		if (tag == Tag.JSON) {
			return json(json);
		}
		Class<?> target = (tag != null && json.isNumber()) ? NUMBERS.get(tag) : null;
		Object number = (target != null) ? Numbers.convert(json.numberValue(), target) : null;
		return (number != null) ? RawCodec.write("", number) : null;
	}

	private EncodedValue natural(JsonNode json) {
		if (json.isBoolean()) {
			return write(json.booleanValue());
		}
		if (json.isIntegralNumber()) {
			return json.canConvertToLong() ? write(json.longValue()) : json(json);
		}
		Object number = json.isNumber() ? toDouble(json) : null;
		return (number != null) ? write(number) : json(json);
	}

	private static EncodedValue write(Object raw) {
		EncodedValue value = RawCodec.write("", raw);
		if (value == null) {
			throw new IllegalArgumentException("Only what is written raw");
		}
		return value;
	}

	private EncodedValue json(JsonNode json) {
		return RawCodec.writeBytes(Tag.JSON, print(json).getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * An attribute as JSON.
	 *
	 * @param json what JavaScript sees
	 * @param type the name of the type it has beside that, to be kept and given to
	 * {@link #read}, or {@code null} if the JSON tells all
	 */
	public record Form(JsonNode json, @Nullable String type) {
	}

}
