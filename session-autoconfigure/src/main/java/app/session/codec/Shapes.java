package app.session.codec;

import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.ClassIntrospector;
import tools.jackson.databind.ser.BeanPropertyWriter;

/**
 * Looks at each class once and remembers the result with the class, so that a class
 * loader that goes takes it along.
 */
final class Shapes {

	/** Annotations that leave the form of every value as it is. */
	private static final Set<String> HARMLESS = Set.of("JsonProperty", "JsonAlias", "JsonGetter", "JsonSetter",
			"JsonCreator", "JsonPropertyOrder", "JsonIgnore", "JsonAutoDetect", "JsonRootName",
			"JsonPropertyDescription", "JsonClassDescription");

	private static final Set<Class<?>> LEAF_ARRAY_COMPONENTS = Set.of(String.class, byte[].class);

	private final JsonMapper mapper;

	private final ClassValue<Boolean> immutable = new ClassValue<>() {

		@Override
		protected Boolean computeValue(Class<?> type) {
			return isImmutable(type, new HashSet<>());
		}

	};

	private final ClassValue<Shape> shapes = new ClassValue<>() {

		@Override
		protected Shape computeValue(Class<?> type) {
			return look(type);
		}

	};

	Shapes(JsonMapper mapper) {
		this.mapper = mapper;
	}

	Shape of(Class<?> type) {
		return this.shapes.get(type);
	}

	/**
	 * Whether no value of a class can change: known classes, enums, and records of such.
	 * @param type the class
	 * @return {@code true} if it is certain
	 */
	boolean isImmutable(Class<?> type) {
		return this.immutable.get(type);
	}

	private static boolean isImmutable(Class<?> type, Set<Class<?>> seen) {
		if (!type.isRecord()) {
			return KnownTypes.isImmutable(type);
		}
		// A record that contains its own class is as good as its other components.
		return !seen.add(type) || Stream.of(type.getRecordComponents())
			.allMatch((component) -> isImmutable(component.getType(), seen));
	}

	private Shape look(Class<?> type) {
		if (KnownTypes.isLeaf(type)) {
			return Shape.of(type, Shape.Kind.LEAF);
		}
		if (KnownTypes.isRefused(type)) {
			return Shape.refused(type, type.getName() + " is not a value");
		}
		if (type.isSynthetic() || type.isHidden()) {
			return Shape.refused(type, "a lambda or a generated class is not a value");
		}
		if (Enum.class.isAssignableFrom(type)) {
			return lookAtEnum(type);
		}
		if (!KnownTypes.isJdk(type)) {
			RecordForm<?, ?> form = collect(this.mapper.constructType(type)).form;
			if (form != null) {
				return Shape.form(type, form);
			}
		}
		if (KnownTypes.isContainer(type)) {
			return lookAtContainer(type);
		}
		if (KnownTypes.isJdk(type) || Throwable.class.isAssignableFrom(type)) {
			return Shape.of(type, Shape.Kind.OPAQUE);
		}
		if (type.isAnonymousClass() || type.isLocalClass() && !type.isRecord() && hasOuterInstance(type)
				|| type.isMemberClass() && !Modifier.isStatic(type.getModifiers())) {
			return Shape.refused(type,
					type.getName() + " is an inner class, which can't be made without the object around it");
		}
		return lookAtBean(type);
	}

	private static boolean hasOuterInstance(Class<?> type) {
		return Stream.of(type.getDeclaredFields()).anyMatch(Field::isSynthetic);
	}

	private Shape lookAtEnum(Class<?> type) {
		Class<?> declaring = KnownTypes.readable(type);
		try {
			for (Object constant : declaring.getEnumConstants()) {
				byte[] json = this.mapper.writerFor(declaring).writeValueAsBytes(constant);
				if (this.mapper.readValue(json, declaring) != constant) {
					return Shape.refused(type, "the constants of " + declaring.getName() + " don't come back");
				}
			}
		}
		catch (JacksonException ex) {
			return Shape.refused(type, "the constants of " + declaring.getName() + " don't come back");
		}
		return Shape.of(type, Shape.Kind.LEAF);
	}

	/**
	 * A container is written as its elements, so a user's own class of one loses its
	 * fields.
	 */
	private static Shape lookAtContainer(Class<?> type) {
		Class<?> base = KnownTypes.jdkBase(type);
		if (!type.isArray() && base != null && !Modifier.isAbstract(base.getModifiers()) && base != Object.class) {
			for (Class<?> own = type; own != base; own = own.getSuperclass()) {
				for (Field field : own.getDeclaredFields()) {
					if (isState(field)) {
						return Shape.refused(type, type.getName() + " is written as its elements, without its field '"
								+ field.getName() + "': use a record or a bean that holds the collection");
					}
				}
			}
		}
		return Shape.of(type, Shape.Kind.CONTAINER);
	}

