package app.session.codec;

import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.TypeFactory;

/**
 * The type under which a value can come back: of a list, say, whose elements are all of
 * one class, a list of that class, as its reader will ask for. JSON does not say what an
 * element was, so elements of several classes come back only if JSON has kinds of its own
 * for them: text, numbers, flags, and lists and maps of such.
 */
final class ReadType {

	/** As deep as Jackson goes. */
	static final int MAX_DEPTH = 500;

	private static final Set<Class<?>> NATURAL = Set.of(String.class, Boolean.class, Object.class);

	private final Shapes shapes;

	private final TypeFactory types;

	private final JavaType natural;

	/** The type of no value: an empty list is a list of it. */
	private final JavaType nothing;

	ReadType(JsonMapper mapper, Shapes shapes) {
		this.shapes = shapes;
		this.types = mapper.getTypeFactory();
		this.natural = this.types.constructType(Object.class);
		this.nothing = this.types.constructType(Void.class);
	}

	/**
	 * The type of a value.
	 * @param value the value
	 * @return its type
	 * @throws NotStorableException if there is none
	 */
	JavaType of(Object value) {
		return of(value, 0);
	}

	private JavaType of(@Nullable Object value, int depth) {
		if (value == null) {
			return this.nothing;
		}
		if (depth > MAX_DEPTH) {
			throw new NotStorableException("it is nested too deep, or contains itself");
		}
		Class<?> type = value.getClass();
		if (value instanceof Collection<?> collection) {
			return parametric(type, join(collection, depth));
		}
		if (value instanceof Map<?, ?> map) {
			JavaType keys = join(map.keySet(), depth);
			JavaType values = join(map.values(), depth);
			return this.types.constructParametricType(Map.class,
					(keys == this.nothing) ? this.types.constructType(String.class) : keys, values);
		}
		if (value instanceof Optional<?> optional) {
			return parametric(type, of(optional.orElse(null), depth + 1));
		}
		if (value instanceof Object[] array && !Modifier.isFinal(type.getComponentType().getModifiers())
				&& type.getComponentType() != Object.class && !type.getComponentType().isEnum()) {
			JavaType content = join(Arrays.asList(array), depth);
			return (content == this.nothing) ? this.types.constructType(type) : this.types.constructArrayType(content);
		}
		return single(type);
	}

	private JavaType single(Class<?> type) {
		Shape shape = this.shapes.of(type);
		JavaType single = shape.readType;
		if (single == null) {
			single = this.types.constructType(KnownTypes.readable(type));
			shape.readType = single;
		}
		return single;
	}

	private JavaType parametric(Class<?> type, JavaType content) {
		return this.types.constructParametricType(KnownTypes.container(type), content);
	}

	private JavaType join(Collection<?> elements, int depth) {
		JavaType joined = this.nothing;
		Class<?> last = null;
		for (Object element : elements) {
			// Most collections are of one class that holds no others.
			if (element == null || element.getClass() == last) {
				continue;
			}
			joined = join(joined, of(element, depth + 1));
			last = KnownTypes.isContainer(element.getClass()) ? null : element.getClass();
		}
		return joined;
	}

	private JavaType join(JavaType a, JavaType b) {
		if (a.equals(b) || b == this.nothing) {
			return a;
		}
		if (a == this.nothing) {
			return b;
		}
		if (isNatural(a) && isNatural(b)) {
			return this.natural;
		}
		if (a.getRawClass() == b.getRawClass() && a.containedTypeCount() > 0) {
			JavaType[] joined = new JavaType[a.containedTypeCount()];
			for (int i = 0; i < joined.length; i++) {
				joined[i] = join(a.containedType(i), b.containedType(i));
			}
			return this.types.constructParametricType(a.getRawClass(), joined);
		}
		throw new NotStorableException("it holds values of different types, " + a.getRawClass().getName() + " and "
				+ b.getRawClass().getName() + ", which JSON does not tell apart: use a record or a bean");
	}

	private boolean isNatural(JavaType type) {
		Class<?> raw = type.getRawClass();
		if (raw == List.class) {
			return isNatural(type.getContentType());
		}
		if (raw == Map.class) {
			return type.getKeyType().hasRawClass(String.class) && isNatural(type.getContentType());
		}
		return type == this.nothing || NATURAL.contains(raw) || Numbers.isTarget(raw);
	}

}
