package app.session.core;

import java.util.Set;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import app.session.SessionEvent;
import app.session.SessionEvent.ChangesDropped;
import app.session.SessionKey;

/**
 * Publishes events. A listener that throws changes nothing: by then it has happened.
 */
final class Events {

	private static final Log logger = LogFactory.getLog(Events.class);

	private final Consumer<SessionEvent> listener;

	Events(Consumer<SessionEvent> listener) {
		this.listener = listener;
	}

	void publish(SessionEvent event) {
		try {
			this.listener.accept(event);
		}
		catch (RuntimeException ex) {
			logger.error("A listener failed on " + event, ex);
		}
	}

	void dropped(SessionKey key, Set<String> names, ChangesDropped.Reason reason) {
		publish(new ChangesDropped(key, Set.copyOf(names), reason));
	}

}
