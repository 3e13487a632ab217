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

import org.jspecify.annotations.Nullable;

import app.session.codec.AttributeCodec;
import app.session.codec.EncodedValue;

/**
 * The objects a handler got from its session, or put into it. It may change them in
 * place, which shows when they are encoded again, as koa-session finds changes by a hash
 * of the encoded session.
 */
final class LiveObjects {

	private final AttributeCodec codec;

	private final Map<String, List<Live>> attributes = new HashMap<>();

	private final List<Bean> beans = new ArrayList<>();

	LiveObjects(AttributeCodec codec) {
		this.codec = codec;
	}

	/**
	 * The object that stands for an attribute already.
	 */
	@Nullable Object find(String name, Type type) {
		for (Live live : this.attributes.getOrDefault(name, List.of())) {
			if (live.type().equals(type) || (type instanceof Class<?> c && c.isInstance(live.value()))) {
				return live.value();
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

	@Nullable <T> T findBean(Class<T> type) {
		for (Bean bean : this.beans) {
			if (bean.value().getClass() == type) {
				return type.cast(bean.value());
			}
		}
		return null;
	}

	void addBean(Object bean) {
		this.beans.add(new Bean(bean, this.codec.fromBean(bean)));
	}

	void clear() {
		this.attributes.clear();
		this.beans.clear();
	}

	boolean isEmpty() {
		return this.attributes.isEmpty() && this.beans.isEmpty();
	}

	/**
	 * The attributes whose objects have changed since they were encoded. Each change is
	 * reported once.
	 * @return the new values, {@code null} for an attribute that is gone
	 */
	Map<String, @Nullable EncodedValue> takeChanges() {
		Map<String, @Nullable EncodedValue> changes = new LinkedHashMap<>();
		this.attributes.forEach((name, lives) -> lives.replaceAll((live) -> {
			if (!this.codec.canChangeInPlace(live.value())) {
				return live;
			}
			EncodedValue now = this.codec.encode(name, live.value());
			if (now.equals(live.encoded())) {
				return live;
			}
			changes.put(name, now);
			return new Live(live.type(), live.value(), now);
		}));
		this.beans.replaceAll((bean) -> {
			Map<String, EncodedValue> now = this.codec.fromBean(bean.value());
			Set<String> names = new HashSet<>(bean.properties().keySet());
			names.addAll(now.keySet());
			for (String name : names) {
				if (!Objects.equals(now.get(name), bean.properties().get(name))) {
					changes.put(name, now.get(name));
				}
			}
			return new Bean(bean.value(), now);
		});
		return changes;
	}

	/**
	 * Forgets the objects of attributes that somebody else has changed.
	 */
	void keepOnly(Map<String, EncodedValue> values) {
		this.attributes.forEach((name, lives) -> lives.removeIf((live) -> !live.encoded().equals(values.get(name))));
		this.attributes.values().removeIf(List::isEmpty);
	}

	private record Live(Type type, Object value, EncodedValue encoded) {
	}

	private record Bean(Object value, Map<String, EncodedValue> properties) {
	}

}
