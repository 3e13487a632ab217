package app.session.peers;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

import app.session.ClientRequest;
import app.session.Session;
import app.session.SessionEvent;
import app.session.SessionHook;
import app.session.Sessions;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * An application that binds each session to the {@code uid} cookie of the client, as that
 * of koa-session's tests does.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(HookApplication.Handlers.class)
class HookApplication {

	@Bean
	TomcatServletWebServerFactory webServer() {
		return new TomcatServletWebServerFactory();
	}

	@Bean
	UidHook uidHook(Sessions sessions) {
		return new UidHook(sessions);
	}

	@Bean
	Heard heard() {
		return new Heard(new CopyOnWriteArrayList<>());
	}

	/**
	 * What happened.
	 *
	 * @param events the events
	 */
	record Heard(List<SessionEvent> events) {

		@EventListener
		void on(SessionEvent event) {
			this.events.add(event);
		}

		<E extends SessionEvent> List<E> take(Class<E> type) {
			List<E> taken = this.events.stream().filter(type::isInstance).map(type::cast).toList();
			this.events.removeAll(taken);
			return taken;
		}

	}

	/** Binds, unless a header wants it to fail. Needs what is made of the engine. */
	static final class UidHook implements SessionHook {

		private final Sessions sessions;

		UidHook(Sessions sessions) {
			this.sessions = sessions;
		}

		@Override
		public boolean isValid(Session session, ClientRequest request) {
			failIfWanted("isValid", request);
			boolean own = Objects.equals(session.get("uid", String.class), request.getCookie("uid"));
			if (!own && request.getHeader("X-Revoke") != null) {
				this.sessions.revoke(Objects.requireNonNull(session.getHandle()));
			}
			return own;
		}

		@Override
		public void beforeSave(Session session, ClientRequest request) {
			failIfWanted("beforeSave", request);
			session.set("uid", request.getCookie("uid"));
			HttpServletRequest servlet = Objects.requireNonNull(request.unwrap(HttpServletRequest.class));
			session.set("from", servlet.getMethod() + " " + request.getRemoteAddress());
		}

		private static void failIfWanted(String where, ClientRequest request) {
			if (where.equals(request.getHeader("X-Fail"))) {
				throw new UnsupportedOperationException("as the test wants it");
			}
		}

	}

	@RestController
	static class Handlers {

		private final AtomicLong numbers = new AtomicLong();

		/** The number that the session got when it began. */
		@GetMapping("/number")
		long number(Session session) {
			Long known = session.get("number", Long.class);
			long number = (known != null) ? known : this.numbers.incrementAndGet();
			session.set("number", number);
			return number;
		}

		@GetMapping("/count")
		long count(Session session) {
			return session.increment("views");
		}

		@GetMapping("/count-and-throw")
		long countAndThrow(Session session) {
			session.increment("views");
			session.set("thrown", true);
			throw new UnsupportedOperationException("as the test wants it");
		}

		@GetMapping("/short")
		String brief(Session session) {
			session.setTimeout(Duration.ofMillis(500));
			return session.getHandle() + "";
		}

		@GetMapping("/look")
		String look(Session session) {
			return session.isNew() + " " + session.toMap().keySet().stream().sorted().toList();
		}

		@GetMapping("/optional")
		boolean optional(Optional<Session> session) {
			return session.isPresent();
		}

		@GetMapping("/servlet")
		String servlet(HttpServletRequest request) {
			HttpSession named = request.getSession(false);
			Object number = (named != null) ? named.getAttribute("number") : null;
			return number + " " + request.isRequestedSessionIdValid() + " " + (request.getSession(false) != null);
		}

		@GetMapping("/logout")
		String logout(Session session) {
			session.invalidate();
			return "bye";
		}

	}

}
