package app.session.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import jakarta.servlet.http.HttpSessionAttributeListener;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionIdListener;

/**
 * Writes down what it is told of sessions.
 */
final class RecordingListener implements HttpSessionAttributeListener, HttpSessionIdListener {

	private final Queue<String> told = new ConcurrentLinkedQueue<>();

	/**
	 * What it was told since it was last asked.
	 */
	List<String> take() {
		List<String> taken = new ArrayList<>();
		for (String next = this.told.poll(); next != null; next = this.told.poll()) {
			taken.add(next);
		}
		return taken;
	}

	@Override
	public void attributeAdded(HttpSessionBindingEvent event) {
		tell("added", event);
	}

	@Override
	public void attributeReplaced(HttpSessionBindingEvent event) {
		tell("replaced", event);
	}

	@Override
	public void attributeRemoved(HttpSessionBindingEvent event) {
		tell("removed", event);
	}

	private void tell(String what, HttpSessionBindingEvent event) {
		this.told.add(what + " " + event.getName() + "=" + event.getValue());
	}

	@Override
	public void sessionIdChanged(HttpSessionEvent event, String oldSessionId) {
		this.told.add("id " + oldSessionId + " -> " + event.getSession().getId());
	}

}
