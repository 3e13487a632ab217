package app.session.peers;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import app.session.http.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Attributes of all kinds that JSON has, by the pages {@code /set} and {@code /get},
 * which each application of these tests has.
 */
final class Pages {

	private static final Map<String, String> VALUES = values();

	private Pages() {
	}

	private static Map<String, String> values() {
		Map<String, String> values = new LinkedHashMap<>();
		values.put("text", "\"J\u00f6rg; \\\"quoted\\\" \\\\ \ud83c\udf6a\"");
		values.put("empty", "\"\"");
		values.put("integer", "-42");
		values.put("large", "9007199254740991");
		values.put("fraction", "0.125");
		values.put("yes", "true");
		values.put("no", "false");
		values.put("list", "[1,\"two\",[],{\"three\":null}]");
		values.put("object", "{\"b\":1,\"a\":{\"deep\":[true]},\"\":{}}");
		return values;
	}

	/** What the page {@code /} says to a visit, in the words of the tutorials. */
	static String views(long n) {
		return (n == 1) ? "Welcome here for the first time!" : "You've visited this page " + n + " times!";
	}

	/** Fetches a page. */
	static String page(WebClient visitor, String path) {
		HttpResponse<String> response = visitor.get(path);
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		return response.body();
	}

	/** Sets attributes of all kinds that JSON has. */
	static void setAll(WebClient visitor) {
		VALUES.forEach((name, json) -> {
			String path = "/set?name=" + name + "&value=" + URLEncoder.encode(json, StandardCharsets.UTF_8);
			page(visitor, path);
		});
	}

	static void assertAll(WebClient visitor) {
		VALUES.forEach((name, json) -> assertThat(page(visitor, "/get?name=" + name)).as(name).isEqualTo(json));
	}

}
