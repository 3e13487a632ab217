package app.session.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

import app.session.Session;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * Somebody with a browser that keeps cookies, whatever their path and domain.
 */
final class Visitor {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final HttpClient HTTP = HttpClient.newBuilder().version(Version.HTTP_1_1).build();

	private final URI server;

	private final HandlerApplication.Handlers handlers;

	private final String[] headers;

	private final Map<String, String> cookies = new LinkedHashMap<>();

	private Visitor(URI server, HandlerApplication.Handlers handlers, String... headers) {
		this.server = server;
		this.handlers = handlers;
		this.headers = headers;
	}

	/** Somebody who knows an application. */
	static Visitor of(ConfigurableApplicationContext context, String... headers) {
		String port = context.getEnvironment().getRequiredProperty("local.server.port");
		return new Visitor(URI.create("http://127.0.0.1:" + port), context.getBean(HandlerApplication.Handlers.class),
				headers);
	}

	/** Another browser with the same cookies. */
	Visitor twin() {
		Visitor twin = new Visitor(this.server, this.handlers, this.headers);
		twin.cookies.putAll(this.cookies);
		return twin;
	}

	/** The cookies that the browser has. */
	Map<String, String> cookies() {
		return this.cookies;
	}

	/** The only cookie that the browser has. */
	Map.Entry<String, String> cookie() {
		if (this.cookies.size() != 1) {
			throw new AssertionError("There is not one cookie but these: " + this.cookies.keySet());
		}
		return this.cookies.entrySet().iterator().next();
	}

	/** Calls a handler that answers nothing. */
	Answer visit(Consumer<Session> handler) {
		return ask((session) -> {
			handler.accept(session);
			return "";
		});
	}

	/** Calls a handler. */
	Answer ask(Function<Session, ?> handler) {
		return get(this.handlers.add(handler));
	}

	/** Calls a path. */
	Answer get(String path) {
		HttpRequest.Builder request = HttpRequest.newBuilder(this.server.resolve(path)).timeout(LIMIT);
		if (this.headers.length > 0) {
			request.headers(this.headers);
		}
		if (!this.cookies.isEmpty()) {
			request.header("Cookie",
					this.cookies.entrySet()
						.stream()
						.map((cookie) -> cookie.getKey() + "=" + cookie.getValue())
						.collect(Collectors.joining("; ")));
		}
		HttpResponse<String> response = send(request.build());
		List<String> setCookies = response.headers().allValues("Set-Cookie");
		setCookies.forEach(this::keep);
		return new Answer(response.statusCode(), response.body(), setCookies, response.headers());
	}

	private HttpResponse<String> send(HttpRequest request) {
		try {
			return HTTP.send(request, BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private void keep(String header) {
		String[] pair = header.split(";", 2)[0].split("=", 2);
		if (header.contains("Max-Age=0")) {
			this.cookies.remove(pair[0]);
		}
		else {
			this.cookies.put(pair[0], pair[1]);
		}
	}

	/**
	 * What the server answered.
	 *
	 * @param status the status
	 * @param body the text
	 * @param setCookies the values of all Set-Cookie headers
	 * @param headers all headers
	 */
	record Answer(int status, String body, List<String> setCookies, HttpHeaders headers) {

		/** The only Set-Cookie header, or {@code null} if there is none. */
		@Nullable String setCookie() {
			if (this.setCookies.size() > 1) {
				throw new AssertionError("There are several: " + this.setCookies);
			}
			return this.setCookies.isEmpty() ? null : this.setCookies.get(0);
		}

	}

}
