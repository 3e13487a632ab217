package app.session.codec;

import java.net.URL;
import java.util.function.Function;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.Version;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DatabindContext;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.MapperBuilder;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.deser.Deserializers;
import tools.jackson.databind.deser.KeyDeserializers;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.NopAnnotationIntrospector;
import tools.jackson.databind.jsontype.PolymorphicTypeValidator;
import tools.jackson.databind.ser.Serializers;

/**
 * What holds for typed JSON whatever other modules ask for, so it is the last module.
 * Spring Security's bring a typing of their own, which allows what is below a class and
 * what begins with a name, and dates without their zone.
 */
final class TypedModule extends JacksonModule {

	private final AllowedTypes allowed;

	private final ThrowableForms throwables;

	TypedModule(AllowedTypes allowed, List<StandIn<?>> standIns) {
		this.allowed = allowed;
		this.throwables = new ThrowableForms(allowed, standIns);
	}

	@Override
	public String getModuleName() {
		return "session-typed";
	}

	@Override
	public Version version() {
		return Version.unknownVersion();
	}

	@Override
	public void setupModule(SetupContext context) {
		MapperBuilder<?, ?> builder = (MapperBuilder<?, ?>) context.getOwner();
		builder.setDefaultTyping(new TypedResolver(this.allowed, false))
			.polymorphicTypeValidator(new Validator(this.allowed))
			.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
			.enable(DeserializationFeature.FAIL_ON_INVALID_SUBTYPE, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
			// A number that is not what JSON has says so itself.
			.disable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
			// Jackson fills no typed list through its getter, and fails at one that
			// computes it.
			.enable(MapperFeature.REQUIRE_TYPE_ID_FOR_SUBTYPES, MapperFeature.ALLOW_FINAL_FIELDS_AS_MUTATORS)
			.disable(MapperFeature.USE_BASE_TYPE_AS_DEFAULT_IMPL, MapperFeature.USE_GETTERS_AS_SETTERS)
			.disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS);
		context.insertAnnotationIntrospector(new OwnNames(this.allowed));
		context.addSerializers(new Writers()).addDeserializers(new Readers()).addKeyDeserializers(new Keys());
	}

	/** Forms of our own for classes of the JDK, in writing. */
	private final class Writers implements Serializers {

		@Override
		public @Nullable ValueSerializer<?> findSerializer(SerializationConfig config, JavaType type,
				BeanDescription.Supplier description, JsonFormat.@Nullable Value format) {
			Class<?> raw = type.getRawClass();
			if (raw == URL.class) {
				return new UrlForm.Writer();
			}
			ThrowableForms throwables = TypedModule.this.throwables;
			return throwables.covers(raw, config.findMixInClassFor(raw) != null) ? throwables.new Writer() : null;
		}

	}

	/** The same in reading. */
	private final class Readers extends Deserializers.Base {

		@Override
		public boolean hasDeserializerFor(DeserializationConfig config, Class<?> type) {
			return type == URL.class || KnownTypes.isRefused(type) || isThrowable(config, type);
		}

		@Override
		public @Nullable ValueDeserializer<?> findBeanDeserializer(JavaType type, DeserializationConfig config,
				BeanDescription.Supplier description) {
			Class<?> raw = type.getRawClass();
			if (raw == URL.class) {
				return new UrlForm.Reader();
			}
			if (KnownTypes.isRefused(raw)) {
				return new Refusing(raw);
			}
			return isThrowable(config, raw) ? TypedModule.this.throwables.new Reader(raw) : null;
		}

		private boolean isThrowable(DeserializationConfig config, Class<?> type) {
			return TypedModule.this.throwables.covers(type, config.findMixInClassFor(type) != null);
		}

	}

	/** The same for keys of maps whose class is declared. */
	private static final class Keys implements KeyDeserializers {

		@Override
		public @Nullable KeyDeserializer findKeyDeserializer(JavaType type, DeserializationConfig config,
				BeanDescription.Supplier description) {
			Class<?> raw = type.getRawClass();
			if (raw == URL.class) {
				return new Key(UrlForm::parse);
			}
			return KnownTypes.isRefused(raw) ? new Key((text) -> {
				throw DeniedTypeException.of(raw.getName());
			}) : null;
		}

	}

	private static final class Key extends KeyDeserializer {

		private final Function<String, Object> reading;

		Key(Function<String, Object> reading) {
			this.reading = reading;
		}

		@Override
		public Object deserializeKey(String key, DeserializationContext context) {
			return this.reading.apply(key);
		}

	}

	/** Jackson would load a class by any name, if one of ours declares a place for it. */
	private static final class Refusing extends StdDeserializer<Object> {

		Refusing(Class<?> type) {
			super(type);
		}

		@Override
		public Object deserialize(JsonParser parser, DeserializationContext context) {
			throw DeniedTypeException.of(handledType().getName());
		}

	}

	/**
	 * Gives annotations that ask for names of classes ours.
	 */
	private static final class OwnNames extends NopAnnotationIntrospector {

		private static final long serialVersionUID = 1L;

		private final transient AllowedTypes allowed;

		OwnNames(AllowedTypes allowed) {
			this.allowed = allowed;
		}

		@Override
		public @Nullable Object findTypeResolverBuilder(MapperConfig<?> config, Annotated annotated) {
			JsonTypeInfo info = annotated.getAnnotation(JsonTypeInfo.class);
			boolean names = info != null
					&& (info.use() == JsonTypeInfo.Id.CLASS || info.use() == JsonTypeInfo.Id.MINIMAL_CLASS);
			return names ? new TypedResolver(this.allowed, true) : null;
		}

	}

	/**
	 * The same rule for whoever asks Jackson for a class by name elsewhere.
	 */
	private static final class Validator extends PolymorphicTypeValidator {

		private static final long serialVersionUID = 1L;

		private final transient AllowedTypes allowed;

		Validator(AllowedTypes allowed) {
			this.allowed = allowed;
		}

		@Override
		public Validity validateBaseType(DatabindContext context, JavaType baseType) {
			return Validity.INDETERMINATE;
		}

		@Override
		public Validity validateSubClassName(DatabindContext context, JavaType baseType, String subClassName) {
			return this.allowed.allows(subClassName) ? Validity.INDETERMINATE : Validity.DENIED;
		}

		@Override
		public Validity validateSubType(DatabindContext context, JavaType baseType, JavaType subType) {
			Class<?> type = subType.getRawClass();
			return (this.allowed.allows(type.getName()) && !KnownTypes.isRefused(type)) ? Validity.ALLOWED
					: Validity.DENIED;
		}

	}

}
