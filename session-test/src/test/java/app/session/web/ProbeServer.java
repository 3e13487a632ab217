package app.session.web;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A browser that keeps its cookies, and a handler that does what a test wants.
 */
final class ProbeServer {

	final TestServer server;

	private final TreeMap<String, String> cookies = new TreeMap<>();

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

	ProbeServer(TestServer server) {
		this.server = server;
	}

	/**
	 * Has the handler do something.
	 * @return its answer
	 */
	String visit(Action action) throws Exception {
		return text(attempt(action));
	}

	HttpResponse<byte[]> attempt(Action action) throws Exception {
		this.server.bean(Probe.class).action.set(action);
		return send("/probe");
	}

	/**
	 * Gets a page.
	 * @return its text
	 */
	String get(String path) throws Exception {
		return text(send(path));
	}

	private static String text(HttpResponse<byte[]> response) {
		assertThat(response.statusCode()).isEqualTo(200);
		return new String(response.body(), StandardCharsets.UTF_8);
	}

	HttpResponse<byte[]> send(String path) throws Exception {
		List<String> headers = new ArrayList<>();
		if (!this.cookies.isEmpty()) {
			headers.add("Cookie");
			headers.add(this.cookies.entrySet()
				.stream()
				.map((cookie) -> cookie.getKey() + "=" + cookie.getValue())
				.collect(Collectors.joining("; ")));
		}
		HttpResponse<byte[]> response = this.server.send("GET", path, headers.toArray(String[]::new));
		for (String header : response.headers().allValues("Set-Cookie")) {
			String[] pair = header.substring(0, header.indexOf(';')).split("=", 2);
			if (pair[1].isEmpty()) {
				this.cookies.remove(pair[0]);
			}
			else {
				this.cookies.put(pair[0], pair[1]);
			}
		}
		return response;
	}

	/**
	 * The names of the cookies that the browser has.
	 */
	List<String> cookies() {
		return List.copyOf(this.cookies.keySet());
	}

	/**
	 * What a cookie says.
	 */
	@Nullable String cookie(String name) {
		return this.cookies.get(name);
	}

	/**
	 * Another browser that knows the same cookies.
	 */
	ProbeServer twin() {
		ProbeServer twin = new ProbeServer(this.server);
		twin.cookies.putAll(this.cookies);
		return twin;
	}

	void assertCalls(int reads, int writes) {
		assertThat(this.server.repository.reads()).as("reads").isEqualTo(reads);
		assertThat(this.server.repository.writes()).as("writes").isEqualTo(writes);
		this.server.repository.forgetCalls();
	}

}
