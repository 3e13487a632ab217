package app.session.codec;

import java.util.function.Function;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.type.WritableTypeId;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.jsonFormatVisitors.JsonFormatVisitorWrapper;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;
import tools.jackson.databind.util.NameTransformer;

/**
 * A class of others that Jackson can't make again, in typed JSON: under its own name, but
 * with the properties of a record that holds what is to come back. What is in a component
 * that declares no final class names its class, as anywhere in typed JSON.
 *
 * @param <T> the class
 * @param <R> the record
 */
public final class RecordForm<T, R extends Record> {

	private final Class<T> type;

	private final Class<R> form;

	private final Function<T, R> writing;

	private final Function<R, T> reading;

	/**
	 * Creates a form.
	 * @param type the class, and none below it
	 * @param form the record
	 * @param writing makes the record of an object
	 * @param reading makes an object of the record, all of whose components may be
	 * {@code null}: the value may have been written by anybody
	 */
	public RecordForm(Class<T> type, Class<R> form, Function<T, R> writing, Function<R, T> reading) {
		this.type = type;
		this.form = form;
		this.writing = writing;
		this.reading = reading;
	}

	/**
	 * Adds the form to a module.
	 * @param module the module
	 */
	public void addTo(SimpleModule module) {
		module.addSerializer(this.type, new Writer()).addDeserializer(this.type, new Reader());
	}

	Record of(Object value) {
		return this.writing.apply(this.type.cast(value));
	}

	/** Writes the record's properties. */
	private final class Writer extends StdSerializer<T> {

		Writer() {
			super(RecordForm.this.type);
		}

		@Override
		public void serialize(T value, JsonGenerator generator, SerializationContext context) {
			generator.writeStartObject();
			writeProperties(value, generator, context);
			generator.writeEndObject();
		}

		@Override
		public void serializeWithType(T value, JsonGenerator generator, SerializationContext context,
				TypeSerializer types) {
			WritableTypeId id = types.writeTypePrefix(generator, context, types.typeId(value, JsonToken.START_OBJECT));
			writeProperties(value, generator, context);
			types.writeTypeSuffix(generator, context, id);
		}

		@Override
		public void acceptJsonFormatVisitor(JsonFormatVisitorWrapper visitor, JavaType visited) {
			if (visitor instanceof PropertyCollector collector) {
				collector.form = RecordForm.this;
			}
		}

		private void writeProperties(T value, JsonGenerator generator, SerializationContext context) {
			context.findValueSerializer(RecordForm.this.form)
				.unwrappingSerializer(NameTransformer.NOP)
				.serialize(RecordForm.this.writing.apply(value), generator, context);
		}

	}

	/** Reads the record. */
	private final class Reader extends StdDeserializer<T> {

		Reader() {
			super(RecordForm.this.type);
		}

		@Override
		public T deserialize(JsonParser parser, DeserializationContext context) {
			R form = context.readValue(parser, RecordForm.this.form);
			if (form == null) {
				throw DeniedTypeException.because("an object in the value is none");
			}
			return RecordForm.this.reading.apply(form);
		}

	}

}
