package app.session.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import app.session.Session;
import app.session.Sessions;
import app.session.http.TestApplication.MovableClock;
import app.session.peers.Expectation;
import jakarta.annotation.PreDestroy;
import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.servlet.ServletWebServerFactory;
import org.springframework.boot.web.server.servlet.context.ServletComponentScan;
import org.springframework.boot.web.servlet.ServletListenerRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.security.core.session.SessionDestroyedEvent;
import org.springframework.security.web.session.HttpSessionCreatedEvent;
import org.springframework.security.web.session.HttpSessionEventPublisher;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.annotation.SessionScope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * An application with session listeners of each kind of registration, and sessions that
 * end in each way.
 */
abstract class HttpSessionListenerHttpTests extends HttpTests {

	private static final Queue<String> TOLD = new ConcurrentLinkedQueue<>();

	/** Says who it is and what it was told. */
	private static class Telling implements HttpSessionListener {

		private final String name;

		Telling(String name) {
			this.name = name;
		}

		@Override
		public void sessionCreated(HttpSessionEvent event) {
			TOLD.add(this.name + " created " + event.getSession().getId());
		}

		@Override
		public void sessionDestroyed(HttpSessionEvent event) {
			TOLD.add(this.name + " destroyed " + event.getSession().getId());
		}

	}

	/** Found by the scan alone. */
	@WebListener
	public static final class Annotated extends Telling {

		public Annotated() {
			super("annotated");
		}

	}

	/** A bean that each session has for itself. */
	public static class Held {

		private int count;

		public int getCount() {
			return this.count;
		}

		public void setCount(int count) {
			this.count = count;
		}

		@PreDestroy
		void destroy() {
			TOLD.add("held destroyed");
		}

	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@ServletComponentScan(basePackageClasses = HttpSessionListenerHttpTests.class)
	@Import(Pages.class)
	static class Application {

		@Bean
		MovableClock clock() {
			return new MovableClock();
		}

		@Bean
		HttpSessionListener plain() {
			return new Telling("plain");
		}

		@Bean
		ServletListenerRegistrationBean<HttpSessionListener> ofThePlain(HttpSessionListener plain) {
			return new ServletListenerRegistrationBean<>(plain);
		}

		@Bean
		ServletListenerRegistrationBean<HttpSessionListener> registered() {
			return new ServletListenerRegistrationBean<>(new Telling("registered"));
		}

		@Bean
		ServletListenerRegistrationBean<HttpSessionListener> disabled() {
			ServletListenerRegistrationBean<HttpSessionListener> registration = new ServletListenerRegistrationBean<>(
					new Telling("disabled"));
			registration.setEnabled(false);
			return registration;
		}

		@Bean
		HttpSessionEventPublisher publisher() {
			return new HttpSessionEventPublisher();
		}

		@Bean
		@SessionScope
		Held held() {
			return new Held();
		}

		@EventListener
		void on(HttpSessionCreatedEvent event) {
			TOLD.add("event created " + event.getSession().getId());
		}

		@EventListener
		void on(SessionDestroyedEvent event) {
			assertThat(event.getSecurityContexts()).isEmpty();
			TOLD.add("event destroyed " + event.getId());
		}

	}

	@RestController
	static class Pages {

		private final Held held;

		Pages(Held held) {
			this.held = held;
		}

		@GetMapping("/begin")
		String begin(HttpSession session) {
			session.setAttribute("name", "value");
			return session.getId();
		}

		@GetMapping("/for-ever")
		String forEver(HttpSession session) {
			session.setMaxInactiveInterval(-1);
			session.setAttribute("name", "value");
			return "begun";
		}

		@GetMapping("/hold")
		String hold() {
			this.held.setCount(this.held.getCount() + 1);
			return String.valueOf(this.held.getCount());
		}

		@GetMapping("/handle")
		String handle(Session session) {
			return String.valueOf(session.getHandle());
		}

		@GetMapping("/look")
		String look(HttpServletRequest request) {
			HttpSession session = request.getSession(false);
			return (session != null) ? String.valueOf(session.getAttribute("name")) : "none";
		}

		@GetMapping("/end")
		String end(HttpSession session) {
			session.invalidate();
			return "ended";
		}

	}

	@Override
	String[] properties() {
		return new String[] { "app.session.http-session.enabled=true", "app.session.timeout=30m",
				"app.session.max-lifetime=24h" };
	}

