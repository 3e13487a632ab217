package app.session.web.servlet;

import java.util.Collections;
import java.util.Enumeration;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

/**
 * What is left of a session that has ended elsewhere: its id. It reads as empty, since
 * listeners look for what they kept in it, and has no times.
 *
 * @param getId the session's handle
 * @param getServletContext the application
 */
record EndedHttpSession(String getId, ServletContext getServletContext) implements HttpSession {

	private static IllegalStateException ended() {
		return new IllegalStateException("The session has ended, and nothing but its id is known");
	}

	@Override
	public @Nullable Object getAttribute(String name) {
		return null;
	}

	@Override
	public Enumeration<String> getAttributeNames() {
		return Collections.emptyEnumeration();
	}

	@Override
	public boolean isNew() {
		return false;
	}

	@Override
	public long getCreationTime() {
		throw ended();
	}

	@Override
	public long getLastAccessedTime() {
		throw ended();
	}

	@Override
	public int getMaxInactiveInterval() {
		throw ended();
	}

	@Override
	public void setMaxInactiveInterval(int seconds) {
		throw ended();
	}

	@Override
	public void setAttribute(String name, Object value) {
		throw ended();
	}

	@Override
	public void removeAttribute(String name) {
		// It is not there.
	}

	@Override
	public void invalidate() {
		throw ended();
	}

}
