package app.session.web.servlet;

import java.util.EventListener;
import java.util.List;

import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionAttributeListener;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionIdListener;
import org.jspecify.annotations.Nullable;

/**
 * Those of the application's that are told what a request does to its session. Values
 * that are {@link HttpSessionBindingListener} are told that they come and go.
 *
 * @param attributes told of attributes
 * @param ids told of new ids
 */
public record SessionListeners(List<HttpSessionAttributeListener> attributes, List<HttpSessionIdListener> ids) {

	/**
	 * Creates them.
	 */
	public SessionListeners {
		attributes = List.copyOf(attributes);
		ids = List.copyOf(ids);
	}

	/**
	 * Those of any listeners that have to do with sessions.
	 * @param listeners listeners of any kind, in the order in which they are told
	 * @return the listeners
	 */
	public static SessionListeners of(List<? extends EventListener> listeners) {
		return new SessionListeners(select(listeners, HttpSessionAttributeListener.class),
				select(listeners, HttpSessionIdListener.class));
	}

	private static <T> List<T> select(List<? extends EventListener> listeners, Class<T> type) {
		return listeners.stream().filter(type::isInstance).map(type::cast).toList();
	}

	/**
	 * Tells of a value before it is to be seen, as the specification has it.
	 */
	void bound(HttpSession session, String name, Object value, @Nullable Object before) {
		if (value != before && value instanceof HttpSessionBindingListener listener) {
			listener.valueBound(new HttpSessionBindingEvent(session, name, value));
		}
	}

	/**
	 * Tells of an attribute that was set.
	 * @param before the value that it had, or {@code null}
	 */
	void set(HttpSession session, String name, Object value, @Nullable Object before) {
		if (value != before) {
			unbound(session, name, before);
		}
		HttpSessionBindingEvent event = new HttpSessionBindingEvent(session, name, (before != null) ? before : value);
		for (HttpSessionAttributeListener listener : this.attributes) {
			if (before != null) {
				listener.attributeReplaced(event);
			}
			else {
				listener.attributeAdded(event);
			}
		}
	}

	/**
	 * Tells of an attribute that was removed.
	 */
	void removed(HttpSession session, String name, Object before) {
		unbound(session, name, before);
		HttpSessionBindingEvent event = new HttpSessionBindingEvent(session, name, before);
		this.attributes.forEach((listener) -> listener.attributeRemoved(event));
	}

	private static void unbound(HttpSession session, String name, @Nullable Object before) {
		if (before instanceof HttpSessionBindingListener listener) {
			listener.valueUnbound(new HttpSessionBindingEvent(session, name, before));
		}
	}

	/**
	 * Tells of a new id.
	 */
	void idChanged(HttpSession session, String before) {
		HttpSessionEvent event = new HttpSessionEvent(session);
		this.ids.forEach((listener) -> listener.sessionIdChanged(event, before));
	}

}
