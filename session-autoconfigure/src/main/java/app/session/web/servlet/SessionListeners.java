package app.session.web.servlet;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EventListener;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionAttributeListener;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Those of the application's that are told what a request does to its session. Values
 * that are {@link HttpSessionBindingListener} are told that they come and go.
 * <p>
 * What a listener throws is logged, and the request goes on: by then it has happened, and
 * Tomcat does the same.
 *
 * @param sessions told of sessions that begin and end; of the end in reverse order
 * @param attributes told of attributes
 * @param ids told of new ids
 */
public record SessionListeners(List<HttpSessionListener> sessions, List<HttpSessionAttributeListener> attributes,
		List<HttpSessionIdListener> ids) {

	private static final Log logger = LogFactory.getLog(SessionListeners.class);

	/**
	 * Creates them.
	 */
	public SessionListeners {
		sessions = List.copyOf(sessions);
		attributes = List.copyOf(attributes);
		ids = List.copyOf(ids);
	}

	/**
	 * Those of any listeners that have to do with sessions.
	 * @param listeners listeners of any kind, in the order in which they are told
	 * @return the listeners
	 */
	public static SessionListeners of(List<? extends EventListener> listeners) {
		return new SessionListeners(select(listeners, HttpSessionListener.class),
				select(listeners, HttpSessionAttributeListener.class), select(listeners, HttpSessionIdListener.class));
	}

	private static <T> List<T> select(List<? extends EventListener> listeners, Class<T> type) {
		return listeners.stream().filter(type::isInstance).map(type::cast).toList();
	}

	private static <T> void tell(T listener, Consumer<T> event) {
		try {
			event.accept(listener);
		}
		catch (RuntimeException ex) {
			logger.error("A session listener failed: " + listener.getClass().getName(), ex);
		}
	}

	private static <T> void tellAll(List<T> listeners, Consumer<T> event) {
		listeners.forEach((listener) -> tell(listener, event));
	}

	/**
	 * Tells of a session that was stored for the first time.
	 */
	void created(HttpSession session) {
		HttpSessionEvent event = new HttpSessionEvent(session);
		tellAll(this.sessions, (listener) -> listener.sessionCreated(event));
	}

	/**
	 * Tells of a session that ends, or has ended.
	 */
	void destroyed(HttpSession session) {
		HttpSessionEvent event = new HttpSessionEvent(session);
		List<HttpSessionListener> reversed = new ArrayList<>(this.sessions);
		Collections.reverse(reversed);
		tellAll(reversed, (listener) -> listener.sessionDestroyed(event));
	}

	/**
	 * Tells of a value before it is to be seen, as the specification has it.
	 */
	void bound(HttpSession session, String name, Object value, @Nullable Object before) {
		if (value != before && value instanceof HttpSessionBindingListener listener) {
			HttpSessionBindingEvent event = new HttpSessionBindingEvent(session, name, value);
			tell(listener, (told) -> told.valueBound(event));
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
		if (before != null) {
			tellAll(this.attributes, (listener) -> listener.attributeReplaced(event));
		}
		else {
			tellAll(this.attributes, (listener) -> listener.attributeAdded(event));
		}
	}

	/**
	 * Tells of an attribute that was removed.
	 */
	void removed(HttpSession session, String name, Object before) {
		unbound(session, name, before);
		HttpSessionBindingEvent event = new HttpSessionBindingEvent(session, name, before);
		tellAll(this.attributes, (listener) -> listener.attributeRemoved(event));
	}

	/**
	 * Tells values that they are in the session no more.
	 */
	void unbound(HttpSession session, Map<String, Object> values) {
		values.forEach((name, value) -> unbound(session, name, value));
	}

	void unbound(HttpSession session, String name, @Nullable Object before) {
		if (before instanceof HttpSessionBindingListener listener) {
			HttpSessionBindingEvent event = new HttpSessionBindingEvent(session, name, before);
			tell(listener, (told) -> told.valueUnbound(event));
		}
	}

	/**
	 * Tells of a new id.
	 */
	void idChanged(HttpSession session, String before) {
		HttpSessionEvent event = new HttpSessionEvent(session);
		tellAll(this.ids, (listener) -> listener.sessionIdChanged(event, before));
	}

}
