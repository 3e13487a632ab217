package app.session.codec;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.net.URL;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;

import org.jspecify.annotations.Nullable;

/**
 * Compares what went with what came back.
 * <p>
 * {@code equals} alone would not do: a bean may have none, an entity's looks at its id
 * only, and a record's fails on a {@code byte[]}. So beans and records are compared field
 * by field, whatever can't be read included, containers element by element, and the rest
 * by {@code equals} or, where a class has none, by their bytes. The one latitude: in a
 * place that declares no class a number may come back as another class with the same
 * value, because JSON knows one kind of number.
 */
final class SameValue {

	private final Shapes shapes;

	private final JsonCodec json;

	/** The pairs being compared further out, for beans that refer to each other. */
	private final Map<Object, Object> open = new IdentityHashMap<>();

	/** Where a difference was found: the outermost field, and the class that has it. */
	private @Nullable String difference;

	private @Nullable String property;

	/** Whether a number's class and a sorted container's order must come back. */
	private final boolean strict;

	SameValue(Shapes shapes, JsonCodec json) {
		this(shapes, json, false);
	}

	private SameValue(Shapes shapes, JsonCodec json, boolean strict) {
		this.shapes = shapes;
		this.json = json;
		this.strict = strict;
	}

	/**
	 * Without the latitude, for JSON that tells its classes.
	 */
	static SameValue strict(Shapes shapes, JsonCodec json) {
		return new SameValue(shapes, json, true);
	}

	/**
	 * Fails if a value is not as it was.
	 * @param before what went
	 * @param after what came back
	 * @throws NotStorableException if they differ
	 */
	void require(Object before, @Nullable Object after) {
		if (!same(before, after)) {
			String where = (this.difference != null) ? this.difference : before.getClass().getName();
			throw new NotStorableException(where + " would not come back as it went", this.property, null);
		}
	}

	private boolean same(@Nullable Object before, @Nullable Object after) {
		if (before == null || after == null) {
			return before == after;
		}
		if (this.strict && before instanceof Throwable) {
			// Another class may stand for its own: what counts is what is written.
			return after instanceof Throwable && sameJson(before, after);
		}
		return switch (this.shapes.of(before.getClass()).kind) {
			case LEAF -> this.strict ? before.equals(after) : sameLeaf(before, after);
			case CONTAINER -> sameContainer(before, after) && (!this.strict || sameOrder(before, after));
			case BEAN -> before.getClass() == after.getClass() && sameBean(before, after);
			case FORM -> before.getClass() == after.getClass() && same(form(before), form(after));
			case OPAQUE -> sameOpaque(before, after);
			case REFUSED -> false;
		};
	}

	private Object form(Object value) {
		return Objects.requireNonNull(this.shapes.of(value.getClass()).form).of(value);
	}

	private static boolean sameLeaf(Object before, Object after) {
		if (before.getClass() == after.getClass() || !(before instanceof Number) || !(after instanceof Number number)) {
			return before.equals(after);
		}
		return before.equals(Numbers.convert(number, before.getClass()));
	}

	private boolean sameOpaque(Object before, Object after) {
		if (before.getClass() != after.getClass()) {
			return false;
		}
		if (before instanceof URL url) {
			// Its equals asks a name server.
			return url.toExternalForm().equals(((URL) after).toExternalForm());
		}
		if (before.equals(after)) {
			return true;
		}
		return !definesEquals(before.getClass()) && sameJson(before, after);
	}

	private boolean sameJson(Object before, Object after) {
		return Arrays.equals(this.json.write(before), this.json.write(after));
	}

