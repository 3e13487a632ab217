package app.session.core;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import app.session.codec.AttributeCodec;
import app.session.codec.EncodedValue;
import app.session.codec.UnreadableValueException;

/**
 * The objects a handler got from its session, or put into it. It may change them in
 * place, which shows when they are encoded again, as koa-session finds changes by a hash
 * of the encoded session.
 * <p>
 * Who is logged in changes by being set alone: an object that says so is not watched.
 * <p>
 * An object is watched until the request itself puts something else in its place. If
 * others do, it is given to nobody any more, but who holds it may still change it.
 */
final class LiveObjects {

	private final AttributeCodec codec;

	private final Set<String> unwatched;

	private final Map<String, List<Live>> attributes = new LinkedHashMap<>();

	private final List<Bean> beans = new ArrayList<>();

	/**
	 * Creates it without any.
	 * @param unwatched the attributes that are never changed in place
	 */
	LiveObjects(AttributeCodec codec, Set<String> unwatched) {
		this.codec = codec;
		this.unwatched = unwatched;
	}

	/**
	 * The object that stands for an attribute already.
	 * @param encoded the attribute's present value
	 */
	@Nullable Object find(String name, Type type, EncodedValue encoded) {
		for (Live live : this.attributes.getOrDefault(name, List.of())) {
			if (live.encoded.equals(encoded)
					&& (live.type.equals(type) || (type instanceof Class<?> c && c.isInstance(live.value)))) {
				return live.value;
			}
		}
		return null;
	}

	void add(String name, Type type, Object value, EncodedValue encoded) {
		this.attributes.computeIfAbsent(name, (key) -> new ArrayList<>(1)).add(new Live(type, value, encoded));
	}

	void remove(String name) {
		this.attributes.remove(name);
	}

	/**
	 * Lets go of an attribute's objects, but for those that stand for its present value.
	 */
	void replaced(String name, @Nullable EncodedValue value) {
		List<Live> lives = this.attributes.get(name);
		if (lives != null) {
			lives.removeIf((live) -> !live.encoded.equals(value));
		}
	}

	/**
	 * The session as a bean: the same as before, as long as it shows what there is.
	 */
	<T> T bean(Class<T> type, Map<String, EncodedValue> values, Consumer<String> unreadable) {
		Bean known = null;
		for (Bean bean : this.beans) {
			known = (bean.type == type) ? bean : known;
		}
		if (known != null && known.source.equals(values)) {
			return type.cast(known.value);
		}
		T fresh = this.codec.toBean(values, type, unreadable);
		Map<String, EncodedValue> properties = this.codec.fromBean(fresh);
		if (known == null || !known.properties.equals(properties)) {
			known = new Bean(type, fresh, properties);
			this.beans.add(known);
		}
		known.source = Map.copyOf(values);
		return type.cast(known.value);
	}

	boolean isEmpty() {
		return this.attributes.isEmpty() && this.beans.isEmpty();
	}

	boolean hasBeans() {
		return !this.beans.isEmpty();
	}

	void clear() {
		this.attributes.clear();
		this.beans.clear();
	}

	/**
	 * The objects that have changed since they were encoded. They are found again until
	 * the changes are noted.
	 */
	List<Found> findChanges() {
		List<Found> changes = new ArrayList<>();
		this.attributes.forEach((name, lives) -> lives.forEach((live) -> {
			EncodedValue now = live.encodedIfChanged(name);
			if (now != null) {
				changes.add(new Found(name, live.encoded, now, () -> live.noted(now)));
			}
		}));
		for (Bean bean : this.beans) {
			Map<String, EncodedValue> now = this.codec.fromBean(bean.value);
			Set<String> names = new HashSet<>(bean.properties.keySet());
			names.addAll(now.keySet());
			for (String name : names) {
				EncodedValue before = bean.properties.get(name);
				EncodedValue value = now.get(name);
				if (!Objects.equals(before, value)) {
					changes.add(new Found(name, before, value, () -> bean.noted(name, value)));
				}
			}
		}
		return changes;
	}

	/**
	 * A change that was found.
	 *
	 * @param name the attribute
	 * @param before the value the object stood for, {@code null} for none
	 * @param now the value it stands for now, {@code null} for none
	 * @param noted to be run when the change is noted
	 */
	record Found(String name, @Nullable EncodedValue before, @Nullable EncodedValue now, Runnable noted) {
	}

	private final class Live {

		private final Type type;

		private final Object value;

		private EncodedValue encoded;

		private @Nullable EncodedValue unchanged;

		Live(Type type, Object value, EncodedValue encoded) {
			this.type = type;
			this.value = value;
			this.encoded = encoded;
		}

		void noted(EncodedValue now) {
			this.encoded = now;
			this.unchanged = now;
		}

		@Nullable EncodedValue encodedIfChanged(String name) {
			if (LiveObjects.this.unwatched.contains(name) || !LiveObjects.this.codec.canChangeInPlace(this.value)) {
				return null;
			}
			EncodedValue now = LiveObjects.this.codec.encodeLike(this.encoded, name, this.value);
			return (now.equals(this.encoded) || now.equals(unchanged(name))) ? null : now;
		}

		/**
		 * What the object looks like if nobody has changed it: not as it is stored, if an
		 * earlier form of its class has written that.
		 */
		private EncodedValue unchanged(String name) {
			EncodedValue result = this.unchanged;
			if (result == null) {
				try {
					Object again = LiveObjects.this.codec.decode(this.encoded, this.type);
					result = (again != null) ? LiveObjects.this.codec.encodeLike(this.encoded, name, again)
							: this.encoded;
				}
				catch (UnreadableValueException ex) {
					result = this.encoded;
				}
				this.unchanged = result;
			}
			return result;
		}

	}

	private static final class Bean {

		private final Class<?> type;

		private final Object value;

		private final Map<String, EncodedValue> properties;

		private Map<String, EncodedValue> source = Map.of();

		Bean(Class<?> type, Object value, Map<String, EncodedValue> properties) {
			this.type = type;
			this.value = value;
			this.properties = new HashMap<>(properties);
		}

		void noted(String name, @Nullable EncodedValue value) {
			if (value != null) {
				this.properties.put(name, value);
			}
			else {
				this.properties.remove(name);
			}
		}

	}

}
