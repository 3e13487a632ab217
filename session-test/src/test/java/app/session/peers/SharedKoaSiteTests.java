package app.session.peers;

import java.util.List;
import java.util.Map;

import app.session.http.WebClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A site with an application that has koa-session.
 */
abstract class SharedKoaSiteTests extends SharedSiteTests {

	@Override
	Site startNode(Map<String, String> settings) {
		return NodeApp.koa(settings);
	}

	@Override
	String cookie() {
		return "koa.sess";
	}

	private void assertSharedWith(Map<String, String> settings) {
		try (Site node = startNode(settings); Site other = startOther(settings)) {
			for (Site begin : List.of(node, other)) {
				WebClient visitor = NodeApp.visitor(begin);
				assertCounts(begin, begin, visitor, 1, 2);
				assertCounts(node, other, visitor, 3, 20);
			}
		}
	}

	@Test
	void aSignatureBySha256() {
		assertSharedWith(Map.of("KEYS", "a key", "ALGORITHM", "sha256"));
	}

	@Test
	void idsWithAPrefix() {
		assertSharedWith(Map.of("KEYS", "a key", "PREFIX", "shop:"));
	}

	@Test
	void anotherCookieName() {
		assertSharedWith(Map.of("KEYS", "a key", "KEY", "sid"));
	}

	@Test
	void theSessionInTheCookie() {
		assertSharedWith(Map.of("KEYS", "a key", "STORE", "none"));
	}

	@Test
	void theSessionOfABrowsersLife() {
		assertSharedWith(Map.of("KEYS", "a key", "MAX_AGE", "session"));
	}

	@Test
	void theSessionOfABrowsersLifeInTheCookie() {
		assertSharedWith(Map.of("KEYS", "a key", "STORE", "none", "MAX_AGE", "session"));
	}

	@ParameterizedTest
	@EnumSource
	void aLogoutOnOneSideTakesTheSessionOutOfTheCookie(Side side) {
		Map<String, String> settings = Map.of("KEYS", "a key", "STORE", "none");
		try (Site node = startNode(settings); Site other = startOther(settings)) {
			WebClient visitor = NodeApp.visitor(node);
			assertCounts(node, other, visitor, 1, 4);
			Pages.page(visitor.at(((side == Side.NODE) ? node : other).uri()), "/logout");
			assertThat(visitor.cookies()).isEmpty();
		}
	}

	/** Its lifetime is in the record, whatever the side that writes it has. */
	@ParameterizedTest
	@EnumSource
	void aSessionKeepsTheLifetimeItBeganWith(Side writer) {
		try (Site node = startNode(Map.of("KEYS", "a key", "MAX_AGE", "60000"))) {
			WebClient visitor = NodeApp.visitor(node);
			assertThat(Pages.page(visitor, "/")).isEqualTo(Pages.views(1));
			String id = visitor.cookies().get(cookie());
			assertThat(page(writer, visitor, "/")).isEqualTo(Pages.views(2));
			assertThat(Records.get(id)).matches("\\{\"views\":2,\"_expire\":\\d{13},\"_maxAge\":60000}");
			assertThat(Records.lifetime(id)).isBetween(60_001L, 70_000L);
		}
	}

	@ParameterizedTest
	@EnumSource
	void aSessionOfABrowsersLifeKeepsNoEnd(Side writer) {
		try (Site node = startNode(Map.of("KEYS", "a key", "MAX_AGE", "session"))) {
			WebClient visitor = NodeApp.visitor(node);
			assertThat(Pages.page(visitor, "/")).isEqualTo(Pages.views(1));
			String id = visitor.cookies().get(cookie());
			List<String> cookies = on(writer, visitor).get("/").headers().allValues("Set-Cookie");
			assertThat(cookies).noneMatch((cookie) -> cookie.matches("(?i).*; (expires|max-age)=.*"));
			assertThat(Records.get(id)).isEqualTo("{\"views\":2,\"_session\":true}");
			assertThat(Records.lifetime(id)).isEqualTo(-1);
		}
	}

	@ParameterizedTest
	@EnumSource
	void aRecordIsWrittenAsKoaSessionWritesIt(Side writer) {
		WebClient visitor = visitor();
		page(writer, visitor, "/");
		String id = visitor.cookies().get(cookie());
		assertThat(visitor.cookies()).containsOnlyKeys("koa.sess", "koa.sess.sig");
		assertThat(Records.get(id)).matches("\\{\"views\":1,\"_expire\":\\d{13},\"_maxAge\":86400000}");
		assertThat(Records.lifetime(id)).isBetween(86_400_001L, 86_410_000L);
	}

	@ParameterizedTest
	@EnumSource
	void aRecordThatHasExpiredIsAStrangers(Side side) {
		WebClient visitor = visitor();
		page(side, visitor, "/");
		String id = visitor.cookies().get(cookie());
		Records.set(id, "{\"views\":41,\"_expire\":1500000000000,\"_maxAge\":86400000}");
		assertStranger(side, visitor.cookies());
		assertStranger(side.opposite(), visitor.cookies());
	}

	@ParameterizedTest
	@EnumSource
	void aLoginOnOneSideKeepsTheAttributes(Side side) {
		WebClient visitor = visitor();
		page(side, visitor, "/");
		page(side, visitor, "/login?user=alice");
		assertThat(page(side.opposite(), visitor, "/")).isEqualTo(Pages.views(2));
		assertThat(page(side, visitor, "/get?name=user")).isEqualTo("\"alice\"");
	}

}
