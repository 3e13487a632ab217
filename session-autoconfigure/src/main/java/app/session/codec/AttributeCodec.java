package app.session.codec;

import java.io.Serializable;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

import app.session.AttributeNotStorableException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.ClassUtils;

/**
 * Attributes to bytes and back. What sessions mostly hold (text, numbers, flags, bytes)
 * is written raw and keeps its type; anything else is JSON. Whoever sets a value without
 * telling its type uses {@link #encodeObject}, whose JSON names its classes. Safe for use
 * by several threads.
 */
public final class AttributeCodec {

	private final JsonCodec json;

	private final Shapes shapes;

	private final Proof proof;

	private final BeanView beans;

	private final TypedJson typed;

	/**
	 * Creates a codec that allows no class in a value without a declared type but those
	 * of {@link AllowedTypes#builtIn()}.
	 * @param mapper what JSON is made with: built from {@link #mapperBuilder()}, so that
	 * nothing is lost
	 */
	public AttributeCodec(JsonMapper mapper) {
		this(mapper, new TypedJson(TypedJson.mapperBuilder(), AllowedTypes.builtIn()));
	}

	/**
	 * Creates a codec.
	 * @param mapper what JSON is made with: built from {@link #mapperBuilder()}, so that
	 * nothing is lost
	 * @param typed what values without a declared type are made with
	 */
	public AttributeCodec(JsonMapper mapper, TypedJson typed) {
		this.typed = typed;
		this.json = new JsonCodec(mapper);
		this.shapes = new Shapes(mapper);
		this.proof = Proof.declared(mapper, this.json, this.shapes);
		this.beans = new BeanView(mapper, this.json, this.shapes, this.proof, this);
	}

	/**
	 * The settings under which JSON keeps what it is given. Modules can be added.
	 * @return a new builder
	 */
	public static JsonMapper.Builder mapperBuilder() {
		return JsonCodec.mapperBuilder();
	}

	/**
	 * Encodes a value, and makes sure that it can be read back.
	 * @param name the attribute, for the error
	 * @param value the value
	 * @return its bytes
	 * @throws AttributeNotStorableException if it would not come back as it went
	 */
	public EncodedValue encode(String name, Object value) {
		return encode(name, value, Tag.JSON, this.proof::write);
	}

	/**
	 * Encodes a value that will be read without telling its type, and makes sure that it
	 * comes back as an equal object of its own class. Of collections the class may be
	 * another: a {@link java.util.HashMap} and a {@link java.util.HashSet} come back as
	 * their linked form, {@link java.util.Arrays#asList} as an
	 * {@link java.util.ArrayList}, and what can't be changed
	 * ({@link java.util.List#of()}, {@link java.util.Collections#emptyMap()}) as another
	 * that can't. In a collection or map that is not a bean's property, map keys are text
	 * or those of an {@link java.util.EnumMap}.
	 * @param name the attribute, for the error
	 * @param value the value
	 * @return its bytes, for text, numbers, flags and {@code byte[]} those of
	 * {@link #encode}
	 * @throws AttributeNotStorableException if it would not come back as it went, or
	 * holds an object of a class that is not allowed: the message names the class
	 */
	public EncodedValue encodeObject(String name, Object value) {
		return encode(name, value, Tag.TYPED, this.typed::write);
	}

	private static EncodedValue encode(String name, Object value, Tag tag, Function<Object, byte[]> writer) {
		EncodedValue raw = RawCodec.write(name, value);
		if (raw != null) {
			return raw;
		}
		try {
			return RawCodec.writeBytes(tag, writer.apply(value));
		}
		catch (NotStorableException ex) {
			throw new AttributeNotStorableException(name, ex.reason(), ex.getCause());
		}
	}

	/**
	 * Encodes what an object has become, in the form in which it was encoded before.
	 * @param before its former bytes
	 * @param name the attribute, for the error
	 * @param value the object
	 * @return its bytes, comparable with the former
	 * @throws AttributeNotStorableException if it would not come back as it went
	 */
	public EncodedValue encodeLike(EncodedValue before, String name, Object value) {
		return (Tag.of(before.tagCode()) == Tag.TYPED) ? encodeObject(name, value) : encode(name, value);
	}

	/**
	 * Encodes a counter.
	 * @param value the number
	 * @return its bytes, those of a {@link Long}
	 */
	public EncodedValue encodeLong(long value) {
		return RawCodec.writeInteger(Tag.LONG, value);
	}

	/**
	 * Reads a counter.
	 * @param value the bytes
	 * @return the number, or {@code null} if it was not a {@link Long}, {@link Integer},
	 * {@link Short} or {@link Byte} that was encoded
	 */
	public @Nullable Long asLong(EncodedValue value) {
		Tag tag = Tag.of(value.tagCode());
		if (tag == null || !tag.integer) {
			return null;
		}
		try {
			return ((Number) RawCodec.read(tag, value)).longValue();
		}
		catch (UnreadableValueException ex) {
			return null;
		}
	}

