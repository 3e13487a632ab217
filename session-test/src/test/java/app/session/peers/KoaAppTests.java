package app.session.peers;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import app.session.http.WebClient;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The real koa-session is what the tests that compare with it take it for.
 */
class KoaAppTests {

	private static final String RECORD = "\\{\"views\":1,\"_expire\":\\d{13},\"_maxAge\":86400000}";

	@Test
	void itCountsInTheTutorialsWords() {
		try (NodeApp app = NodeApp.koa(Map.of("KEYS", "a key"))) {
			WebClient visitor = app.visitor();
			assertThat(Pages.page(visitor, "/")).isEqualTo(Pages.views(1));
			assertThat(Pages.page(visitor, "/")).isEqualTo(Pages.views(2));
			assertThat(Pages.page(visitor, "/")).isEqualTo(Pages.views(3));
			assertThat(Pages.page(app.visitor(), "/")).isEqualTo(Pages.views(1));
		}
	}

	@Test
	void aLogoutEndsTheSessionInRedisAndInTheBrowser() {
		try (NodeApp app = NodeApp.koa(Map.of("KEYS", "a key"))) {
			WebClient visitor = app.visitor();
			visitor.get("/");
			Map<String, String> cookies = Map.copyOf(visitor.cookies());
			assertThat(Pages.page(visitor, "/logout")).isEqualTo("bye");
			assertThat(visitor.cookies()).isEmpty();
			assertThat(Records.get(cookies.get("koa.sess"))).isNull();
			visitor.cookies().putAll(cookies);
			assertThat(Pages.page(visitor, "/")).isEqualTo(Pages.views(1));
			assertThat(visitor.cookies().get("koa.sess")).isNotEqualTo(cookies.get("koa.sess"));
		}
	}

	@Test
	void theIdIsInASignedCookieAndTheRecordUnderItForTenSecondsMore() {
		try (NodeApp app = NodeApp.koa(Map.of("KEYS", "a key"))) {
			WebClient visitor = app.visitor();
			visitor.get("/");
			assertThat(visitor.cookies()).containsOnlyKeys("koa.sess", "koa.sess.sig");
			String id = visitor.cookies().get("koa.sess");
			assertThat(id).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
			assertThat(Records.get(id)).matches(RECORD);
			assertThat(Records.lifetime(id)).isBetween(86_400_001L, 86_410_000L);
		}
	}

	@Test
	void aSessionOfABrowsersLifeHasNoEnd() {
		try (NodeApp app = NodeApp.koa(Map.of("KEYS", "a key", "MAX_AGE", "session"))) {
			WebClient visitor = app.visitor();
			visitor.get("/");
			String id = visitor.cookies().get("koa.sess");
			assertThat(Records.get(id)).isEqualTo("{\"views\":1,\"_session\":true}");
			assertThat(Records.lifetime(id)).isEqualTo(-1);
		}
	}

	@Test
	void cookieNamePrefixAndLifetimeAreSettings() {
		Map<String, String> settings = Map.of("KEYS", "a key", "KEY", "sid", "PREFIX", "shop:", "MAX_AGE", "60000");
		try (NodeApp app = NodeApp.koa(settings)) {
			WebClient visitor = app.visitor();
			List<String> cookies = visitor.get("/").headers().allValues("Set-Cookie");
			assertThat(cookies).hasSize(2).allMatch((cookie) -> cookie.contains("; expires="));
			assertThat(visitor.cookies()).containsOnlyKeys("sid", "sid.sig");
			assertThat(visitor.cookies().get("sid")).startsWith("shop:");
			assertThat(Records.get(visitor.cookies().get("sid"))).contains("\"_maxAge\":60000}");
		}
	}

	@Test
	void rollingSendsTheCookieAgainForARead() {
		assertThat(cookiesOfARead("false")).isEmpty();
		assertThat(cookiesOfARead("true")).hasSize(2);
	}

	private static List<String> cookiesOfARead(String rolling) {
		try (NodeApp app = NodeApp.koa(Map.of("KEYS", "a key", "ROLLING", rolling))) {
			WebClient visitor = app.visitor();
			visitor.get("/");
			return visitor.get("/json").headers().allValues("Set-Cookie");
		}
	}

	@Test
	void withoutAStoreTheSessionIsInTheCookie() {
		try (NodeApp app = NodeApp.koa(Map.of("KEYS", "a key", "STORE", "none"))) {
			WebClient visitor = app.visitor();
			visitor.get("/");
			byte[] json = Base64.getDecoder().decode(visitor.cookies().get("koa.sess"));
			assertThat(new String(json, StandardCharsets.UTF_8)).matches(RECORD);
			assertThat(Pages.page(visitor, "/")).isEqualTo(Pages.views(2));
			Pages.page(visitor, "/logout");
			assertThat(visitor.cookies()).isEmpty();
		}
	}

	@Test
	void allKindsOfValuesComeBack() {
		try (NodeApp app = NodeApp.koa(Map.of("KEYS", "a key"))) {
			WebClient visitor = app.visitor();
			Pages.setAll(visitor);
			Pages.assertAll(visitor);
		}
	}

	@Test
	void aLoginKeepsTheAttributesUnderAnotherId() {
		try (NodeApp app = NodeApp.koa(Map.of("KEYS", "a key"))) {
			WebClient visitor = app.visitor();
			visitor.get("/");
			String id = visitor.cookies().get("koa.sess");
			assertThat(Pages.page(visitor, "/login?user=alice")).isEqualTo("alice");
			assertThat(Pages.page(visitor, "/json")).isEqualTo("{\"views\":1,\"user\":\"alice\"}");
			assertThat(visitor.cookies().get("koa.sess")).isNotEqualTo(id);
			assertThat(Records.get(id)).isNull();
		}
	}

	@Test
	void anApplicationWithRotatedKeysSignsAgainWhatTheOtherSigned() {
		try (NodeApp old = NodeApp.koa(Map.of("KEYS", "old key"));
				NodeApp rotated = NodeApp.koa(Map.of("KEYS", "new key,old key"));
				NodeApp done = NodeApp.koa(Map.of("KEYS", "new key"))) {
			WebClient visitor = old.visitor();
			visitor.get("/");
			WebClient stranger = old.visitor();
			stranger.cookies().putAll(visitor.cookies());
			assertThat(Pages.page(visitor.at(rotated.uri()), "/")).isEqualTo(Pages.views(2));
			assertThat(Pages.page(visitor.at(done.uri()), "/")).isEqualTo(Pages.views(3));
			assertThat(Pages.page(stranger.at(done.uri()), "/")).isEqualTo(Pages.views(1));
		}
	}

}