	private static boolean definesEquals(Class<?> type) {
		try {
			return type.getMethod("equals", Object.class).getDeclaringClass() != Object.class;
		}
		catch (NoSuchMethodException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private boolean sameContainer(Object before, Object after) {
		if (before instanceof Map<?, ?> map) {
			return after instanceof Map<?, ?> other && sameMap(map, other);
		}
		if (before instanceof Set<?> set) {
			return after instanceof Set<?> other && sameSet(set, other);
		}
		if (before instanceof Collection<?> collection) {
			return after instanceof Collection<?> other && !(other instanceof Set) && sameElements(collection, other);
		}
		if (before instanceof Optional<?> optional) {
			return after instanceof Optional<?> other && same(optional.orElse(null), other.orElse(null));
		}
		return sameArray(before, after);
	}

	private static boolean sameOrder(Object before, Object after) {
		if (before instanceof SortedMap<?, ?> map) {
			return after instanceof SortedMap<?, ?> other && sameOrder(map.comparator(), other.comparator());
		}
		return !(before instanceof SortedSet<?> set)
				|| after instanceof SortedSet<?> other && sameOrder(set.comparator(), other.comparator());
	}

	private static boolean sameOrder(@Nullable Comparator<?> before, @Nullable Comparator<?> after) {
		// A bean that makes its own gets another comparator of the same class.
		return (before == null || after == null) ? before == after : before.getClass() == after.getClass();
	}

	private boolean sameArray(Object before, Object after) {
		if (before.getClass() != after.getClass() || Array.getLength(before) != Array.getLength(after)) {
			return false;
		}
		if (before instanceof Object[] array) {
			return sameElements(Arrays.asList(array), Arrays.asList((Object[]) after));
		}
		return Arrays.deepEquals(new Object[] { before }, new Object[] { after });
	}

	private boolean sameElements(Collection<?> before, Collection<?> after) {
		if (before.size() != after.size()) {
			return false;
		}
		Iterator<?> others = after.iterator();
		for (Object element : before) {
			if (!same(element, others.next())) {
				return false;
			}
		}
		return true;
	}

	private boolean sameSet(Set<?> before, Set<?> after) {
		if (before.size() != after.size()) {
			return false;
		}
		List<Object> rest = new ArrayList<>();
		for (Object element : before) {
			if (element == null || this.shapes.of(element.getClass()).kind != Shape.Kind.LEAF) {
				rest.add(element);
			}
			else if (!after.contains(element)) {
				return false;
			}
		}
		List<Object> candidates = new ArrayList<>(rest.isEmpty() ? Set.of() : after);
		return rest.stream().allMatch((element) -> removeSame(element, candidates));
	}

	private boolean removeSame(@Nullable Object element, List<Object> candidates) {
		for (Iterator<Object> each = candidates.iterator(); each.hasNext();) {
			if (same(element, each.next())) {
				each.remove();
				return true;
			}
		}
		return false;
	}

	private boolean sameMap(Map<?, ?> before, Map<?, ?> after) {
		if (before.size() != after.size()) {
			return false;
		}
		for (Map.Entry<?, ?> entry : before.entrySet()) {
			if (!after.containsKey(entry.getKey())) {
				noteKey(entry.getKey());
				return false;
			}
			if (!same(entry.getValue(), after.get(entry.getKey()))) {
				return false;
			}
		}
		return true;
	}

	private void noteKey(@Nullable Object key) {
		if (key != null && !(key instanceof String) && this.difference == null) {
			this.difference = "a map whose keys are of " + key.getClass().getName()
					+ ", where no property of a bean or record declares that,";
		}
	}

	private boolean sameBean(Object before, Object after) {
		if (this.open.putIfAbsent(before, after) != null) {
			return this.open.get(before) == after;
		}
		try {
			for (Field field : this.shapes.of(before.getClass()).fields) {
				if (!same(field.get(before), field.get(after))) {
					this.property = field.getName();
					if (this.difference == null) {
						this.difference = "the field '" + field.getName() + "' of " + before.getClass().getName();
					}
					return false;
				}
			}
			return true;
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException(ex);
		}
		finally {
			this.open.remove(before);
		}
	}

}
