package app.session.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

/**
 * A client with one cookie, which it changes only when told to: so a test decides in
 * which order answers arrive.
 */
public class Browser {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private final HttpClient http;

	private final URI server;

	private final String[] headers;

	private volatile @Nullable String cookie;

	/**
	 * Makes a client.
	 * @param headers names and values, alternately, that it sends with each request
	 */
	public Browser(HttpClient http, URI server, String... headers) {
		this.http = http;
		this.server = server;
		this.headers = headers;
	}

	public @Nullable String cookie() {
		return this.cookie;
	}

	public void cookie(@Nullable String cookie) {
		this.cookie = cookie;
	}

	/** Another client that knows the same cookie. */
	public Browser twin() {
		return with(this.headers);
	}

	/** Another client that knows the same cookie, and sends these headers. */
	public Browser with(String... headers) {
		Browser twin = new Browser(this.http, this.server, headers);
		twin.cookie = this.cookie;
		return twin;
	}

	/** Sends a request and takes the answer's cookie. */
	public HttpResponse<String> get(String path) {
		HttpResponse<String> response = await(send(path));
		take(response);
		return response;
	}

	/** Sends a request; the answer is the test's to deal with. */
	public CompletableFuture<HttpResponse<String>> send(String path) {
		HttpRequest.Builder request = HttpRequest.newBuilder(this.server.resolve(path)).timeout(LIMIT);
		if (this.headers.length > 0) {
			request.headers(this.headers);
		}
		String cookie = this.cookie;
		if (cookie != null) {
			request.header("Cookie", cookie);
		}
		return this.http.sendAsync(request.build(), BodyHandlers.ofString());
	}

	public static HttpResponse<String> await(CompletableFuture<HttpResponse<String>> response) {
		try {
			return response.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
		catch (ExecutionException | TimeoutException ex) {
			throw new UncheckedIOException(new IOException("No answer", ex));
		}
	}

	public void take(HttpResponse<String> response) {
		for (String header : setCookies(response)) {
			String pair = header.split(";", 2)[0];
			this.cookie = pair.endsWith("=") ? null : pair;
		}
	}

	public static List<String> setCookies(HttpResponse<String> response) {
		return response.headers().allValues("Set-Cookie");
	}

}
