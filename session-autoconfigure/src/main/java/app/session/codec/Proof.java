package app.session.codec;

import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.DeserializationProblemHandler;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes values as JSON, and lets none pass that would not come back as it went. What
 * {@link ClassProof} does not vouch for is read back and compared.
 */
final class Proof {

	private final JsonCodec json;

	private final Shapes shapes;

	private final Function<Object, JavaType> types;

	/** What everything is read as, if that is not its own type. */
	private final @Nullable JavaType readAs;

	private final Computed computed = new Computed();

	private final Written written = new Written();

	private Proof(JsonCodec json, Shapes shapes, Function<Object, JavaType> types, @Nullable JavaType readAs) {
		this.json = json;
		this.shapes = shapes;
		this.types = types;
		this.readAs = readAs;
	}

	/**
	 * For JSON that is read as a type that whoever reads it knows.
	 */
	static Proof declared(JsonMapper mapper, JsonCodec json, Shapes shapes) {
		return new Proof(json, shapes, new ReadType(mapper, shapes)::of, null);
	}

	/**
	 * For JSON that tells its classes itself.
	 */
	static Proof typed(JsonMapper mapper, JsonCodec json, Shapes shapes) {
		return new Proof(json, shapes, (value) -> mapper.constructType(value.getClass()),
				mapper.constructType(Object.class));
	}

	/**
	 * Writes a value.
	 * @param value the value
	 * @return its JSON
	 * @throws NotStorableException if it would not come back
	 */
	byte[] write(Object value) {
		Shape shape = this.shapes.of(value.getClass());
		if (shape.kind == Shape.Kind.REFUSED) {
			throw new NotStorableException(String.valueOf(shape.refusal));
		}
		// Written first: this finds cycles, so that the walks after it need not.
		byte[] written = this.json.write(value);
		JavaType type = this.types.apply(value);
		ClassProof proof = new ClassProof(this.shapes);
		boolean covered = proof.covers(value, type);
		if (this.readAs != null) {
			// Tried each time: what is read is limited, so that its class does not speak
			// for a value.
			SameValue.strict(this.shapes, this.json)
				.require(value, this.json.readBack(written, this.readAs, this.computed));
		}
		else if (!covered) {
			new SameValue(this.shapes, this.json).require(value, this.json.readBack(written, type, this.computed));
			proof.succeed();
		}
		return written;
	}

	/**
	 * Passes over the properties that a class computes, and no others.
	 */
	DeserializationProblemHandler onlyComputed() {
		return this.written;
	}

	/**
	 * The same when a value is read that an earlier form of its class may have written.
	 */
	private final class Written extends DeserializationProblemHandler {

		@Override
		public boolean handleUnknownProperty(DeserializationContext context, JsonParser parser,
				@Nullable ValueDeserializer<?> deserializer, Object beanOrClass, String name) {
			Class<?> type = (beanOrClass instanceof Class<?> known) ? known : beanOrClass.getClass();
			if (Proof.this.shapes.of(type).properties.stream()
				.noneMatch((property) -> property.writer().getName().equals(name))) {
				return false;
			}
			parser.skipChildren();
			return true;
		}

	}

	/**
	 * A property that can't be read is no loss if no field has its name: then a getter
	 * computes it from the others.
	 */
	private final class Computed extends DeserializationProblemHandler {

		@Override
		public boolean handleUnknownProperty(DeserializationContext context, JsonParser parser,
				@Nullable ValueDeserializer<?> deserializer, Object beanOrClass, String name) {
			Class<?> type = (beanOrClass instanceof Class<?> known) ? known : beanOrClass.getClass();
			Shape shape = Proof.this.shapes.of(type);
			if (shape.kind != Shape.Kind.BEAN
					|| shape.fields.stream().anyMatch((field) -> Shapes.isNamedAfter(field, Set.of(name)))) {
				return false;
			}
			shape.computed.add(name);
			parser.skipChildren();
			return true;
		}

	}

}
