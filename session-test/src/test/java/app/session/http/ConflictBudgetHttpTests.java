package app.session.http;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import app.session.server.PostgresStatements;
import app.session.server.RedisProcess;
import app.session.server.StatementLog;
import app.session.store.jdbc.SqlOperation;
import app.session.store.redis.CommandCounts;
import app.session.store.redis.RedisOperation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

import org.springframework.data.redis.connection.RedisConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a conflict with another node costs, by what the server counts: two calls of the
 * store more.
 */
class ConflictBudgetHttpTests {

	/** What the store was asked. */
	enum Call {

		FIND, UPDATE, UPDATE_REFUSED

	}

	@TestInstance(Lifecycle.PER_CLASS)
	abstract static class Conflicts {

		private Nodes nodes;

		abstract List<String> properties();

		/** Forgets what was counted. */
		abstract void countAnew();

		/** Fails unless these calls are all that came since the last time. */
		abstract void assertCounted(Call... calls);

		@BeforeAll
		void start() {
			this.nodes = new Nodes(properties());
		}

		@AfterAll
		void stop() {
			this.nodes.close();
		}

		Nodes nodes() {
			return this.nodes;
		}

		private Browser visitor() {
			Browser browser = this.nodes.browser(0);
			browser.get("/count");
			browser.get("/count");
			this.nodes.twin(browser, 1).get("/count");
			countAnew();
			return browser;
		}

		@Test
		void ofARequestThatWrites() {
			Browser browser = visitor();
			CompletableFuture<HttpResponse<String>> held = hold(browser, "count");
			assertCounted(Call.FIND);
			browser.get("/count");
			assertCounted(Call.FIND, Call.UPDATE);
			this.nodes.gates(1).open(gate("count"));
			assertThat(Browser.await(held).body()).isEqualTo("5");
			assertCounted(Call.UPDATE_REFUSED, Call.FIND, Call.UPDATE);
		}

		@Test
		void ofTwoThatWriteAsOne() {
			Browser browser = visitor();
			CompletableFuture<HttpResponse<String>> held = hold(browser, "set");
			assertCounted(Call.FIND);
			browser.get("/set/a/b");
			browser.get("/set/a/c");
			assertCounted(Call.FIND, Call.UPDATE, Call.FIND, Call.UPDATE);
			this.nodes.gates(1).open(gate("set"));
			assertThat(Browser.await(held).statusCode()).isEqualTo(200);
			assertCounted(Call.UPDATE_REFUSED, Call.FIND, Call.UPDATE);
		}

		@Test
		void onlyOfTheFirstRequestOnANode() {
			Browser browser = visitor();
			List<CompletableFuture<HttpResponse<String>>> held = new ArrayList<>();
			List<String> names = List.of("first", "second", "third");
			for (String name : names) {
				held.add(this.nodes.twin(browser, 1).send("/read/" + gate(name) + "/count"));
				this.nodes.gates(1).awaitArrival(gate(name));
			}
			browser.get("/count");
			countAnew();
			for (int i = 0; i < names.size(); i++) {
				this.nodes.gates(1).open(gate(names.get(i)));
				assertThat(Browser.await(held.get(i)).body()).isEqualTo(String.valueOf(5 + i));
			}
			assertCounted(Call.UPDATE_REFUSED, Call.FIND, Call.UPDATE, Call.UPDATE, Call.UPDATE);
		}

		private CompletableFuture<HttpResponse<String>> hold(Browser browser, String what) {
			CompletableFuture<HttpResponse<String>> held = this.nodes.twin(browser, 1)
				.send("/read/" + gate(what) + "/" + what);
			this.nodes.gates(1).awaitArrival(gate(what));
			return held;
		}

		private static String gate(String what) {
			return "conflict-" + what;
		}

	}

	@Nested
	class Redis extends Conflicts {

		private final RedisProcess server = RedisProcess.embedded();

		private CommandCounts counts;

		@Override
		List<String> properties() {
			return List.of("app.session.store=redis", "spring.data.redis.host=127.0.0.1",
					"spring.data.redis.port=" + this.server.port());
		}

		@Override
		void countAnew() {
			this.counts = new CommandCounts(nodes().bean(0, RedisConnectionFactory.class));
		}

		@Override
		void assertCounted(Call... calls) {
			this.counts.assertTaken(List.of(calls)
				.stream()
				.map(Call::name)
				.map(RedisOperation::valueOf)
				.toArray(RedisOperation[]::new));
		}

		@AfterAll
		void stopServer() {
			this.server.close();
		}

	}

	@Nested
	class Postgresql extends Conflicts {

		private final StatementLog log = new PostgresStatements();

		private final String table = "conflict_" + UUID.randomUUID().toString().replace("-", "");

		/** With one connection each, so that none is opened while a test counts. */
		@Override
		List<String> properties() {
			return List.of("app.session.store=jdbc", "app.session.jdbc.initialize-schema=always",
					"app.session.jdbc.table-name=" + this.table, "app.session.jdbc.pool-size=1",
					"spring.datasource.url=" + this.log.url(), "spring.datasource.username=" + this.log.user());
		}

		@Override
		void countAnew() {
			this.log.take();
		}

		/** Whether it is alive may be asked of a connection. */
		@Override
		void assertCounted(Call... calls) {
			List<String> counted = new ArrayList<>(SqlOperation.names(this.log.take(), this.table));
			counted.removeIf(StatementLog.PING::equals);
			assertThat(counted)
				.isEqualTo(List.of(calls).stream().map((call) -> call.name().replace("_REFUSED", "")).toList());
		}

		@AfterAll
		void closeLog() {
			this.log.close();
		}

	}

}