	private Shape lookAtBean(Class<?> type) {
		JavaType javaType = this.mapper.constructType(type);
		List<BeanPropertyWriter> writers = collect(javaType).writers;
		ClassIntrospector introspector = this.mapper.serializationConfig().classIntrospectorInstance();
		AnnotatedClass annotated = introspector.introspectClassAnnotations(javaType);
		BeanDescription description = introspector.introspectForSerialization(javaType, annotated);
		if (writers == null || description.findJsonValueAccessor() != null || description.findAnyGetter() != null
				|| !writers.stream()
					.allMatch((writer) -> writer.getMember().getDeclaringClass().isAssignableFrom(type))) {
			return Shape.of(type, Shape.Kind.OPAQUE);
		}
		List<Field> fields = new ArrayList<>();
		for (Class<?> own = type; own != null && !KnownTypes.isJdk(own); own = own.getSuperclass()) {
			for (Field field : own.getDeclaredFields()) {
				if (!isState(field) || isIgnored(field, description)) {
					continue;
				}
				if (!type.isRecord() && !isProperty(field, description) && !isMixedInto(own)) {
					return Shape.refused(type, "the field '" + field.getName() + "' of " + type.getName()
							+ " would be lost: give it a getter and a setter, or mark it transient or @JsonIgnore");
				}
				try {
					field.setAccessible(true);
				}
				catch (InaccessibleObjectException ex) {
					return Shape.of(type, Shape.Kind.OPAQUE);
				}
				fields.add(field);
			}
		}
		boolean plain = !isMixedInto(type) && annotated.annotations().allMatch(Shapes::isHarmless)
				&& writers.stream().allMatch(Shapes::isPlain);
		return Shape.bean(type,
				writers.stream().map((writer) -> new Shape.Property(writer, isClosed(writer.getType()))).toList(),
				fields, plain);
	}

	/**
	 * Whether somebody has described a class of others: then a field may be restored
	 * without being a property, so every value is tried.
	 */
	private boolean isMixedInto(Class<?> type) {
		return this.mapper.deserializationConfig().findMixInClassFor(type) != null;
	}

	private PropertyCollector collect(JavaType type) {
		PropertyCollector collector = new PropertyCollector(type);
		try {
			this.mapper.acceptJsonFormatVisitor(type, collector);
		}
		catch (JacksonException ex) {
			// It will fail again when a value is written, with a message for that value.
			collector.writers = null;
		}
		return collector;
	}

	static boolean isState(Field field) {
		return (field.getModifiers() & (Modifier.STATIC | Modifier.TRANSIENT)) == 0 && !field.isSynthetic()
				&& field.getName().indexOf('$') < 0;
	}

	private static boolean isIgnored(Field field, BeanDescription description) {
		return description.getIgnoredPropertyNames().contains(field.getName());
	}

	private static boolean isProperty(Field field, BeanDescription description) {
		return isNamedAfter(field,
				description.findProperties()
					.stream()
					.flatMap((property) -> Stream.of(property.getName(), property.getInternalName()))
					.collect(Collectors.toSet()));
	}

	/**
	 * Whether a field is that of a property, under one of the usual names.
	 * @param field the field
	 * @param properties the names of properties
	 * @return {@code true} if it is one of theirs
	 */
	static boolean isNamedAfter(Field field, Set<String> properties) {
		String name = field.getName().toLowerCase(Locale.ROOT);
		String bare = name.replaceFirst("^(_|m_|is)", "");
		return properties.stream()
			.map((property) -> property.toLowerCase(Locale.ROOT))
			.anyMatch((property) -> property.equals(name) || property.equals(bare));
	}

	static boolean isPlain(BeanPropertyWriter writer) {
		return !writer.willSuppressNulls() && !writer.isUnwrapping() && writer.getTypeSerializer() == null
				&& writer.getMember().annotations().allMatch(Shapes::isHarmless);
	}

	private static boolean isHarmless(java.lang.annotation.Annotation annotation) {
		Class<?> type = annotation.annotationType();
		return !type.getName().contains("jackson") || HARMLESS.contains(type.getSimpleName());
	}

	/**
	 * Whether a declared type leaves its values no choice: their class is this one, and
	 * it always comes back.
	 */
	boolean isClosed(JavaType declared) {
		Class<?> type = declared.getRawClass();
		if (type.isArray()) {
			return type.getComponentType().isPrimitive() || LEAF_ARRAY_COMPONENTS.contains(type.getComponentType());
		}
		return KnownTypes.isLeaf(type) || type.isEnum() && of(type).kind == Shape.Kind.LEAF;
	}

}
