package app.session.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;

/**
 * Writes down which sessions begin and end, and does what a test wants it to do then.
 */
final class LifeListener implements HttpSessionListener {

	private final Queue<String> told = new ConcurrentLinkedQueue<>();

	volatile Consumer<HttpSession> onCreated = (session) -> {
	};

	volatile Consumer<HttpSession> onDestroyed = (session) -> {
	};

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

	void forget() {
		this.told.clear();
		this.onCreated = (session) -> {
		};
		this.onDestroyed = (session) -> {
		};
	}

	@Override
	public void sessionCreated(HttpSessionEvent event) {
		this.told.add("created " + event.getSession().getId());
		this.onCreated.accept(event.getSession());
	}

	@Override
	public void sessionDestroyed(HttpSessionEvent event) {
		this.told.add("destroyed " + event.getSession().getId());
		this.onDestroyed.accept(event.getSession());
	}

}
