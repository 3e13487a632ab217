package app.session.peers;

import java.util.List;
import java.util.Map;

import app.session.http.WebClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A site with an application that has express-session and connect-redis.
 */
abstract class SharedExpressSiteTests extends SharedSiteTests {

	@Override
	Site startNode(Map<String, String> settings) {
		return NodeApp.express(settings);
	}

	@Override
	String cookie() {
		return "connect.sid";
	}

	private static String key(String prefix, WebClient visitor, String cookie) {
		return prefix + visitor.cookies().get(cookie).substring(4, 36);
	}

	private void assertSharedWith(Map<String, String> settings) {
		try (Site node = startNode(settings); Site other = startOther(settings)) {
			for (Site begin : List.of(node, other)) {
				WebClient visitor = NodeApp.visitor(begin);
				assertCounts(begin, begin, visitor, 1, 2);
				assertCounts(node, other, visitor, 3, 20);
				String cookie = settings.getOrDefault("KEY", cookie());
				assertThat(Records.get(key(settings.getOrDefault("PREFIX", "sess:"), visitor, cookie)))
					.contains("\"views\":20");
			}
		}
	}

	@Test
	void keysWithAPrefix() {
		assertSharedWith(Map.of("KEYS", "a key", "PREFIX", "shop:"));
	}

	@Test
	void anotherCookieName() {
		assertSharedWith(Map.of("KEYS", "a key", "KEY", "sid"));
	}

	@Test
	void aCookieWithALifetime() {
		assertSharedWith(Map.of("KEYS", "a key", "MAX_AGE", "60000"));
	}

	/** Without an end the cookie is a browser's session's, and the record stays a day. */
	@ParameterizedTest
	@EnumSource
	void aRecordIsWrittenAsExpressSessionWritesIt(Side writer) {
		WebClient visitor = visitor();
		page(writer, visitor, "/");
		String key = key("sess:", visitor, cookie());
		assertThat(Records.get(key)).isEqualTo(
				"{\"cookie\":{\"originalMaxAge\":null,\"expires\":null,\"httpOnly\":true,\"path\":\"/\"},\"views\":1}");
		assertThat(Records.lifetime(key)).isBetween(86_300_000L, 86_400_000L);
	}

	/** Its cookie's settings are in the record, whatever the side that writes it has. */
	@ParameterizedTest
	@EnumSource
	void aSessionKeepsTheLifetimeItBeganWith(Side writer) {
		try (Site node = startNode(Map.of("KEYS", "a key", "MAX_AGE", "60000"))) {
			WebClient visitor = NodeApp.visitor(node);
			assertThat(Pages.page(visitor, "/")).isEqualTo(Pages.views(1));
			String key = key("sess:", visitor, cookie());
			assertThat(page(writer, visitor, "/")).isEqualTo(Pages.views(2));
			assertThat(Records.get(key)).matches("\\{\"cookie\":\\{\"originalMaxAge\":(60000|59\\d{3}),"
					+ "\"expires\":\"[\\dT:.-]+Z\",\"httpOnly\":true,\"path\":\"/\"},\"views\":2}");
			assertThat(Records.lifetime(key)).isBetween(1L, 60_000L);
		}
	}

}
