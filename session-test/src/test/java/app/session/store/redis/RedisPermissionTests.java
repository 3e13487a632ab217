package app.session.store.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import app.session.SessionKey;
import app.session.SessionLimit;
import app.session.SessionRecord;
import app.session.SessionStoreUnavailableException;
import app.session.WriterTag;
import app.session.server.RedisProcess;
import app.session.test.SessionRecords;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.cluster.SlotHash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * That the user of the operator's manual may do enough, and nothing in vain.
 */
class RedisPermissionTests {

	/** Only for this, and each has a test of its own. */
	private static final Set<String> SELDOM = Set.of("ping", "asking");

	private static RedisSessionRepository store(ConfigurableApplicationContext node) {
		return node.getBean(RedisSessionRepository.class);
	}

	/**
	 * What each operation says that is refused.
	 */
	private static List<Exception> refusals(RedisSessionRepository store) {
		SessionRecord record = SessionRecords.newRecord();
		SessionKey key = record.key();
		WriterTag holder = SessionRecords.newTag();
		Duration minute = Duration.ofMinutes(1);
		List<Runnable> operations = List.of(() -> store.create(record), () -> store.find(key),
				() -> store.findAndTouch(key), () -> store.touch(key),
				() -> store.update(SessionRecords.withData(record, "1")), () -> store.epoch("alice"),
				() -> store.admit("alice", key, 0, SessionLimit.NONE), () -> store.members("alice"),
				() -> store.revoke("alice", key), () -> store.strikeOff("alice", List.of(key)),
				() -> store.acquire(key, holder, minute), () -> store.renew(key, holder, minute),
				() -> store.release(key, holder), store::count, () -> assertThat(store.stream()).isNotNull(),
				() -> store.delete(key));
		List<Exception> refusals = new ArrayList<>();
		for (Runnable operation : operations) {
			try {
				operation.run();
			}
			catch (SessionStoreUnavailableException ex) {
				refusals.add(ex);
			}
		}
		return refusals;
	}

	@ParameterizedTest
	@EnumSource(RedisPlace.class)
	void allOperationsWorkAndTheDriverIsDeniedWhatTheManualSays(RedisPlace place) {
		RedisUser user = place.documentedUser();
		user.createOn(place.servers());
		place.servers().forEach((server) -> server.ask(RedisCommands::aclLogReset));
		try (RedisFixture fixture = place.fixture(user)) {
			flushScripts(place);
			assertThat(refusals(fixture.store())).isEmpty();
		}
		assertThat(user.denied(place.servers())).isSubsetOf((place.isCluster() && !place.isJedis())
				? List.of("client", "info", "cluster", "cluster|myid") : List.of("client"));
	}

	@ParameterizedTest
	@EnumSource(RedisPlace.class)
	void withoutAnyOneOfTheCommandsSomethingIsRefused(RedisPlace place) {
		Set<String> needed = new TreeSet<>(place.documentedUser().commands());
		needed.removeAll(SELDOM);
		if (!place.isJedis()) {
			needed.remove("cluster|slots");
		}
		for (String command : needed) {
			RedisUser user = place.documentedUser().without(command);
			user.createOn(place.servers());
			flushScripts(place);
			if (command.startsWith("cluster|")) {
				assertThatExceptionOfType(Exception.class).as(command).isThrownBy(() -> start(place, user));
				continue;
			}
			try (RedisFixture fixture = place.fixture(user)) {
				assertThat(refusals(fixture.store())).as("without %s", command)
					.isNotEmpty()
					.allSatisfy((refusal) -> assertThat(refusal).hasMessageEndingWith("it answered NOPERM"));
			}
			assertThat(user.denied(place.servers())).contains(command);
		}
	}

	/** Lettuce connects late, and Jedis early. */
	private static void start(RedisPlace place, RedisUser user) {
		try (ConfigurableApplicationContext node = place.start(user)) {
			store(node).count();
		}
	}

	private static void flushScripts(RedisPlace place) {
		place.servers().forEach((server) -> server.ask(RedisCommands::scriptFlush));
	}

	@ParameterizedTest
	@EnumSource(RedisPlace.class)
	void itMayNotTouchOtherKeys(RedisPlace place) {
		RedisUser user = place.documentedUser();
		user.createOn(place.servers());
		try (ConfigurableApplicationContext node = place.startConnected(user, "app.session.redis.key-prefix=other:")) {
			assertThatExceptionOfType(SessionStoreUnavailableException.class)
				.isThrownBy(() -> store(node).create(SessionRecords.newRecord()))
				.withMessageEndingWith("it answered NOPERM");
		}
	}

	@ParameterizedTest
	@EnumSource(RedisPlace.class)
	void theSweepFinishesWhatANodeLeftThatDied(RedisPlace place) {
		RedisUser user = place.documentedUser();
		user.createOn(place.servers());
		try (ConfigurableApplicationContext node = place.startConnected(user, "app.session.redis.sweep-interval=50ms",
				"app.session.redis.key-prefix=session:sweep:")) {
			List<SessionKey> keys = new ArrayList<>();
			for (int i = 0; i < 3; i++) {
				SessionRecord record = SessionRecords.newRecord();
				assertThat(store(node).create(record)).isTrue();
				store(node).admit("alice", record.key(), store(node).epoch("alice"), SessionLimit.NONE);
				keys.add(record.key());
			}
			store(node).revoke("alice", null);
			await().untilAsserted(() -> assertThat(keys).allMatch((key) -> store(node).find(key) == null));
		}
	}

