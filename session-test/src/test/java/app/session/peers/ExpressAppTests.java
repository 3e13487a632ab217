package app.session.peers;

import java.util.List;
import java.util.Map;

import app.session.http.WebClient;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The real express-session is what the tests that compare with it take it for.
 */
class ExpressAppTests {

	/** The cookie's value is {@code s:id.signature}, percent-encoded. */
	private static String id(WebClient visitor) {
		String value = visitor.cookies().get("connect.sid");
		assertThat(value).matches("s%3A[\\w-]{32}\\.[\\w%]+");
		return value.substring(4, 36);
	}

	@Test
	void itCountsInTheTutorialsWords() {
		try (NodeApp app = NodeApp.express(Map.of("KEYS", "a key"))) {
			WebClient visitor = app.visitor();
			assertThat(Pages.page(visitor, "/")).isEqualTo(Pages.views(1));
			assertThat(Pages.page(visitor, "/")).isEqualTo(Pages.views(2));
			assertThat(Pages.page(visitor, "/")).isEqualTo(Pages.views(3));
			assertThat(Pages.page(app.visitor(), "/")).isEqualTo(Pages.views(1));
		}
	}

	@Test
	void aLogoutEndsTheSessionInRedisAndLeavesTheCookie() {
		try (NodeApp app = NodeApp.express(Map.of("KEYS", "a key"))) {
			WebClient visitor = app.visitor();
			visitor.get("/");
			String id = id(visitor);
			assertThat(Pages.page(visitor, "/logout")).isEqualTo("bye");
			assertThat(id(visitor)).isEqualTo(id);
			assertThat(Records.get("sess:" + id)).isNull();
			assertThat(Pages.page(visitor, "/")).isEqualTo(Pages.views(1));
			assertThat(id(visitor)).isNotEqualTo(id);
		}
	}

	@Test
	void theIdIsInASignedCookieAndTheRecordUnderItForADay() {
		try (NodeApp app = NodeApp.express(Map.of("KEYS", "a key"))) {
			WebClient visitor = app.visitor();
			visitor.get("/");
			String key = "sess:" + id(visitor);
			assertThat(Records.get(key)).isEqualTo(
					"{\"cookie\":{\"originalMaxAge\":null,\"expires\":null,\"httpOnly\":true,\"path\":\"/\"},\"views\":1}");
			assertThat(Records.lifetime(key)).isBetween(86_300_000L, 86_400_000L);
		}
	}

	@Test
	void cookieNamePrefixAndLifetimeAreSettings() {
		Map<String, String> settings = Map.of("KEYS", "a key", "KEY", "sid", "PREFIX", "shop:", "MAX_AGE", "60000");
		try (NodeApp app = NodeApp.express(settings)) {
			WebClient visitor = app.visitor();
			assertThat(visitor.get("/").headers().allValues("Set-Cookie")).singleElement()
				.asString()
				.matches("sid=[^;]+; Path=/; Expires=[^;]+; HttpOnly");
			String key = "shop:" + visitor.cookies().get("sid").substring(4, 36);
			assertThat(Records.get(key)).matches("\\{\"cookie\":\\{\"originalMaxAge\":(60000|59\\d{3}),"
					+ "\"expires\":\"[\\dT:.-]+Z\",\"httpOnly\":true,\"path\":\"/\"},\"views\":1}");
			assertThat(Records.lifetime(key)).isBetween(1L, 60_000L);
		}
	}

	@Test
	void rollingSendsTheCookieAgainForARead() {
		assertThat(cookiesOfARead("false")).isEmpty();
		assertThat(cookiesOfARead("true")).hasSize(1);
	}

	private static List<String> cookiesOfARead(String rolling) {
		try (NodeApp app = NodeApp.express(Map.of("KEYS", "a key", "ROLLING", rolling))) {
			WebClient visitor = app.visitor();
			visitor.get("/");
			return visitor.get("/json").headers().allValues("Set-Cookie");
		}
	}

	@Test
	void allKindsOfValuesComeBack() {
		try (NodeApp app = NodeApp.express(Map.of("KEYS", "a key"))) {
			WebClient visitor = app.visitor();
			Pages.setAll(visitor);
			Pages.assertAll(visitor);
		}
	}

	@Test
	void aLoginBeginsAnewUnderAnotherId() {
		try (NodeApp app = NodeApp.express(Map.of("KEYS", "a key"))) {
			WebClient visitor = app.visitor();
			visitor.get("/");
			String id = id(visitor);
			assertThat(Pages.page(visitor, "/login?user=alice")).isEqualTo("alice");
			assertThat(Pages.page(visitor, "/json")).isEqualTo("{\"user\":\"alice\"}");
			assertThat(id(visitor)).isNotEqualTo(id);
			assertThat(Records.get("sess:" + id)).isNull();
		}
	}

	/** Unlike koa-session it does not sign again (weakness X7). */
	@Test
	void anApplicationWithRotatedKeysTakesWhatTheOtherSigned() {
		try (NodeApp old = NodeApp.express(Map.of("KEYS", "old key"));
				NodeApp rotated = NodeApp.express(Map.of("KEYS", "new key,old key"));
				NodeApp done = NodeApp.express(Map.of("KEYS", "new key"))) {
			WebClient visitor = old.visitor();
			visitor.get("/");
			String cookie = visitor.cookies().get("connect.sid");
			assertThat(Pages.page(visitor.at(rotated.uri()), "/")).isEqualTo(Pages.views(2));
			assertThat(visitor.cookies()).containsEntry("connect.sid", cookie);
			assertThat(Pages.page(visitor.at(done.uri()), "/")).isEqualTo(Pages.views(1));
		}
	}

}
