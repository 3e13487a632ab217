package app.session.peers;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import app.session.SessionEvent;
import app.session.http.Gates;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;

/**
 * An application as a user writes it, by the machine's clock, with a probe before its
 * store.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({ PeerPages.class, PeerBodies.class, PeerApplication.Told.class })
class PeerApplication {

	@Bean
	TomcatServletWebServerFactory webServer() {
		return new TomcatServletWebServerFactory();
	}

	@Bean
	static Gates gates() {
		return new Gates();
	}

	@Bean
	static StoreProbe storeProbe(Gates gates) {
		return new StoreProbe(gates);
	}

	/** What happened to sessions. */
	static class Told {

		private final List<SessionEvent> events = new CopyOnWriteArrayList<>();

		@EventListener
		void on(SessionEvent event) {
			this.events.add(event);
		}

		List<SessionEvent> take() {
			List<SessionEvent> taken = List.copyOf(this.events);
			this.events.subList(0, taken.size()).clear();
			return taken;
		}

	}

}