	/**
	 * Decodes a value. A number is converted if nothing is lost by it.
	 * @param <T> the type
	 * @param value the bytes
	 * @param type the type to read it as; a primitive one is the same as its box
	 * @return a new value, {@code null} if that was the value's JSON
	 * @throws UnreadableValueException if it is not of this type
	 */
	@SuppressWarnings("unchecked")
	public <T> @Nullable T decode(EncodedValue value, Type type) {
		Class<?> target = target(type);
		if (tag(value) == Tag.JSON && !isNatural(target)) {
			return (T) this.json.read(value, (type instanceof Class<?>) ? target : type);
		}
		Object natural = decodeNatural(value);
		if (natural == null || target.isInstance(natural)) {
			return (T) natural;
		}
		Object converted = (natural instanceof Number number && Numbers.isTarget(target))
				? Numbers.convert(number, target) : null;
		if (converted == null) {
			throw new UnreadableValueException("A value stored as " + natural.getClass().getSimpleName()
					+ " can't be read as " + type.getTypeName());
		}
		return (T) converted;
	}

	private static boolean isNatural(Class<?> target) {
		return target == Object.class || target == Number.class || target == Comparable.class
				|| target == Serializable.class || Numbers.isTarget(target);
	}

	private static Class<?> target(Type type) {
		if (type instanceof Class<?> c) {
			return ClassUtils.resolvePrimitiveIfNecessary(c);
		}
		return (type instanceof ParameterizedType generic) ? (Class<?>) generic.getRawType() : Type.class;
	}

	/**
	 * Decodes a value without knowing its type.
	 * @param value the bytes
	 * @return what was encoded, if it was written raw or by {@link #encodeObject};
	 * otherwise what JSON tells: a map, a list, text, a flag, a number (with a point a
	 * {@link java.math.BigDecimal}) or {@code null}
	 * @throws UnreadableValueException if it is not a value, or holds a class that is not
	 * allowed any more
	 */
	public @Nullable Object decodeNatural(EncodedValue value) {
		Tag tag = tag(value);
		return switch (tag) {
			case JSON -> this.json.read(value, Object.class);
			case TYPED -> this.typed.read(value);
			default -> RawCodec.read(tag, value);
		};
	}

	/**
	 * Reads JSON of another application that names its classes as Jackson's default
	 * typing does, under {@code @class}. Only classes are made that
	 * {@link #decodeNatural} would make.
	 * @param json the JSON, not written to any more
	 * @return a new object, or {@code null} if that was the JSON
	 * @throws UnreadableValueException if it is none, or holds a class that is not
	 * allowed
	 */
	public @Nullable Object decodeTyped(byte[] json) {
		return this.typed.read(RawCodec.writeBytes(Tag.TYPED, json));
	}

	private static Tag tag(EncodedValue value) {
		Tag tag = Tag.of(value.tagCode());
		if (tag == null) {
			throw new UnreadableValueException("The value is stored in an unknown form");
		}
		return tag;
	}

	/**
	 * Whether an object that was decoded could be changed by who holds it, so that it has
	 * to be compared with its stored form at the end of the request.
	 * @param decoded the object
	 * @return {@code false} only if it certainly can't
	 */
	public boolean canChangeInPlace(Object decoded) {
		return !this.shapes.isImmutable(decoded.getClass());
	}

	/**
	 * All attributes as one object of a user's own. Attributes it has no property for are
	 * ignored; properties keep their default if there is no attribute for them, or one
	 * that can't be read as their type.
	 * @param <T> the type
	 * @param attributes the attributes
	 * @param type a bean, a record or a map
	 * @return a new object
	 * @throws UnreadableValueException if the type can't be made of attributes at all
	 */
	public <T> T toBean(Map<String, EncodedValue> attributes, Class<T> type) {
		return toBean(attributes, type, (name) -> {
		});
	}

	/**
	 * As {@link #toBean(Map, Class)}, and says which attributes can't be read.
	 * @param <T> the type
	 * @param attributes the attributes
	 * @param type a bean, a record or a map
	 * @param unreadable is told the name of each attribute that can't be read as the type
	 * of its property
	 * @return a new object
	 * @throws UnreadableValueException if the type can't be made of attributes at all
	 */
	public <T> T toBean(Map<String, EncodedValue> attributes, Class<T> type, Consumer<String> unreadable) {
		return this.beans.toBean(attributes, type, unreadable);
	}

	/**
	 * An object of a user's own as attributes: one for each property that is not
	 * {@code null}.
	 * @param beanOrRecordOrMap the object; a map has strings as keys
	 * @return the attributes by name, in the object's order
	 * @throws AttributeNotStorableException if a property, which it names, can't be
	 * stored
	 */
	public Map<String, EncodedValue> fromBean(Object beanOrRecordOrMap) {
		return this.beans.fromBean(beanOrRecordOrMap);
	}

}
