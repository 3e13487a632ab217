package app.session.peers;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import app.session.Session;
import app.session.SessionEvent;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * An application whose handlers a test writes where it needs them, as koa-session's tests
 * do.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(HandlerApplication.Handlers.class)
class HandlerApplication {

	@Bean
	TomcatServletWebServerFactory webServer() {
		return new TomcatServletWebServerFactory();
	}

	@Bean
	Events events() {
		return new Events();
	}

	/** What was told of sessions. */
	static class Events {

		private final List<SessionEvent> all = new CopyOnWriteArrayList<>();

		@EventListener
		void on(SessionEvent event) {
			this.all.add(event);
		}

		void clear() {
			this.all.clear();
		}

		<T extends SessionEvent> List<T> of(Class<T> type) {
			return this.all.stream().filter(type::isInstance).map(type::cast).toList();
		}

	}

	/** The handlers. */
	@RestController
	static class Handlers {

		private final Map<Integer, Function<Session, ?>> handlers = new ConcurrentHashMap<>();

		private final AtomicInteger last = new AtomicInteger();

		/** The path at which a handler is called. */
		String add(Function<Session, ?> handler) {
			int number = this.last.incrementAndGet();
			this.handlers.put(number, handler);
			return "/handler/" + number;
		}

		@GetMapping("/handler/{number}")
		String handle(Session session, @PathVariable int number) {
			return String.valueOf(this.handlers.get(number).apply(session));
		}

	}

}
