package app.session.peers;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

import app.session.SessionEvent;
import app.session.http.Browser;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Weaknesses of koa-session and express-session that we do not have, on a store that
 * nodes share: what lies there, and what another configuration makes of it.
 */
abstract class SharedWeaknessHttpTests extends PeerHttpTests {

	private final List<String> store;

	SharedWeaknessHttpTests(List<String> store) {
		super(store);
		this.store = store;
	}

	/** All that the store's server holds of sessions. */
	abstract List<byte[]> stored();

	/** Makes all that it holds unreadable. */
	abstract void damage();

	/** A node of these properties. */
	private PeerServer node(String... properties) {
		return new PeerServer(PeerServer.and(this.store, properties));
	}

	private static Browser at(PeerServer server, Browser visitor) {
		Browser there = server.visitor();
		there.cookie(visitor.cookie());
		return there;
	}

	@Test
	@Expectation({ "K10", "X7" })
	void aRotatedKeySignsTheCookieAgainWithAllThatItHad() {
		String oldKey = PeerServer.key();
		String newKey = PeerServer.key();
		for (String maxAge : List.of("", "app.session.cookie.max-age=30d")) {
			String[] cookie = { maxAge, "app.session.cookie.path=/foo", "app.session.cookie.same-site=strict" };
			Browser visitor;
			String first;
			try (PeerServer before = node(keys(oldKey, cookie))) {
				visitor = before.visitor();
				first = Browser.setCookies(visitor.get("/foo/set/a/b")).get(0);
			}
			Browser kept;
			try (PeerServer between = node(keys(newKey + "," + oldKey, cookie))) {
				kept = at(between, visitor);
				List<String> again = Browser.setCookies(kept.get("/foo/whole"));
				assertThat(again).singleElement().isNotEqualTo(first);
				assertThat(attributes(again.get(0))).isEqualTo(attributes(first))
					.contains("Path=/foo", "SameSite=Strict");
				assertThat(first.contains("Max-Age=2592000")).isEqualTo(!maxAge.isEmpty());
				assertThat(Browser.setCookies(kept.get("/foo/whole"))).isEmpty();
			}
			try (PeerServer after = node(keys(newKey, cookie))) {
				assertThat(at(after, kept).get("/foo/whole").body()).isEqualTo("null {a=b}");
				assertThat(at(after, visitor).get("/foo/whole").body()).isEqualTo(NOTHING);
			}
		}
	}

	private static String[] keys(String keys, String... more) {
		return PeerServer.and(List.of("app.session.keys=" + keys), more).toArray(String[]::new);
	}

	private static String attributes(String header) {
		return header.substring(header.indexOf(';'));
	}

	@Test
	@Expectation({ "K24", "X15" })
	void aStricterConfigurationReachesTheSessionsThatAre() {
		String key = PeerServer.key();
		Browser visitor;
		try (PeerServer before = node(keys(key, "app.session.timeout=20m"))) {
			visitor = before.known();
			assertThat(visitor.get("/times").body()).endsWith(" 1200000");
		}
		try (PeerServer after = node(keys(key, "app.session.timeout=5m", "app.session.cookie.rolling=true",
				"app.session.cookie.same-site=strict"))) {
			Browser there = at(after, visitor);
			assertThat(Browser.setCookies(there.get("/whole"))).singleElement().asString().contains("SameSite=Strict");
			assertThat(there.get("/times").body()).endsWith(" 300000");
			there.get("/timeout/60000");
			assertThat(there.get("/times").body()).endsWith(" 60000");
		}
		try (PeerServer strict = node(keys(key, "app.session.timeout=300ms"))) {
			Browser other = strict.visitor();
			other.get("/timeout/20000");
			assertThat(other.get("/times").body()).endsWith(" 20000");
		}
	}

	/** The secret stands in the bytes 17 to 48 of the cookie, the signature behind it. */
	@Test
	@Expectation({ "K37", "X22" })
	void whoReadsTheStoreFindsNoIdThatLogsIn() {
		Browser visitor = known();
		visitor.get("/login/alice");
		String text = visitor.cookie().substring("session=".length());
		byte[] cookie = Base64.getUrlDecoder().decode(text);
		assertThat(cookie).hasSize(81);
		List<String> stored = stored().stream().map(HexFormat.of()::formatHex).toList();
		assertThat(stored).anyMatch((bytes) -> bytes.contains(hex(cookie, 1, 17)) || bytes.contains(hex("alice")));
		assertThat(stored).noneMatch((bytes) -> bytes.contains(hex(cookie, 17, 49)));
		assertThat(stored).noneMatch((bytes) -> bytes.contains(hex(cookie, 49, 81)));
		assertThat(stored).noneMatch((bytes) -> bytes.contains(hex(text.substring(24, 64))));
	}

	private static String hex(String text) {
		return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
	}

	private static String hex(byte[] bytes, int from, int to) {
		return HexFormat.of().formatHex(bytes, from, to);
	}

	@Test
	@Expectation({ "c.17", "X19" })
	void anEntryThatCanNotBeReadIsNoSessionAndNo500() {
		Browser visitor = known();
		damage();
		server().events();
		assertThat(visitor.get("/whole").body()).isEqualTo(NOTHING);
		assertThat(server().events()).extracting((event) -> (Object) event.getClass())
			.containsExactly(SessionEvent.RecordUnreadable.class, SessionEvent.Missed.class);
		String old = visitor.cookie();
		visitor.get("/set/a/b");
		assertThat(visitor.cookie()).isNotEqualTo(old);
		assertThat(visitor.get("/whole").body()).isEqualTo("null {a=b}");
	}

	@Test
	@Expectation("K21")
	void anEntryWhoseTimeHasRunOutIsRemovedWithoutBeingAskedFor() {
		List<String> own = ownStore();
		try (PeerServer sweeping = new PeerServer(
				PeerServer.and(own, "app.session.jdbc.sweep-interval=1s", "app.session.redis.sweep-interval=1s"))) {
			Browser visitor = sweeping.known();
			visitor.get("/timeout/300");
			await().atMost(LIMIT).until(() -> entries(sweeping) == 0);
		}
	}

	/** The same kind of store, with nothing in it. */
	abstract List<String> ownStore();

	/** How many sessions lie in a store, ended or not. */
	abstract long entries(PeerServer server);

}
