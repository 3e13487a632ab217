package app.session.codec;

import java.lang.reflect.Type;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON with every setting that would lose data turned off.
 */
final class JsonCodec {

	private final JsonMapper mapper;

	JsonCodec(JsonMapper mapper) {
		this.mapper = mapper;
	}

	/**
	 * A mapper that keeps what it is given.
	 * @return a new builder
	 */
	static JsonMapper.Builder mapperBuilder() {
		// What has been written must be readable, however long: the session's own limit
		// bounds it.
		StreamReadConstraints read = StreamReadConstraints.builder()
			.maxNumberLength(Integer.MAX_VALUE)
			.maxNameLength(Integer.MAX_VALUE)
			.maxStringLength(Integer.MAX_VALUE)
			.build();
		return JsonMapper.builder(JsonFactory.builder().streamReadConstraints(read).build())
			.enable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
			.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
			.disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
			.disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
			.enable(DateTimeFeature.WRITE_DATES_WITH_ZONE_ID)
			.disable(DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE, DateTimeFeature.NORMALIZE_DESERIALIZED_ZONE_ID)
			.disable(EnumFeature.WRITE_ENUMS_USING_TO_STRING, EnumFeature.READ_ENUMS_USING_TO_STRING)
			.enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
			.disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES);
	}

	byte[] write(Object value) {
		return this.mapper.writeValueAsBytes(value);
	}

	@Nullable Object read(EncodedValue value, Type type) {
		try {
			return this.mapper.readValue(value.source(), value.payloadOffset(), value.payloadLength(),
					this.mapper.constructType(type));
		}
		catch (JacksonException | IllegalArgumentException ex) {
			throw new UnreadableValueException("The value can't be read as " + type.getTypeName(), ex);
		}
	}

}
