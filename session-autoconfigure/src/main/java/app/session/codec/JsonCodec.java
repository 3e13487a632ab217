package app.session.codec;

import java.lang.reflect.Type;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.deser.DeserializationProblemHandler;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * JSON with every setting that would lose data turned off.
 */
final class JsonCodec {

	private final JsonMapper mapper;

	private final ObjectWriter writer;

	JsonCodec(JsonMapper mapper) {
		this(mapper, mapper.writer());
	}

	/**
	 * A codec that writes values in a way of its own.
	 * @param mapper the mapper
	 * @param writer its writer
	 */
	JsonCodec(JsonMapper mapper, ObjectWriter writer) {
		this.mapper = mapper;
		this.writer = writer;
	}

	/**
	 * A mapper that keeps what it is given.
	 * @return a new builder
	 */
	static JsonMapper.Builder mapperBuilder() {
		// What has been written must be readable, however long: the session's own limit
		// bounds it.
		return mapperBuilder(StreamReadConstraints.builder()
			.maxNumberLength(Integer.MAX_VALUE)
			.maxNameLength(Integer.MAX_VALUE)
			.maxStringLength(Integer.MAX_VALUE)
			.build());
	}

	/**
	 * A mapper that keeps what it is given.
	 * @param read what it reads at most
	 * @return a new builder
	 */
	static JsonMapper.Builder mapperBuilder(StreamReadConstraints read) {
		return JsonMapper.builder(JsonFactory.builder().streamReadConstraints(read).build())
			.enable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
			.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
			.disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
			// A property that is new in a record has no value in what was stored before.
			.disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
			.disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
			// A final list that has only a getter is filled, and what a record computes
			// is not
			// written.
			.enable(MapperFeature.USE_GETTERS_AS_SETTERS, MapperFeature.INFER_RECORD_GETTERS_FROM_COMPONENTS_ONLY)
			// A hash set would change its order on the way, and look changed by it.
			.addModule(new SimpleModule("session").addAbstractTypeMapping(Set.class, LinkedHashSet.class))
			.enable(DateTimeFeature.WRITE_DATES_WITH_ZONE_ID)
			.disable(DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE, DateTimeFeature.NORMALIZE_DESERIALIZED_ZONE_ID)
			.disable(EnumFeature.WRITE_ENUMS_USING_TO_STRING, EnumFeature.READ_ENUMS_USING_TO_STRING)
			.enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
			.disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES);
	}

	/**
	 * Writes a value.
	 * @param value the value
	 * @return its JSON
	 * @throws NotStorableException if it can't be written
	 */
	byte[] write(@Nullable Object value) {
		try {
			return this.writer.writeValueAsBytes(value);
		}
		catch (StreamConstraintsException | StackOverflowError ex) {
			throw new NotStorableException("it is nested too deep, or contains itself", null, ex);
		}
		catch (RuntimeException ex) {
			DeniedTypeException denied = DeniedTypeException.in(ex);
			throw (denied != null) ? denied.notStorable(property(ex), path(ex))
					: failure("it can't be written as JSON", ex);
		}
	}

	/**
	 * Reads back what has just been written.
	 * @param json the JSON
	 * @param type the type to read it as
	 * @param unknown asked about each property that the type can't take
	 * @return the value
	 * @throws NotStorableException if it can't be read
	 */
	@Nullable Object readBack(byte[] json, JavaType type, DeserializationProblemHandler unknown) {
		try {
			return this.mapper.readerFor(type)
				.with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
				.withHandler(unknown)
				.readValue(json);
		}
		catch (RuntimeException ex) {
			DeniedTypeException denied = DeniedTypeException.in(ex);
			if (denied != null) {
				throw denied.notStorable(property(ex), path(ex));
			}
			// Jackson's message quotes the value, so its exception is not passed on.
			String property = property(ex);
			throw new NotStorableException("it can't be read back as " + type.toCanonical()
					+ ((property != null) ? ", because of '" + property + "'" : "") + " ("
					+ ex.getClass().getSimpleName()
					+ "): a record can, or a bean with a constructor without parameters", property, null);
		}
	}

	private static NotStorableException failure(String reason, RuntimeException ex) {
		String property = property(ex);
		return new NotStorableException((property != null) ? reason + ", because of '" + property + "'" : reason,
				property, ex);
	}

	/**
	 * The outermost property that an error of Jackson's is about.
	 * @param ex the error
	 * @return its name, or {@code null}
	 */
	static @Nullable String property(RuntimeException ex) {
		return names(ex).findFirst().orElse(null);
	}

	private static String path(RuntimeException ex) {
		return names(ex).collect(Collectors.joining("."));
	}

	private static Stream<String> names(RuntimeException ex) {
		return (ex instanceof JacksonException jackson)
				? jackson.getPath().stream().map(JacksonException.Reference::getPropertyName).filter(Objects::nonNull)
				: Stream.empty();
	}

	@Nullable Object read(EncodedValue value, Type type) {
		return read(value, type, this.mapper.readerFor(this.mapper.constructType(type)));
	}

	/**
	 * Reads a value whose classes must take every property of it.
	 * @param unknown asked about each that they can't
	 */
	@Nullable Object read(EncodedValue value, Type type, DeserializationProblemHandler unknown) {
		return read(value, type,
				this.mapper.readerFor(this.mapper.constructType(type))
					.with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
					.withHandler(unknown));
	}

	private static @Nullable Object read(EncodedValue value, Type type, ObjectReader reader) {
		try {
			return reader.readValue(value.source(), value.payloadOffset(), value.payloadLength());
		}
		catch (RuntimeException | StackOverflowError | LinkageError ex) {
			throw new UnreadableValueException("The value can't be read as " + type.getTypeName(), ex);
		}
	}

	/**
	 * Whether a value is JSON, and nothing but one value.
	 * @param value a value with the tag {@link Tag#JSON}
	 * @return {@code true} if a parser takes it
	 */
	boolean isValid(EncodedValue value) {
		try (JsonParser parser = this.mapper.createParser(value.source(), value.payloadOffset(),
				value.payloadLength())) {
			if (parser.nextToken() == null) {
				return false;
			}
			parser.skipChildren();
			// To the end: a parser is lazy and would pass over a malformed string.
			parser.finishToken();
			return parser.nextToken() == null;
		}
		catch (RuntimeException ex) {
			return false;
		}
	}

}
