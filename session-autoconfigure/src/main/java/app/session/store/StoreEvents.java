package app.session.store;

import java.util.function.Consumer;

import app.session.SessionEvent;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Tells what a store noticed. A listener that throws changes nothing.
 *
 * @param listener told of it, on the thread on which it is noticed
 */
public record StoreEvents(Consumer<SessionEvent> listener) implements Consumer<SessionEvent> {

	private static final Log logger = LogFactory.getLog(StoreEvents.class);

	@Override
	public void accept(SessionEvent event) {
		try {
			this.listener.accept(event);
		}
		catch (RuntimeException ex) {
			logger.error("A listener failed on " + event, ex);
		}
	}

}
