package app.session.web.servlet;

import java.time.Duration;
import java.util.Collections;
import java.util.Enumeration;

import app.session.Session;
import app.session.SessionKey;
import app.session.core.RequestSession;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

/**
 * One request's session as the Servlet API has it, by the rules of Servlet 6.1, section
 * 7. Nothing is loaded to name it, and nothing is stored before an attribute is.
 * <p>
 * {@link #getId} is a name, and not the id: that is the client's secret, and frameworks
 * print and store what they get here.
 */
final class ServletSession implements HttpSession {

	/** Not used for so long: the absolute end comes before. */
	private static final Duration NEVER = Duration.ofSeconds(Integer.MAX_VALUE);

	/** Where Spring MVC's SessionFlashMapManager keeps what waits for a redirect. */
	private static final String FLASH = "org.springframework.web.servlet.support.SessionFlashMapManager.FLASH_MAPS";

	private final RequestSession request;

	private final ServletContext context;

	private final FlashMark flashMark;

	private final SessionListeners listeners;

	private final @Nullable PrincipalAttribute principal;

	private final RequestCallbacks callbacks;

	private volatile boolean begun;

	private volatile boolean ending;

	private volatile @Nullable String nameAtEnd;

	ServletSession(RequestSession request, ServletContext context, FlashMark flashMark, HttpSessions shared) {
		this.request = request;
		this.context = context;
		this.flashMark = flashMark;
		this.listeners = shared.listeners();
		this.principal = shared.principal();
		this.callbacks = new RequestCallbacks(request, shared.callbacks());
	}

	/**
	 * Whether it was asked for, and is there even if it is not stored.
	 */
	boolean isBegun() {
		return this.begun;
	}

	void begin() {
		this.begun = true;
	}

	boolean isValid() {
		return this.nameAtEnd == null;
	}

	/**
	 * Makes it of no use any more. Its name stays.
	 */
	void end() {
		if (isValid()) {
			this.nameAtEnd = this.request.container().name();
		}
	}

	private Session session() {
		if (!isValid()) {
			throw new IllegalStateException("The session was invalidated by this request");
		}
		return this.request.session();
	}

	@Override
	public long getCreationTime() {
		return session().getCreationTime().toEpochMilli();
	}

	@Override
	public String getId() {
		String name = this.nameAtEnd;
		return (name != null) ? name : this.request.container().name();
	}

	@Override
	public long getLastAccessedTime() {
		return session().getLastAccessedTime().toEpochMilli();
	}

	@Override
	public ServletContext getServletContext() {
		return this.context;
	}

	@Override
	public void setMaxInactiveInterval(int seconds) {
		session().setTimeout((seconds > 0) ? Duration.ofSeconds(seconds) : NEVER);
	}

	/** In whole seconds: one that is shorter is told as one. */
	@Override
	public int getMaxInactiveInterval() {
		Duration timeout = session().getTimeout();
		return (timeout.compareTo(NEVER) < 0) ? (int) Math.max(1, timeout.toSeconds()) : -1;
	}

	@Override
	public @Nullable Object getAttribute(String name) {
		Session session = session();
		if (DestructionCallbacks.isCallback(name)) {
			return this.callbacks.find(name);
		}
		return (FLASH.equals(name) && !this.flashMark.isSet()) ? null : session.get(name, Object.class);
	}

	@Override
	public Enumeration<String> getAttributeNames() {
		return Collections.enumeration(session().names());
	}

	@Override
	public void setAttribute(String name, @Nullable Object value) {
		if (value == null) {
			removeAttribute(name);
			return;
		}
		if (DestructionCallbacks.isCallback(name)) {
			setCallback(name, value);
			return;
		}
		Object before = getAttribute(name);
		this.listeners.bound(this, name, value, before);
		change(name, value, () -> this.request.container().setObject(name, value));
		if (FLASH.equals(name)) {
			this.flashMark.set();
		}
		this.listeners.set(this, name, value, before);
	}

	private void setCallback(String name, Object callback) {
		session();
		Object before = this.callbacks.put(name, callback);
		this.listeners.bound(this, name, callback, before);
		if (before != callback) {
			this.listeners.unbound(this, name, before);
		}
	}

	@Override
	public void removeAttribute(String name) {
		Session session = session();
		if (DestructionCallbacks.isCallback(name)) {
			this.listeners.unbound(this, name, this.callbacks.remove(name));
			return;
		}
		if (FLASH.equals(name)) {
			if (!this.flashMark.isSet()) {
				return;
			}
			this.flashMark.clear();
		}
		if (session.names().contains(name)) {
			Object before = session.get(name, Object.class);
			change(name, null, () -> this.request.container().removeObject(name));
			if (before != null) {
				this.listeners.removed(this, name, before);
			}
		}
	}

	/** Whoever the framework says is logged in, it is their session. */
	private void change(String name, @Nullable Object value, Runnable change) {
		PrincipalAttribute attribute = this.principal;
		if (attribute == null || !attribute.name().equals(name)) {
			change.run();
		}
		else if (!this.request.login().follow(attribute.user().apply(value), change)) {
			throw attribute.refused().get();
		}
	}

	@Override
	public void invalidate() {
		session().invalidate();
		if (!this.ending) {
			end();
		}
	}

	/**
	 * Tells that the session ends, whoever ends it, while it can still be read.
	 * @param key its key, or {@code null} if it was never stored: then nobody was told
	 * that it began
	 */
	void tellOfEnd(@Nullable SessionKey key) {
		this.ending = true;
		if (key != null) {
			this.listeners.destroyed(this);
		}
		Session session = session();
		for (String name : session.names()) {
			Object value = session.get(name, Object.class);
			if (value != null) {
				this.listeners.removed(this, name, value);
			}
		}
		this.listeners.unbound(this, this.callbacks.take(key));
		end();
	}

	/**
	 * Leaves the destruction callbacks to the node, at the end of the request.
	 * @param key the session's key, or {@code null} if nothing is left of the session
	 */
	void leaveCallbacks(@Nullable SessionKey key) {
		this.listeners.unbound(this, (key != null) ? this.callbacks.leave(key) : this.callbacks.take(null));
	}

	@Override
	public boolean isNew() {
		return session().isNew();
	}

	/**
	 * Changes the id, at once in the eyes of this request.
	 * @return the name from now on
	 */
	String changeId() {
		String before = getId();
		session().changeId();
		this.listeners.idChanged(this, before);
		return getId();
	}

	@Override
	public String toString() {
		return "HttpSession[" + getId() + "]";
	}

}
