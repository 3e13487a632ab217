package app.session.peers;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

import app.session.http.WebClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The worked examples that the tests of {@code app.session.interop} rest on, taken and
 * sent by the real packages.
 */
class PeerVectorTests {

	private static final String SECRET = "some secret hurr";

	private static final String ID = "0f8fad5b-d9cb-469f-a165-70867728950e";

	private static final String RECORD = "{\"views\":41,\"_expire\":4102444800000,\"_maxAge\":86400000}";

	private static HttpResponse<String> get(NodeApp app, String path, String value, String signature) {
		WebClient visitor = app.visitor();
		visitor.cookies().put("koa.sess", value);
		visitor.cookies().put("koa.sess.sig", signature);
		return visitor.get(path);
	}

	private static List<String> setCookies(HttpResponse<String> response) {
		return response.headers().allValues("Set-Cookie");
	}

	/** Example A. */
	@Test
	void koaReadsASessionFromACookie() {
		String value = "eyJ2aWV3cyI6MSwidXNlciI6IkrDtnJnIiwiX2V4cGlyZSI6NDEwMjQ0NDgwMDAwMCwiX21heEFnZSI6ODY0MDAwMDB9";
		try (NodeApp app = NodeApp.koa(Map.of("KEYS", SECRET, "STORE", "none"))) {
			assertThat(get(app, "/json", value, "9qgeMcwguCTZueKRuxwdKY09CGI").body())
				.isEqualTo("{\"views\":1,\"user\":\"J\u00f6rg\"}");
			assertThat(get(app, "/json", value, "9qgeMcwguCTZueKRuxwdKY09CGJ").body()).isEqualTo("{}");
		}
	}

	/** Examples B, E and G, and a signature with one wrong character. */
	@ParameterizedTest
	@CsvSource({ "sha1, " + SECRET + ", " + ID + ", WbvKuwC6rI9eCm7GoXIldfauHPI, 42",
			"sha1, " + SECRET + ", " + ID + ", WbvKuwC6rI9eCm7GoXIldfauHPJ, 1",
			"sha1, k, x7, MMKZmgq3SJVHynbbIwVxi-YF_J0, 42",
			"sha256, " + SECRET + ", " + ID + ", KKq9fqhmRk3sv8Rb4RuTpZ8oy4A6TEPP4uGdm5B1y2Q, 42",
			"sha256, " + SECRET + ", " + ID + ", WbvKuwC6rI9eCm7GoXIldfauHPI, 1" })
	void koaTakesASignedId(String algorithm, String key, String id, String signature, long views) {
		Records.set(id, RECORD);
		try (NodeApp app = NodeApp.koa(Map.of("KEYS", key, "ALGORITHM", algorithm))) {
			assertThat(get(app, "/", id, signature).body()).isEqualTo(Pages.views(views));
		}
	}

	/** Example C. */
	@Test
	void koaSignsTheCookieThatRemoves() {
		String end = "; path=/; expires=Thu, 01 Jan 1970 00:00:00 GMT; httponly";
		try (NodeApp app = NodeApp.koa(Map.of("KEYS", SECRET))) {
			assertThat(setCookies(app.visitor().get("/logout"))).containsExactly("koa.sess=" + end,
					"koa.sess.sig=clQ7w3Aqys5GYD9rpEmfpw14ZQg" + end);
		}
	}

	/** Example D. */
	@Test
	void koaWritesASessionOfABrowsersLife() {
		try (NodeApp app = NodeApp.koa(Map.of("KEYS", "a", "STORE", "none", "MAX_AGE", "session"))) {
			assertThat(setCookies(app.visitor().get("/set?name=n&value=1"))).containsExactly(
					"koa.sess=eyJuIjoxLCJfc2Vzc2lvbiI6dHJ1ZX0=; path=/; httponly",
					"koa.sess.sig=OVhBJg2DoqTylUMtOJfuvd9Xl8s; path=/; httponly");
		}
	}

	/** Example F. */
	@Test
	void koaSignsAgainWithItsFirstKey() {
		Records.set(ID, RECORD);
		try (NodeApp app = NodeApp.koa(Map.of("KEYS", "new key,old key"))) {
			HttpResponse<String> response = get(app, "/json", ID, "Zy_-ilryi9lmeL6s-7nSIAI8Y1k");
			assertThat(response.body()).isEqualTo("{\"views\":41}");
			assertThat(setCookies(response))
				.containsExactly("koa.sess.sig=CM98fDAFFq7uzTEghcpJhM7ZYqs; path=/; httponly");
		}
	}

	/** Example H. */
	@Test
	void expressTakesASignedId() {
		Records.set("sess:apple", "{\"cookie\":{\"originalMaxAge\":null,\"expires\":null},\"views\":41}");
		String value = "s%3Aapple.D8Y%2BpkTAmeR0PobOhY4G97PRW%2Bj7bUnP%2F5m6%2FOn1MCU";
		try (NodeApp app = NodeApp.express(Map.of("KEYS", "keyboard cat"))) {
			WebClient visitor = app.visitor();
			visitor.cookies().put("connect.sid", value.replace("MCU", "MCV"));
			assertThat(visitor.get("/").body()).isEqualTo(Pages.views(1));
			visitor.cookies().put("connect.sid", value);
			assertThat(visitor.get("/").body()).isEqualTo(Pages.views(42));
		}
	}

}