	@BeforeEach
	void forget() {
		TOLD.clear();
	}

	private static List<String> told() {
		List<String> taken = new ArrayList<>();
		for (String next = TOLD.poll(); next != null; next = TOLD.poll()) {
			taken.add(next);
		}
		return taken;
	}

	/** What everybody is told of a session; others may end at the same time. */
	private static String[] all(String what) {
		return new String[] { "plain " + what, "registered " + what, "annotated " + what, "event " + what };
	}

	private static List<String> toldOf(String id) {
		return told().stream().filter((told) -> told.endsWith(id)).toList();
	}

	@Test
	void whoeverIsRegisteredIsToldOnce() {
		Browser visitor = browser();
		String id = visitor.get("/begin").body();
		assertThat(told()).containsExactlyInAnyOrder(all("created " + id));
		visitor.get("/end");
		assertThat(toldOf(id)).containsExactlyInAnyOrder(all("destroyed " + id));
	}

	@Test
	void anExpiredSessionIsToldByItsHandleAndItsBeansAreDestroyed() {
		Browser visitor = browser();
		assertThat(visitor.get("/hold").body()).isEqualTo("1");
		assertThat(visitor.get("/hold").body()).isEqualTo("2");
		String handle = visitor.get("/handle").body();
		told();
		bean(MovableClock.class).advance(Duration.ofMinutes(34));
		bean(Sessions.class).count();
		List<String> told = new ArrayList<>();
		await().until(() -> told.addAll(told()) && told.contains("held destroyed"));
		assertThat(told.stream().filter((each) -> each.endsWith(handle)))
			.containsExactlyInAnyOrder(all("destroyed " + handle));
		assertThat(told.stream().filter((each) -> each.startsWith("held"))).hasSize(1);
	}

	@Test
	void aRevokedSessionIsToldByItsHandleAndItsBeansAreDestroyed() {
		Browser visitor = browser();
		visitor.get("/hold");
		String handle = visitor.get("/handle").body();
		told();
		assertThat(bean(Sessions.class).revoke(handle)).isTrue();
		List<String> told = told();
		assertThat(told).contains("held destroyed").contains(all("destroyed " + handle)).doesNotHaveDuplicates();
		assertThat(visitor.get("/look").body()).isEqualTo("null");
	}

	@Test
	void aSessionThatIsUsedAndNotReadKeepsWhatItsBeansHaveToBeTold() {
		Browser visitor = browser();
		visitor.get("/hold");
		told();
		for (int i = 0; i < 10; i++) {
			bean(MovableClock.class).advance(Duration.ofMinutes(25));
			assertThat(visitor.get("/look").body()).isEqualTo("null");
		}
		assertThat(told()).doesNotContain("held destroyed");
		visitor.get("/end");
		assertThat(told()).contains("held destroyed");
	}

	@Test
	@Expectation({ "K23", "X13" })
	void aSessionWithoutATimeoutEndsWithItsLifetime() {
		Browser visitor = browser();
		visitor.get("/for-ever");
		Browser other = browser();
		other.get("/begin");
		bean(MovableClock.class).advance(Duration.ofHours(23).plusMinutes(50));
		assertThat(other.get("/look").body()).isEqualTo("null");
		assertThat(visitor.get("/look").body()).isEqualTo("value");
		bean(MovableClock.class).advance(Duration.ofMinutes(11));
		assertThat(visitor.get("/look").body()).isEqualTo("null");
	}

	/** On Tomcat. */
	static class OnTomcat extends HttpSessionListenerHttpTests {

		@Configuration(proxyBeanMethods = false)
		static class Server {

			@Bean
			ServletWebServerFactory webServer() {
				return new TomcatServletWebServerFactory();
			}

		}

		@Override
		Class<?>[] sources() {
			return new Class<?>[] { Application.class, Server.class };
		}

	}

	/** On Jetty. */
	static class OnJetty extends HttpSessionListenerHttpTests {

		@Configuration(proxyBeanMethods = false)
		static class Server {

			@Bean
			ServletWebServerFactory webServer() {
				return new JettyServletWebServerFactory();
			}

		}

		@Override
		Class<?>[] sources() {
			return new Class<?>[] { Application.class, Server.class };
		}

	}

}
