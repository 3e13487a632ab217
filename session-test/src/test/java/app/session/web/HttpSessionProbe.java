package app.session.web;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A handler that does with its {@code HttpSession} what a test wants, on each container.
 */
@ParameterizedClass
@EnumSource
abstract class HttpSessionProbe {

	private static final Map<Container, TestServer> SERVERS = new EnumMap<>(Container.class);

	@Parameter
	Container container;

	TestServer server;

	String cookie = "";

	/** What a handler does with its request. */
	interface Action {

		Object on(HttpServletRequest request, HttpServletResponse response) throws Exception;

	}

	@RestController
	static class Probe {

		private final AtomicReference<Action> action = new AtomicReference<>();

		@GetMapping("/probe")
		String probe(HttpServletRequest request, HttpServletResponse response) throws Exception {
			return String.valueOf(this.action.get().on(request, response));
		}

	}

	/** Counts the sessions that the container makes. */
	@Configuration(proxyBeanMethods = false)
	static class Counting {

		@Bean
		ContainerSessions containerSessions() {
			return new ContainerSessions(new AtomicInteger());
		}

	}

	/** Told by the container alone. */
	record ContainerSessions(AtomicInteger count) implements HttpSessionListener {

		@Override
		public void sessionCreated(HttpSessionEvent event) {
			this.count.incrementAndGet();
		}

	}

	@BeforeEach
	void start() {
		this.server = SERVERS.computeIfAbsent(this.container,
				(key) -> new TestServer(key, Probe.class, Counting.class));
		this.server.repository.forgetCalls();
		this.server.listener.take();
	}

	@AfterAll
	static void stop() {
		SERVERS.values().forEach(TestServer::close);
		SERVERS.clear();
	}

	/** A request of a browser that keeps its cookie, and the handler's answer. */
	String visit(Action action) throws Exception {
		HttpResponse<byte[]> response = send(action);
		List<String> sent = TestServer.cookies(response);
		if (!sent.isEmpty()) {
			this.cookie = sent.get(0).equals("session=") ? "" : sent.get(0);
		}
		assertThat(this.server.bean(ContainerSessions.class).count()).hasValue(0);
		return new String(response.body(), StandardCharsets.UTF_8);
	}

	HttpResponse<byte[]> send(Action action) throws Exception {
		this.server.bean(Probe.class).action.set(action);
		HttpResponse<byte[]> response = this.cookie.isEmpty() ? this.server.get("/probe")
				: this.server.get("/probe", "Cookie", this.cookie);
		assertThat(response.statusCode()).isEqualTo(200);
		return response;
	}

	void assertCalls(int reads, int writes) {
		assertThat(this.server.repository.reads()).as("reads").isEqualTo(reads);
		assertThat(this.server.repository.writes()).as("writes").isEqualTo(writes);
		this.server.repository.forgetCalls();
	}

	static HttpSession session(HttpServletRequest request) {
		HttpSession session = request.getSession(false);
		assertThat(session).isNotNull();
		return session;
	}

}
