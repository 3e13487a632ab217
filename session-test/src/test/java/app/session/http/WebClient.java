package app.session.http;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * A visitor who keeps all cookies, sends forms with the token that the page before had,
 * and follows no redirect unless told to.
 */
public final class WebClient {

	private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

	/** When a cookie ends that is to be removed, by all who write a date. */
	private static final String ENDED = "Thu, 01 Jan 1970 00:00:00 GMT";

	private final HttpClient http;

	private final URI server;

	private final Map<String, String> cookies;

	public WebClient(HttpClient http, URI server) {
		this(http, server, new TreeMap<>());
	}

	private WebClient(HttpClient http, URI server, Map<String, String> cookies) {
		this.http = http;
		this.server = server;
		this.cookies = cookies;
	}

	/**
	 * The same visitor at another server of the same host: as in a browser, a cookie that
	 * one sets goes to the other.
	 */
	public WebClient at(URI server) {
		return new WebClient(this.http, server, this.cookies);
	}

	/** The same cookies at the same server, or at another. */
	public WebClient twin(WebClient other) {
		WebClient twin = new WebClient(this.http, other.server);
		twin.cookies.putAll(this.cookies);
		return twin;
	}

	public Map<String, String> cookies() {
		return this.cookies;
	}

	@Nullable String sessionCookie() {
		return this.cookies.get("session");
	}

	public HttpResponse<String> get(String path, String... headers) {
		return send(request(path, headers).GET());
	}

	HttpResponse<String> post(String path, Map<String, String> form, String... headers) {
		String body = form.entrySet()
			.stream()
			.map((field) -> encode(field.getKey()) + "=" + encode(field.getValue()))
			.collect(Collectors.joining("&"));
		return send(request(path, headers).setHeader("Content-Type", "application/x-www-form-urlencoded")
			.POST(BodyPublishers.ofString(body)));
	}

	private static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

	private HttpRequest.Builder request(String path, String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(this.server.resolve(path)).header("Accept", "text/html");
		if (!this.cookies.isEmpty()) {
			request.header("Cookie",
					this.cookies.entrySet()
						.stream()
						.map((cookie) -> cookie.getKey() + "=" + cookie.getValue())
						.collect(Collectors.joining("; ")));
		}
		for (int i = 0; i < headers.length; i += 2) {
			request.setHeader(headers[i], headers[i + 1]);
		}
		return request;
	}

	private HttpResponse<String> send(HttpRequest.Builder request) {
		HttpResponse<String> response = Browser
			.await(this.http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString()));
		for (String header : Browser.setCookies(response)) {
			String[] pair = header.split(";", 2)[0].split("=", 2);
			if (pair[1].isEmpty() || header.contains(ENDED)) {
				this.cookies.remove(pair[0]);
			}
			else {
				this.cookies.put(pair[0], pair[1]);
			}
		}
		return response;
	}

	/** Fetches a page with a form in it, and sends that. */
	HttpResponse<String> submit(String page, String action, Map<String, String> fields) {
		String token = token(get(page));
		Map<String, String> form = new TreeMap<>(fields);
		form.put("_csrf", token);
		return post(action, form);
	}

	static String token(HttpResponse<String> page) {
		Matcher token = TOKEN.matcher(page.body());
		if (!token.find()) {
			throw new AssertionError("No form in the page: " + page.statusCode() + " " + page.body());
		}
		return token.group(1);
	}

	HttpResponse<String> login(String user, String password) {
		return submit("/login", "/login", Map.of("username", user, "password", password));
	}

	HttpResponse<String> logout() {
		return submit("/logout", "/logout", Map.of());
	}

	/** Where a redirect leads, without the server. */
	static String location(HttpResponse<String> response) {
		URI location = URI.create(response.headers().firstValue("Location").orElse(""));
		return Objects.requireNonNullElse(location.getRawPath(), "")
				+ ((location.getRawQuery() != null) ? "?" + location.getRawQuery() : "");
	}

}
