package app.session.codec;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import app.session.StoredException;
import app.session.StoredThrowable;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.type.WritableTypeId;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * Errors as their class and message, and nothing else: neither stack traces nor causes
 * nor what a class adds. One whose class can't be made again that way is written as its
 * {@link StandIn}, and so is one whose class keeps more than a message: half of it in its
 * own class would be taken for the whole. Jackson writes those that a mix-in describes.
 */
final class ThrowableForms {

	private static final String MESSAGE = "message";

	private static final String ORIGINAL = "original";

	private final AllowedTypes allowed;

	private final List<StandIn<?>> standIns;

	ThrowableForms(AllowedTypes allowed, List<StandIn<?>> standIns) {
		this.allowed = allowed;
		this.standIns = Stream
			.concat(standIns.stream(),
					Stream.of(new StandIn<>(Throwable.class, StoredException.class, StoredException::new)))
			.toList();
	}

	/**
	 * Whether errors of a class are written here.
	 * @param type any class
	 * @param mixedInto whether a mix-in describes the class
	 */
	boolean covers(Class<?> type, boolean mixedInto) {
		return Throwable.class.isAssignableFrom(type) && !(mixedInto && keepsMore(type));
	}

	/** Whether a class has fields of its own, up to the nearest known base. */
	private boolean keepsMore(Class<?> type) {
		for (Class<?> each = type; each != null && !KnownTypes.isJdk(each)
				&& !isBase(each); each = each.getSuperclass()) {
			if (Stream.of(each.getDeclaredFields()).anyMatch(Shapes::isState)) {
				return true;
			}
		}
		return false;
	}

	private boolean isStandIn(Class<?> type) {
		return this.standIns.stream().anyMatch((standIn) -> standIn.type() == type);
	}

	private boolean isBase(Class<?> type) {
		return this.standIns.stream().anyMatch((standIn) -> standIn.base() == type);
	}

	/**
	 * What is written for an error: itself, or what stands for it.
	 */
	private Throwable shown(Throwable error) {
		if (isStandIn(error.getClass()) || comesBack(error)) {
			return error;
		}
		return this.standIns.stream()
			.filter((standIn) -> standIn.base().isInstance(error))
			.findFirst()
			.orElseThrow()
			.factory()
			.apply(error.getClass().getName(), error.getMessage());
	}

	private boolean comesBack(Throwable error) {
		Class<?> type = error.getClass();
		if (type.isHidden() || type.isSynthetic() || type.isAnonymousClass() || !this.allowed.allows(type.getName())
				|| keepsMore(type)) {
			return false;
		}
		try {
			return Objects.equals(make(type, error.getMessage()).getMessage(), error.getMessage());
		}
		catch (DeniedTypeException ex) {
			return false;
		}
	}

	private static Throwable make(Class<?> type, @Nullable String message) {
		try {
			Constructor<?> constructor = type.getDeclaredConstructor(String.class);
			if (!Modifier.isAbstract(type.getModifiers()) && constructor.trySetAccessible()) {
				return (Throwable) constructor.newInstance(message);
			}
		}
		catch (NoSuchMethodException | InstantiationException | IllegalAccessException | InvocationTargetException ex) {
			// Its cause may quote the message.
		}
		throw DeniedTypeException.because("an error in the value can't be made of its message");
	}

	private Throwable read(Class<?> type, @Nullable String original, @Nullable String message) {
		for (StandIn<?> standIn : this.standIns) {
			if (standIn.type() == type) {
				if (original == null) {
					throw DeniedTypeException.because("an error in the value does not tell its class");
				}
				return standIn.factory().apply(original, message);
			}
		}
		if (keepsMore(type)) {
			throw DeniedTypeException.because("an error in the value is more than its message");
		}
		return make(type, message);
	}

	/** Writes errors of any class. */
	final class Writer extends StdSerializer<Throwable> {

		Writer() {
			super(Throwable.class);
		}

		@Override
		public void serialize(Throwable value, JsonGenerator generator, SerializationContext context) {
			generator.writeStartObject();
			writeProperties(shown(value), generator);
			generator.writeEndObject();
		}

		@Override
		public void serializeWithType(Throwable value, JsonGenerator generator, SerializationContext context,
				TypeSerializer types) {
			Throwable shown = shown(value);
			WritableTypeId id = types.writeTypePrefix(generator, context, types.typeId(shown, JsonToken.START_OBJECT));
			writeProperties(shown, generator);
			types.writeTypeSuffix(generator, context, id);
		}

		private static void writeProperties(Throwable shown, JsonGenerator generator) {
			if (shown instanceof StoredThrowable stored) {
				generator.writeStringProperty(ORIGINAL, stored.getOriginalClassName());
			}
			generator.writeStringProperty(MESSAGE, shown.getMessage());
		}

	}

	/** Reads errors of one class. */
	final class Reader extends StdDeserializer<Throwable> {

		Reader(Class<?> type) {
			super(type);
		}

		@Override
		public Throwable deserialize(JsonParser parser, DeserializationContext context) {
			String original = null;
			String message = null;
			if (parser.hasToken(JsonToken.START_OBJECT)) {
				parser.nextToken();
			}
			for (; parser.hasToken(JsonToken.PROPERTY_NAME); parser.nextToken()) {
				String name = parser.currentName();
				JsonToken token = parser.nextToken();
				if (MESSAGE.equals(name)) {
					message = text(parser, token);
				}
				else if (ORIGINAL.equals(name)) {
					original = text(parser, token);
				}
				else {
					parser.skipChildren();
				}
			}
			if (!parser.hasToken(JsonToken.END_OBJECT)) {
				throw DeniedTypeException.because("an error in the value is not an object");
			}
			return read(handledType(), original, message);
		}

		private static @Nullable String text(JsonParser parser, JsonToken token) {
			return switch (token) {
				case VALUE_STRING -> parser.getString();
				case VALUE_NULL -> null;
				default -> throw DeniedTypeException.because("an error in the value has a message that is no text");
			};
		}

	}

}
