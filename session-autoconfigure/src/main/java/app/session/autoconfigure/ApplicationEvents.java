package app.session.autoconfigure;

import java.util.function.Consumer;

import app.session.SessionEvent;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.context.ApplicationEventPublisher;

/**
 * Publishes what happens to sessions as application events. A listener that throws
 * changes nothing, neither the request nor the store.
 *
 * @param publisher where events go
 */
record ApplicationEvents(ApplicationEventPublisher publisher) implements Consumer<SessionEvent> {

	private static final Log logger = LogFactory.getLog(ApplicationEvents.class);

	@Override
	public void accept(SessionEvent event) {
		try {
			this.publisher.publishEvent(event);
		}
		catch (RuntimeException ex) {
			logger.error("A listener failed on " + event, ex);
		}
	}

}
