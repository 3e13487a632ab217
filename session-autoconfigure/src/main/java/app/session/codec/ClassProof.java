package app.session.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.type.TypeFactory;

import org.springframework.util.ClassUtils;

/**
 * Says whether the classes in a value are known to come back, so that the value need not
 * be tried.
 * <p>
 * One value that came back speaks for others of its class only as far as the class
 * decides what is written. So a value passes without a trial if every object in it is of
 * the class its place declares, and that class has been tried: for a bean, its properties
 * of a closed type (text, numbers, dates, enums) are covered by the trial of the class,
 * and the others are walked each time, as are the elements of collections, maps,
 * optionals and arrays. What is in a place that leaves the class open ({@code Object}, an
 * interface) is tried each time. The walk costs a fraction of the writing, a trial about
 * three times as much.
 */
final class ClassProof {

	private final Shapes shapes;

	/** The beans that a trial of the value will prove. */
	private final List<Shape> met = new ArrayList<>();

	ClassProof(Shapes shapes) {
		this.shapes = shapes;
	}

	/**
	 * Remembers that the value came back.
	 */
	void succeed() {
		for (Shape shape : this.met) {
			shape.proven = true;
		}
	}

	/**
	 * Whether a value certainly comes back.
	 * @param value the value
	 * @param declared the type it is read as
	 * @return {@code false} if it must be tried
	 * @throws NotStorableException if it certainly does not
	 */
	boolean covers(Object value, JavaType declared) {
		return covers(value, declared, 0);
	}

	private boolean covers(@Nullable Object value, JavaType declared, int depth) {
		if (value == null) {
			return true;
		}
		if (depth > ReadType.MAX_DEPTH) {
			throw new NotStorableException("it is nested too deep, or contains itself");
		}
		Shape shape = this.shapes.of(value.getClass());
		return switch (shape.kind) {
			case REFUSED -> throw new NotStorableException(String.valueOf(shape.refusal));
			case FORM -> coversForm(value, shape, depth);
			case OPAQUE -> false;
			case LEAF ->
				ClassUtils.resolvePrimitiveIfNecessary(declared.getRawClass()) == KnownTypes.readable(value.getClass());
			case CONTAINER -> coversContainer(value, declared, depth);
			case BEAN -> coversBean(value, shape, declared, depth);
		};
	}

	/** What is in it is looked at, but it is tried all the same. */
	private boolean coversForm(Object value, Shape shape, int depth) {
		covers(Objects.requireNonNull(shape.form).of(value), TypeFactory.unknownType(), depth + 1);
		return false;
	}

	private boolean coversContainer(Object value, JavaType declared, int depth) {
		if (value instanceof Collection<?> collection) {
			return coversAll(collection, declared.isCollectionLikeType() ? declared.getContentType() : null, depth);
		}
		if (value instanceof Map<?, ?> map) {
			JavaType keys = declared.isMapLikeType() ? declared.getKeyType() : null;
			JavaType values = declared.isMapLikeType() ? declared.getContentType() : null;
			// A key that is a bean is written as its toString.
			boolean plain = keys != null && (this.shapes.isClosed(keys) || map.isEmpty());
			boolean keysCovered = coversAll(map.keySet(), keys, depth);
			boolean valuesCovered = coversAll(map.values(), values, depth);
			return plain && keysCovered && valuesCovered;
		}
		if (value instanceof Optional<?> optional) {
			return coversAll(optional.stream().toList(),
					declared.isReferenceType() ? declared.getReferencedType() : null, depth);
		}
		if (value instanceof Object[] array) {
			return coversAll(Arrays.asList(array), declared.isArrayType() ? declared.getContentType() : null, depth);
		}
		return declared.hasRawClass(value.getClass());
	}

	private boolean coversAll(Collection<?> values, @Nullable JavaType declared, int depth) {
		boolean covered = declared != null;
		JavaType type = (declared != null) ? declared : TypeFactory.unknownType();
		for (Object value : values) {
			covered &= covers(value, type, depth + 1);
		}
		return covered;
	}

	private boolean coversBean(Object value, Shape shape, JavaType declared, int depth) {
		boolean covered = shape.proven;
		boolean asDeclared = declared.hasRawClass(shape.type);
		if (!covered && asDeclared && shape.provable) {
			this.met.add(shape);
		}
		for (Shape.Property property : shape.properties) {
			if (!property.closed()) {
				covered &= coversProperty(property, value, depth);
			}
		}
		return covered && asDeclared;
	}

	private boolean coversProperty(Shape.Property property, Object bean, int depth) {
		try {
			return covers(get(property, bean), property.writer().getType(), depth + 1);
		}
		catch (NotStorableException ex) {
			// The outermost property is the one that the attribute's owner knows.
			throw new NotStorableException(ex.reason(), property.writer().getName(), ex.getCause());
		}
	}

	static @Nullable Object get(Shape.Property property, Object bean) {
		try {
			return property.writer().get(bean);
		}
		catch (Exception ex) {
			throw new NotStorableException("its property '" + property.writer().getName() + "' can't be read",
					property.writer().getName(), ex);
		}
	}

}
