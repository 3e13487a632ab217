package app.session.http;

import java.util.List;

import app.session.fault.FaultyProxy;
import app.session.fault.FaultyProxy.Fault;
import app.session.server.RedisProcess;
import io.lettuce.core.api.sync.RedisCommands;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A logout that a replica has to confirm, since it may be the master soon.
 */
class RedisReplicaHttpTests {

	private RedisProcess master;

	private RedisProcess replica;

	@BeforeEach
	void start() {
		this.master = RedisProcess.embedded("--repl-diskless-sync", "yes", "--repl-diskless-sync-delay", "0");
		this.replica = RedisProcess.embedded("--replicaof", "127.0.0.1", String.valueOf(this.master.port()));
		awaitLink();
	}

	@AfterEach
	void stop() {
		this.replica.close();
		this.master.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void aLogoutIsAnsweredWhenTheReplicaHasItAndOnlyThen(String driver) {
		try (FaultNode node = FaultNode.start("app.session.store=redis", "spring.data.redis.host=127.0.0.1",
				"spring.data.redis.port=" + this.master.port(), "spring.data.redis.client-type=" + driver,
				"app.session.redis.replicas-for-logout=1", "app.session.store-timeout=2s")) {
			Browser visitor = visitor(node);
			assertThat(visitor.get("/logout").body()).isEqualTo("bye");
			assertThat(sessions(this.replica)).isEmpty();
			assertThat(visitor.cookie()).isNull();

			Browser unconfirmed = visitor(node);
			this.replica.pause();
			FaultNode.assertUnavailable(unconfirmed, "/logout");
			assertThat(sessions(this.master)).as("ended all the same").isEmpty();
			assertThat(unconfirmed.get("/whole").body()).isEqualTo("null {}");
			this.replica.resume();
			await().untilAsserted(() -> assertThat(sessions(this.replica)).isEmpty());

			Browser alone = visitor(node);
			this.replica.kill();
			FaultNode.assertUnavailable(alone, "/logout");
			assertThat(node.browser().get("/count").body()).as("the rest needs no replica").isEqualTo("1");
			this.replica.start();
			awaitLink();
			assertThat(visitor(node).get("/logout").body()).isEqualTo("bye");
		}
	}

	/** What docs/operations.md says of a failover. */
	@Test
	void aReplicaThatHasNotHeardOfAnAnswerTakesItBackWhenItBecomesTheMaster() throws Exception {
		try (FaultyProxy link = new FaultyProxy(this.master.port());
				FaultNode before = node(this.master);
				FaultNode after = node(this.replica)) {
			this.replica.ask((commands) -> commands.replicaof("127.0.0.1", link.port()));
			awaitLink();
			Browser counting = visitor(before);
			Browser leaving = visitor(before);
			link.set(Fault.HALF_OPEN);
			assertThat(counting.get("/count").body()).isEqualTo("2");
			Browser left = leaving.twin();
			assertThat(leaving.get("/logout").body()).isEqualTo("bye");
			assertThat(left.get("/whole").body()).isEqualTo("null {}");
			this.master.kill();
			this.replica.ask(RedisCommands::replicaofNoOne);
			assertThat(after.as(counting).get("/count").body()).as("the number is given again").isEqualTo("2");
			assertThat(after.as(left).get("/whole").body()).as("the logout is undone").contains("views=1");
		}
	}

	private static FaultNode node(RedisProcess server) {
		return FaultNode.start("app.session.store=redis", "spring.data.redis.host=127.0.0.1",
				"spring.data.redis.port=" + server.port(), "app.session.redis.key-prefix=failover:");
	}

	/** A visitor whose session the replica has. */
	private Browser visitor(FaultNode node) {
		Browser visitor = node.browser();
		assertThat(visitor.get("/count").body()).isEqualTo("1");
		await().until(() -> sessions(this.replica).stream().anyMatch((key) -> key.endsWith(FaultNode.handle(visitor))));
		return visitor;
	}

	private List<String> sessions(RedisProcess server) {
		return server.ask((commands) -> commands.keys("*")).stream().filter((key) -> !key.endsWith("marker")).toList();
	}

	private void awaitLink() {
		await().until(() -> this.replica.ask((commands) -> commands.info("replication")).contains("link_status:up"));
	}

}
