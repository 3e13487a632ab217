package app.session.peers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import app.session.SessionMigration;
import app.session.http.SharedStore;
import app.session.http.WebClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A visitor goes on where he was when the application has another store.
 */
class MigrationHttpTests {

	private final String keys = "app.session.keys=" + PeerTests.newKey();

	private OurApp app(List<String> store, String... more) {
		List<String> properties = new ArrayList<>(store);
		properties.add(this.keys);
		properties.addAll(List.of(more));
		return OurApp.with(properties);
	}

	/** An application that has one store, and knows where the other is. */
	private static List<String> both(List<String> target, List<String> origin) {
		List<String> properties = new ArrayList<>(target);
		origin.stream().filter((property) -> !property.startsWith("app.session.store=")).forEach(properties::add);
		return properties;
	}

	private static void assertViews(Site site, WebClient visitor, long views) {
		assertThat(Pages.page(visitor.at(site.uri()), "/")).isEqualTo(Pages.views(views));
	}

	private void assertMoves(List<String> source, List<String> to, String name) {
		List<String> target = both(to, source);
		WebClient visitor;
		WebClient leaver;
		try (OurApp old = app(source)) {
			visitor = NodeApp.visitor(old);
			leaver = NodeApp.visitor(old);
			assertViews(old, visitor, 1);
			assertViews(old, visitor, 2);
			assertViews(old, leaver, 1);
		}
		List<String> cookies = List.copyOf(visitor.cookies().keySet());
		try (OurApp moving = app(target, "app.session.migrate-from=" + name)) {
			long left = moving.bean(SessionMigration.class).remaining();
			assertThat(left).isEqualTo(2);
			assertViews(moving, visitor, 3);
			assertThat(moving.bean(SessionMigration.class).remaining()).isEqualTo(1);
			assertViews(moving, visitor, 4);
			assertThat(visitor.cookies().keySet()).containsExactlyElementsOf(cookies);
			WebClient thief = leaver.twin(NodeApp.visitor(moving));
			Pages.page(leaver.at(moving.uri()), "/logout");
			assertThat(moving.bean(SessionMigration.class).remaining()).isZero();
			assertViews(moving, thief, 1);
		}
		try (OurApp moved = app(target.stream().filter((property) -> !property.contains(".snapshot=")).toList())) {
			assertViews(moved, visitor, 5);
		}
	}

	@Test
	void fromRedisToSql() {
		assertMoves(SharedStore.REDIS.properties(), SharedStore.POSTGRESQL.properties(), "redis");
	}

	@Test
	void fromSqlToRedis() {
		assertMoves(SharedStore.POSTGRESQL.properties(), SharedStore.REDIS.properties(), "jdbc");
	}

	@Test
	void fromMemoryToRedis(@TempDir Path directory) {
		List<String> source = List.of("app.session.store=memory",
				"app.session.memory.snapshot=" + directory.resolve("sessions"));
		assertMoves(source, SharedStore.REDIS.properties(), "memory");
	}

	@ParameterizedTest
	@ValueSource(strings = { "koa", "express" })
	void fromTheRecordsOfAnApplicationInNode(String peer) {
		Map<String, String> settings = Map.of("KEYS", "a key");
		WebClient visitor;
		WebClient leaver;
		try (Site node = peer.equals("koa") ? NodeApp.koa(settings) : NodeApp.express(settings)) {
			visitor = NodeApp.visitor(node);
			leaver = NodeApp.visitor(node);
			assertViews(node, visitor, 1);
			assertViews(node, visitor, 2);
			assertViews(node, leaver, 1);
		}
		try (OurApp moving = app(SharedStore.REDIS.properties(), "app.session.migrate-from=" + peer,
				"app.session.node.keys=a key")) {
			assertViews(moving, visitor, 3);
			assertThat(visitor.cookies()).containsKey("session");
			assertViews(moving, visitor, 4);
			Pages.page(leaver.at(moving.uri()), "/logout");
			assertViews(moving, leaver, 1);
		}
	}

	/** Ours would be worth nothing before the session is in our store. */
	@ParameterizedTest
	@ValueSource(strings = { "koa", "express" })
	void aSessionThatIsOnlyReadKeepsItsCookieThoughOursRolls(String peer) {
		Map<String, String> settings = Map.of("KEYS", "a key");
		WebClient visitor;
		try (Site node = peer.equals("koa") ? NodeApp.koa(settings) : NodeApp.express(settings)) {
			visitor = NodeApp.visitor(node);
			assertViews(node, visitor, 1);
		}
		try (OurApp moving = app(SharedStore.REDIS.properties(), "app.session.migrate-from=" + peer,
				"app.session.node.keys=a key", "app.session.cookie.rolling=true",
				"app.session.header.name=X-Session")) {
			WebClient here = visitor.at(moving.uri());
			for (int i = 0; i < 3; i++) {
				assertThat(Pages.page(here, "/get?name=views")).isEqualTo("1");
			}
			assertThat(here.twin(here).get("/", "X-Session", "").body()).as("a header opens no cookie's session")
				.isEqualTo(Pages.views(1));
			assertViews(moving, visitor, 2);
			assertThat(visitor.cookies()).containsKey("session");
		}
	}

}
