package app.session.core;

import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;

import org.jspecify.annotations.Nullable;

import app.session.AttributeNotStorableException;
import app.session.SessionEvent;
import app.session.SessionKey;
import app.session.codec.AttributeCodec;
import app.session.codec.EncodedValue;
import app.session.codec.UnreadableValueException;

/**
 * The attributes of one request's session as Java objects. Not safe for several threads:
 * {@link RequestGuard} sees to that.
 */
final class SessionAttributes {

	private final SessionState state;

	private final StateWriter writer;

	private final AttributeCodec codec;

	private final Limits limits;

	private final Events events;

	private final LiveObjects live;

	private final Runnable writable;

	/**
	 * Creates the attributes.
	 * @param writable to be run before a change is made, throws if none can be made
	 */
	SessionAttributes(SessionEngine engine, SessionState state, StateWriter writer, Runnable writable) {
		this.state = state;
		this.writer = writer;
		this.codec = engine.codec();
		this.limits = engine.limits();
		this.events = engine.events();
		this.live = new LiveObjects(engine.codec(), engine.settings().securityNames());
		this.writable = writable;
	}

	Map<String, EncodedValue> values() {
		return this.state.view().draft().values();
	}

	@SuppressWarnings("unchecked")
	<T> @Nullable T get(String name, Type type) {
		EncodedValue encoded = values().get(name);
		if (encoded == null) {
			return null;
		}
		Object value = this.live.find(name, type, encoded);
		if (value == null) {
			value = decode(name, encoded, type);
			if (value != null) {
				this.live.add(name, type, value, encoded);
			}
		}
		return (T) value;
	}

	<T> @Nullable T decode(String name, @Nullable EncodedValue encoded, Type type) {
		if (encoded == null) {
			return null;
		}
		try {
			return this.codec.decode(encoded, type);
		}
		catch (UnreadableValueException ex) {
			unreadable(name);
			return null;
		}
	}

	private void unreadable(String name) {
		SessionKey key = this.state.key();
		if (key != null) {
			this.events.publish(new SessionEvent.AttributeUnreadable(key, name));
		}
	}

	Map<String, Object> toMap() {
		Map<String, Object> map = new LinkedHashMap<>();
		values().forEach((name, encoded) -> {
			Object value = decode(name, encoded, Object.class);
			if (value != null) {
				map.put(name, value);
			}
		});
		return map;
	}

	/** What is no change is always allowed, here as in the other plain changes. */
	void set(String name, Object value) {
		set(name, value, this.codec::encode);
	}

	/**
	 * The same for a value that is to be read without its class. Whoever asks for it
	 * again gets the same object, as from a container's session.
	 */
	void setObject(String name, Object value) {
		EncodedValue encoded = set(name, value, this.codec::encodeObject);
		if (!this.codec.canChangeInPlace(value)) {
			this.live.add(name, value.getClass(), value, encoded);
		}
	}

	private EncodedValue set(String name, Object value, BiFunction<String, Object, EncodedValue> encoder) {
		this.limits.checkName(name);
		EncodedValue encoded = encoder.apply(name, value);
		noteBeans();
		if (!encoded.equals(values().get(name))) {
			change(name, (draft) -> draft.put(name, encoded));
		}
		this.live.remove(name);
		if (this.codec.canChangeInPlace(value)) {
			this.live.add(name, value.getClass(), value, encoded);
		}
		return encoded;
	}

	void remove(String name) {
		noteBeans();
		if (values().containsKey(name)) {
			change(name, (draft) -> draft.remove(name));
		}
		this.live.remove(name);
	}

	void clear() {
		if (!values().isEmpty()) {
			change("", Draft::clear);
		}
		this.live.clear();
	}

	void replace(Object attributes) {
		Map<String, EncodedValue> encoded = this.codec.fromBean(attributes);
		String last = "";
		for (String name : encoded.keySet()) {
			this.limits.checkName(name);
			last = name;
		}
		if (!values().equals(encoded)) {
			change(last, (draft) -> draft.replace(encoded));
		}
		this.live.clear();
	}

	/**
	 * Notes a change that the handler asks for.
	 * @param name the attribute that is to blame if the session becomes too big
	 */
	void change(String name, Change change) {
		this.writable.run();
		note(name, change);
	}

	private void note(String name, Change change) {
		Map<String, EncodedValue> before = Map.copyOf(values());
		this.state.view().add(change);
		try {
			this.limits.check(name, before, values(), this.state.view().draft().lastLogin());
		}
		catch (AttributeNotStorableException ex) {
			this.state.view().undo();
			throw ex;
		}
	}

	/**
	 * Notes the objects that were changed in place.
	 * @return whether there are any
	 */
	boolean noteChangesInPlace() {
		if (this.live.isEmpty()) {
			return false;
		}
		Set<String> conflicts = new LinkedHashSet<>();
		List<LiveObjects.Found> changes = this.live.findChanges();
		for (LiveObjects.Found found : changes) {
			String name = found.name();
			EncodedValue value = found.now();
			if (this.state.view().isOverwritten(name) && !Objects.equals(values().get(name), found.before())) {
				conflicts.add(name);
			}
			note(name, (value != null) ? (draft) -> draft.put(name, value) : (draft) -> draft.remove(name));
			found.noted().run();
		}
		SessionKey key = this.state.key();
		if (key != null && !conflicts.isEmpty()) {
			this.events.publish(new SessionEvent.ConflictMerged(key, Set.copyOf(conflicts)));
		}
		return !changes.isEmpty();
	}

	/**
	 * Notes what was changed in beans, which comes before what is changed by name now.
	 */
	private void noteBeans() {
		if (this.live.hasBeans()) {
			noteChangesInPlace();
		}
	}

	/**
	 * Writes the changes, those in place included, and then what a {@link SessionWatcher}
	 * has set when it was told that this began the session.
	 */
	void write() {
		writeOnce();
		if (!this.state.view().log().isEmpty()) {
			writeOnce();
		}
	}

	private void writeOnce() {
		noteChangesInPlace();
		if (!this.state.view().log().isEmpty()) {
			this.writer.write();
		}
	}

	/**
	 * Makes a change at once, together with those noted before.
	 * @param fresh whether the session was read just now
	 */
	void changeAtOnce(String name, Change change, boolean fresh) {
		noteChangesInPlace();
		this.writer.writeExact(change, fresh);
		this.live.replaced(name, values().get(name));
	}

	<T> T as(Class<T> type) {
		return this.live.bean(type, values(), this::unreadable);
	}

	/**
	 * Lets go of all objects when the session has been ended. Who is told of the end
	 * still gets them.
	 */
	void forgetAfter(Runnable end) {
		try {
			end.run();
		}
		finally {
			forget();
		}
	}

	/**
	 * Lets go of all objects.
	 */
	void forget() {
		this.live.clear();
	}

}
