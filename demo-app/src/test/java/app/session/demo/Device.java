package app.session.demo;

import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A browser with cookies of its own and the page it was last shown, whose forms it sends.
 * It follows no redirect.
 */
final class Device {

	static final String FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0";

	private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

	private static final Pattern HANDLE = Pattern.compile("<dl id=\"device-([^\"]+)\">");

	private static final Pattern OTHER = Pattern.compile("name=\"handle\" value=\"([^\"]+)\"");

	private final CookieManager cookies = new CookieManager();

	private final HttpClient client = HttpClient.newBuilder()
		.cookieHandler(this.cookies)
		.followRedirects(Redirect.NEVER)
		.build();

	private final String userAgent;

	private URI server;

	private String page = "";

	Device(int port, String userAgent) {
		this.server = URI.create("http://127.0.0.1:" + port);
		this.userAgent = userAgent;
	}

	/** Goes to another node from now on. */
	Device at(int port) {
		this.server = URI.create("http://127.0.0.1:" + port);
		return this;
	}

	HttpResponse<String> get(String path) throws Exception {
		HttpResponse<String> response = send(request(path).GET());
		this.page = response.body();
		return response;
	}

	/** Sends a form of the page, with its token if it has one. */
	HttpResponse<String> press(String path, String... fields) throws Exception {
		List<String> all = new ArrayList<>(List.of(fields));
		Matcher token = TOKEN.matcher(this.page);
		if (token.find()) {
			all.addAll(List.of("_csrf", token.group(1)));
		}
		return post(path, all.toArray(String[]::new));
	}

	HttpResponse<String> post(String path, String... fields) throws Exception {
		StringBuilder form = new StringBuilder();
		for (int i = 0; i < fields.length; i += 2) {
			form.append(form.isEmpty() ? "" : "&")
				.append(fields[i])
				.append('=')
				.append(URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8));
		}
		return send(request(path).header("Content-Type", "application/x-www-form-urlencoded")
			.POST(BodyPublishers.ofString(form.toString())));
	}

	HttpResponse<String> logIn(String user, String password) throws Exception {
		get("/devices/login");
		return press("/devices/login", "username", user, "password", password);
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(this.server.resolve(path))
			.header("Accept", "text/html")
			.header("User-Agent", this.userAgent);
	}

	private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
		return this.client.send(request.build(), BodyHandlers.ofString());
	}

	/** Whether the next click leads to the page, and not to the login. */
	boolean isLoggedIn() throws Exception {
		return get("/devices").statusCode() == 200;
	}

	/** The handles of all devices in the page. */
	List<String> handles() {
		return HANDLE.matcher(this.page).results().map((found) -> found.group(1)).toList();
	}

	/** The handles of those that the page has a button to end. */
	List<String> others() {
		return OTHER.matcher(this.page).results().map((found) -> found.group(1)).toList();
	}

	boolean hasCookie() {
		return !this.cookies.getCookieStore().getCookies().isEmpty();
	}

	/** Where a redirect leads, without the server. */
	static String location(HttpResponse<String> response) {
		return response.headers().firstValue("Location").orElse("").replaceFirst("^http://[^/]+", "");
	}

}
