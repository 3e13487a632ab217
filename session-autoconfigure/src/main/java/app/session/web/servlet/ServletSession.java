package app.session.web.servlet;

import java.time.Duration;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;

import app.session.Session;
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

	private volatile @Nullable String nameAtEnd;

	ServletSession(RequestSession request, ServletContext context, FlashMark flashMark, HttpSessionSettings settings) {
		this.request = request;
		this.context = context;
		this.flashMark = flashMark;
		this.listeners = settings.listeners();
		this.principal = settings.principal();
	}

	boolean isValid() {
		return this.nameAtEnd == null;
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
		return (name != null) ? name : this.request.name();
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
		Object before = getAttribute(name);
		this.listeners.bound(this, name, value, before);
		this.request.setObject(name, value);
		follow(name, value);
		if (FLASH.equals(name)) {
			this.flashMark.set();
		}
		this.listeners.set(this, name, value, before);
	}

	@Override
	public void removeAttribute(String name) {
		Session session = session();
		if (FLASH.equals(name)) {
			if (!this.flashMark.isSet()) {
				return;
			}
			this.flashMark.clear();
		}
		if (session.names().contains(name)) {
			Object before = session.get(name, Object.class);
			this.request.removeObject(name);
			follow(name, null);
			if (before != null) {
				this.listeners.removed(this, name, before);
			}
		}
	}

	/** Whoever the framework says is logged in, it is their session. */
	private void follow(String name, @Nullable Object value) {
		PrincipalAttribute attribute = this.principal;
		if (attribute != null && attribute.name().equals(name)
				&& !this.request.login().follow(attribute.user().apply(value))) {
			throw attribute.refused().get();
		}
	}

	@Override
	public void invalidate() {
		Session session = session();
		Map<String, Object> before = new LinkedHashMap<>(session.toMap());
		String name = getId();
		session.invalidate();
		this.nameAtEnd = name;
		before.forEach((attribute, value) -> this.listeners.removed(this, attribute, value));
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