	@ParameterizedTest
	@EnumSource(value = RedisPlace.class, mode = EnumSource.Mode.MATCH_ANY, names = "JEDIS.*")
	void connectionsThatAreIdleArePingedAndKept(RedisPlace place) {
		String eviction = "spring.data.redis.jedis.pool.time-between-eviction-runs=200ms";
		String idle = "spring.data.redis.jedis.pool.min-idle=1";
		RedisUser without = place.documentedUser().without("ping");
		for (RedisUser user : List.of(place.documentedUser(), without)) {
			user.createOn(place.servers());
			place.servers().forEach((server) -> server.ask(RedisCommands::configResetstat));
			try (ConfigurableApplicationContext node = place.startConnected(user, eviction, idle)) {
				store(node).count();
				await().until(() -> user.equals(without) ? user.denied(place.servers()).contains("ping")
						: place.servers().stream().anyMatch(RedisPermissionTests::wasPinged));
			}
			assertThat(user.denied(place.servers()).contains("ping")).isEqualTo(user.equals(without));
		}
	}

	private static boolean wasPinged(RedisProcess server) {
		return server.ask((redis) -> redis.info("commandstats")).contains("cmdstat_ping:");
	}

	@ParameterizedTest
	@EnumSource(value = RedisPlace.class, mode = EnumSource.Mode.MATCH_ANY, names = ".*_CLUSTER")
	void aSlotThatMovesIsFollowed(RedisPlace place) {
		RedisUser without = place.documentedUser().without("asking");
		for (RedisUser user : List.of(place.documentedUser(), without)) {
			user.createOn(place.servers());
			try (RedisFixture fixture = place.fixture(user)) {
				SessionRecord record = SessionRecords.newRecord();
				int slot = SlotHash.getSlot(fixture.name(record.key()));
				moving(place.servers(), slot, () -> {
					if (user.equals(without)) {
						assertThatExceptionOfType(SessionStoreUnavailableException.class)
							.isThrownBy(() -> fixture.store().create(record));
						return;
					}
					assertThat(fixture.store().create(record)).isTrue();
					assertThat(fixture.store().update(SessionRecords.withData(record, "1"))).isTrue();
					assertThat(fixture.store().delete(record.key())).isTrue();
				});
			}
			assertThat(user.denied(place.servers()).contains("asking")).isEqualTo(user.equals(without));
		}
	}

	/** The slot's new keys are made on the node to which it moves. */
	private static void moving(List<RedisProcess> nodes, int slot, Runnable action) {
		RedisProcess from = nodes.get(slot * nodes.size() / SlotHash.SLOT_COUNT);
		RedisProcess to = nodes.get((nodes.indexOf(from) + 1) % nodes.size());
		String fromId = from.ask(RedisCommands::clusterMyId);
		String toId = to.ask(RedisCommands::clusterMyId);
		to.ask((redis) -> redis.clusterSetSlotImporting(slot, fromId));
		from.ask((redis) -> redis.clusterSetSlotMigrating(slot, toId));
		try {
			action.run();
		}
		finally {
			from.ask((redis) -> redis.clusterSetSlotStable(slot));
			to.ask((redis) -> redis.clusterSetSlotStable(slot));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void toWaitForReplicasTakesTwoCommandsMore(String driver) {
		RedisUser enough = RedisUser.documented().get(0).with("psetex", "wait");
		try (RedisProcess master = RedisProcess.embedded();
				RedisProcess replica = RedisProcess.embedded("--replicaof", "127.0.0.1",
						String.valueOf(master.port()))) {
			await().atMost(Duration.ofSeconds(30))
				.until(() -> replica.ask((redis) -> redis.info("replication")).contains("master_link_status:up"));
			assertThat(logouts(driver, enough, master)).isEmpty();
			for (String command : List.of("psetex", "wait")) {
				assertThat(logouts(driver, enough.without(command), master)).as(command)
					.isNotEmpty()
					.allSatisfy((refusal) -> assertThat(refusal).hasMessageEndingWith("it answered NOPERM"));
			}
		}
	}

	/** Of a session that is there, and of one that is not. */
	private static List<Exception> logouts(String driver, RedisUser user, RedisProcess master) {
		user.createOn(List.of(master));
		List<Exception> refusals = new ArrayList<>();
		try (ConfigurableApplicationContext node = RedisPlace.start(driver, user,
				"spring.data.redis.port=" + master.port(), "app.session.redis.replicas-for-logout=1")) {
			SessionRecord record = SessionRecords.newRecord();
			store(node).create(record);
			for (int i = 0; i < 2; i++) {
				try {
					store(node).delete(record.key());
				}
				catch (SessionStoreUnavailableException ex) {
					refusals.add(ex);
				}
			}
		}
		return refusals;
	}

	@Test
	void theManualNamesOneUserForAServerAndOneForACluster() {
		assertThat(RedisUser.documented()).hasSize(2);
		assertThat(RedisUser.documented().get(1).commands()).containsAll(RedisUser.documented().get(0).commands());
	}

}
