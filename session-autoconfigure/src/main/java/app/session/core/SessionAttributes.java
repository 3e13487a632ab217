package app.session.core;

import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import app.session.AttributeNotStorableException;
import app.session.SessionEvent;
import app.session.SessionKey;
import app.session.codec.AttributeCodec;
import app.session.codec.EncodedValue;
import app.session.codec.UnreadableValueException;

/**
 * The attributes of one request's session as Java objects. Not safe for several threads:
 * {@link RequestSession} sees to that.
 */
final class SessionAttributes {

	private final SessionState state;

	private final StateWriter writer;

	private final AttributeCodec codec;

	private final Limits limits;

	private final Events events;

	private final LiveObjects live;

	SessionAttributes(SessionEngine engine, SessionState state, StateWriter writer) {
		this.state = state;
		this.writer = writer;
		this.codec = engine.codec();
		this.limits = engine.limits();
		this.events = engine.events();
		this.live = new LiveObjects(engine.codec());
	}

	Map<String, EncodedValue> values() {
		return this.state.view().values();
	}

	@SuppressWarnings("unchecked")
	<T> @Nullable T get(String name, Type type) {
		EncodedValue encoded = values().get(name);
		if (encoded == null) {
			return null;
		}
		Object value = this.live.find(name, type);
		if (value == null) {
			value = decode(name, encoded, type);
			if (value != null) {
				this.live.add(name, type, value, encoded);
			}
		}
		return (T) value;
	}

	private <T> @Nullable T decode(String name, @Nullable EncodedValue encoded, Type type) {
		if (encoded == null) {
			return null;
		}
		try {
			return this.codec.decode(encoded, type);
		}
		catch (UnreadableValueException ex) {
			SessionKey key = this.state.key();
			if (key != null) {
				this.events.publish(new SessionEvent.AttributeUnreadable(key, name));
			}
			return null;
		}
	}

	Map<String, Object> toMap() {
		Map<String, Object> map = new LinkedHashMap<>();
		values().forEach((name, encoded) -> {
			Object value = this.codec.decodeNatural(encoded);
			if (value != null) {
				map.put(name, value);
			}
		});
		return map;
	}

	/**
	 * Sets an attribute.
	 * @return whether that is a change
	 */
	@Nullable Change set(String name, Object value) {
		this.limits.checkName(name);
		EncodedValue encoded = this.codec.encode(name, value);
		if (encoded.equals(values().get(name))) {
			return null;
		}
		this.live.remove(name);
		if (this.codec.canChangeInPlace(value)) {
			this.live.add(name, value.getClass(), value, encoded);
		}
		return (draft) -> draft.put(name, encoded);
	}

	@Nullable Change remove(String name) {
		this.live.remove(name);
		return values().containsKey(name) ? (draft) -> draft.remove(name) : null;
	}

	@Nullable Change clear() {
		this.live.clear();
		return values().isEmpty() ? null : Draft::clear;
	}

	@Nullable Change replace(Object attributes) {
		Map<String, EncodedValue> encoded = this.codec.fromBean(attributes);
		encoded.keySet().forEach(this.limits::checkName);
		this.live.clear();
		return values().equals(encoded) ? null : (draft) -> draft.replace(encoded);
	}

	void note(String name, Change change) {
		this.state.add(change);
		try {
			this.limits.check(name, values());
		}
		catch (AttributeNotStorableException ex) {
			this.state.undo();
			this.live.remove(name);
			throw ex;
		}
	}

	/**
	 * Notes the objects that were changed in place.
	 */
	void noteChangesInPlace() {
		if (this.live.isEmpty()) {
			return;
		}
		this.live.takeChanges().forEach((name, value) -> {
			Change change = (value != null) ? (draft) -> draft.put(name, value) : (draft) -> draft.remove(name);
			note(name, change);
		});
	}

	long increment(String name, long delta, boolean fresh) {
		this.limits.checkName(name);
		Result<Long> result = new Result<>();
		exact(name, fresh, (encoded) -> {
			long sum = Math.addExact(integer(name, encoded), delta);
			result.value = sum;
			return this.codec.encodeLong(sum);
		});
		return result.required();
	}

	private long integer(String name, @Nullable EncodedValue encoded) {
		if (encoded == null) {
			return 0;
		}
		Long value = this.codec.asLong(encoded);
		if (value == null) {
			throw new IllegalStateException("Session attribute '" + name + "' is not an integer");
		}
		return value;
	}

	<T> @Nullable T update(String name, Class<T> type, UnaryOperator<@Nullable T> function, boolean fresh) {
		this.limits.checkName(name);
		Result<T> result = new Result<>();
		exact(name, fresh, (encoded) -> {
			T value = function.apply(decode(name, encoded, type));
			result.value = value;
			return (value != null) ? this.codec.encode(name, value) : null;
		});
		return result.value;
	}

	<T> @Nullable T take(String name, Class<T> type, boolean fresh) {
		Result<T> result = new Result<>();
		exact(name, fresh, (encoded) -> {
			result.value = decode(name, encoded, type);
			return (result.value != null) ? null : encoded;
		});
		return result.value;
	}

	boolean putIfAbsent(String name, Object value, boolean fresh) {
		this.limits.checkName(name);
		EncodedValue encoded = this.codec.encode(name, value);
		Result<Boolean> result = new Result<>();
		exact((draft) -> result.value = draft.putIfAbsent(name, encoded), fresh);
		return result.required();
	}

	private void exact(String name, boolean fresh, UnaryOperator<@Nullable EncodedValue> function) {
		exact((draft) -> draft.compute(name, function), fresh);
	}

	private void exact(Change change, boolean fresh) {
		noteChangesInPlace();
		this.writer.writeExact(change, fresh);
		forgetStale();
	}

	<T> T as(Class<T> type) {
		T present = this.live.findBean(type);
		if (present != null) {
			return present;
		}
		T bean = this.codec.toBean(values(), type);
		if (!type.isRecord()) {
			this.live.addBean(bean);
		}
		return bean;
	}

	/**
	 * Forgets the objects of attributes that a commit has found changed by others.
	 */
	void forgetStale() {
		this.live.keepOnly(values());
	}

	void forget() {
		this.live.clear();
	}

	private static final class Result<T> {

		private @Nullable T value;

		private T required() {
			if (this.value == null) {
				throw new IllegalStateException("The change was not applied");
			}
			return this.value;
		}

	}

}
