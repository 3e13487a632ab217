package app.session.codec;

import java.lang.reflect.Field;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ser.BeanPropertyWriter;

/**
 * What is known of a class once it has been looked at: how its values are proved to come
 * back. It refers to nothing but the class itself and Jackson's view of it, so that it
 * may live as long as the class does.
 */
final class Shape {

	/** How the values of a class are proved. */
	enum Kind {

		/** Comes back whatever its content: text, numbers, enums, most of java.time. */
		LEAF,

		/** A collection, map, optional or array: as good as what is in it. */
		CONTAINER,

		/** A bean or record that is written property by property. */
		BEAN,

		/** As good as the record that is written for it. */
		FORM,

		/** Anything else: each value is decoded and compared. */
		OPAQUE,

		/** Never stored. */
		REFUSED

	}

	/**
	 * A property of a bean.
	 *
	 * @param writer Jackson's access to it
	 * @param closed whether its declared type says all there is to know of its values
	 */
	record Property(BeanPropertyWriter writer, boolean closed) {
	}

	final Class<?> type;

	final Kind kind;

	/** What a value is read back as; a container's is found value by value. */
	volatile @Nullable JavaType readType;

	/** Why not, for {@link Kind#REFUSED}. */
	final @Nullable String refusal;

	/** What is written, for {@link Kind#FORM}. */
	final @Nullable RecordForm<?, ?> form;

	final List<Property> properties;

	/** The fields that have to come back, for {@link Kind#BEAN}. */
	final List<Field> fields;

	/**
	 * Whether one value that came back speaks for all: not if an annotation may write
	 * another value otherwise, or leave it out.
	 */
	final boolean provable;

	/** The properties that are written and never read, because a getter computes them. */
	final Set<String> computed = ConcurrentHashMap.newKeySet();

	/** Set once a value of this class has come back. */
	volatile boolean proven;

	/** The properties that a new object has a value in, once somebody asked. */
	volatile @Nullable Set<String> defaults;

	private Shape(Class<?> type, Kind kind, @Nullable String refusal, @Nullable RecordForm<?, ?> form,
			List<Property> properties, List<Field> fields, boolean provable) {
		this.type = type;
		this.kind = kind;
		this.refusal = refusal;
		this.form = form;
		this.properties = properties;
		this.fields = fields;
		this.provable = provable;
	}

	static Shape of(Class<?> type, Kind kind) {
		return new Shape(type, kind, null, null, List.of(), List.of(), false);
	}

	static Shape form(Class<?> type, RecordForm<?, ?> form) {
		return new Shape(type, Kind.FORM, null, form, List.of(), List.of(), false);
	}

	static Shape refused(Class<?> type, String reason) {
		return new Shape(type, Kind.REFUSED, reason, null, List.of(), List.of(), false);
	}

	static Shape bean(Class<?> type, List<Property> properties, List<Field> fields, boolean provable) {
		return new Shape(type, Kind.BEAN, null, null, properties, fields, provable);
	}

}
