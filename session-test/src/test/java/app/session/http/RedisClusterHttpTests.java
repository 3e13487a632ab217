package app.session.http;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import app.session.server.RedisCluster;
import app.session.server.RedisProcess;
import io.lettuce.core.cluster.SlotHash;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A Redis Cluster whose slots move and whose masters are lost, while requests go on.
 */
class RedisClusterHttpTests {

	private static final int CLIENTS = 6;

	private static RedisCluster cluster;

	@BeforeAll
	static void start() {
		cluster = RedisCluster.startWithOneReplica();
	}

	@AfterAll
	static void stop() {
		cluster.close();
	}

	private static FaultNode node(String driver, String prefix) {
		return FaultNode.start("app.session.store=redis",
				"spring.data.redis.cluster.nodes=" + String.join(",", cluster.addresses()),
				"spring.data.redis.client-type=" + driver, "app.session.redis.key-prefix=" + prefix);
	}

	private static String prefix() {
		return UUID.randomUUID() + ":";
	}

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void whileASlotMovesEveryAnswerComesAndEveryCountIsExact(String driver) throws Exception {
		String prefix = prefix();
		cluster.forgetScripts();
		Map<String, Long> before = refusals();
		try (FaultNode node = node(driver, prefix); Clients clients = new Clients()) {
			Browser visitor = node.browser();
			visitor.get("/set/start/1");
			int slot = SlotHash.getSlot(prefix + FaultNode.handle(visitor));
			Queue<Integer> counts = new ConcurrentLinkedQueue<>();
			for (int i = 0; i < CLIENTS; i++) {
				Browser twin = visitor.twin();
				clients.go(() -> counts.add(Integer.valueOf(ok(twin.get("/count")))));
			}
			clients.go(() -> {
				Browser newcomer = node.browser();
				assertThat(ok(newcomer.get("/count"))).isEqualTo("1");
				assertThat(ok(newcomer.get("/login/alice"))).isEqualTo("alice");
				assertThat(ok(newcomer.get("/count"))).isEqualTo("2");
				assertThat(ok(newcomer.get("/logout"))).isEqualTo("bye");
			});
			for (int i = 0; i < 3; i++) {
				awaitMore(counts);
				cluster.move(slot, anotherThan(cluster.master(slot)), () -> awaitMore(counts));
			}
			awaitMore(counts);
			clients.end();
			assertThat(counts)
				.containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, counts.size()).boxed().toList());
			assertThat(visitor.get("/count").body()).isEqualTo(String.valueOf(counts.size() + 1));
		}
		refusals().forEach((word, count) -> assertThat(count).as(word).isGreaterThan(before.get(word)));
	}

	private static Map<String, Long> refusals() {
		Map<String, Long> refusals = new LinkedHashMap<>();
		for (String word : List.of("MOVED", "ASK", "NOSCRIPT")) {
			refusals.put(word, cluster.refusals(word));
		}
		return refusals;
	}

	private static RedisProcess anotherThan(RedisProcess master) {
		return cluster.masters().stream().filter((other) -> other != master).findFirst().orElseThrow();
	}

	private static void awaitMore(Queue<Integer> counts) {
		int now = counts.size();
		await().until(() -> counts.size() > now + 10 * CLIENTS);
	}

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void withoutOneMasterTheSessionsOfTheOthersGoOn(String driver) throws Exception {
		String prefix = prefix();
		try (FaultNode node = node(driver, prefix); Clients clients = new Clients()) {
			List<Browser> others = new ArrayList<>();
			RedisProcess lost = anotherThan(cluster.masterWithReplica());
			for (RedisProcess master : cluster.masters()) {
				if (master != lost) {
					others.add(visitorOf(master, node, prefix));
				}
			}
			Browser visitor = visitorOf(lost, node, prefix);
			lost.kill();
			FaultNode.assertUnavailable(visitor, "/count", "/whole", "/set/a/b", "/logout");
			for (int i = 0; i < CLIENTS; i++) {
				Browser twin = visitor.twin();
				clients.go(() -> FaultNode.assertUnavailable(twin, "/count", "/whole"));
			}
			Map<Browser, Integer> counts = new LinkedHashMap<>();
			long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
			while (System.nanoTime() < end) {
				for (Browser other : others) {
					assertThat(ok(other.get("/count")))
						.isEqualTo(String.valueOf(counts.merge(other, 1, Integer::sum) + 1));
				}
			}
			clients.end();
			String cookie = visitor.cookie();
			lost.start();
			assertThat(FaultNode.firstAnswer(visitor, "/whole")).isEqualTo("null {}");
			assertThat(visitor.cookie()).isEqualTo(cookie);
			assertThat(FaultNode.firstAnswer(visitor, "/count")).isEqualTo("1");
			assertThat(visitor.cookie()).isNotEqualTo(cookie);
		}
	}

	@ParameterizedTest
	@CsvSource({ "lettuce, true", "jedis, true", "lettuce, false", "jedis, false" })
	void theReplicaOfALostMasterGoesOnWithWhatItHas(String driver, boolean killed) {
		String prefix = prefix();
		try (FaultNode node = node(driver, prefix)) {
			RedisProcess lost = cluster.masterWithReplica();
			Browser visitor = visitorOf(lost, node, prefix);
			visitor.get("/count");
			visitor.get("/count");
			cluster.awaitReplicated(lost);
			if (killed) {
				lost.kill();
			}
			else {
				lost.pause();
				assertAskedOnce(visitor);
			}
			FaultNode.assertUnavailable(visitor, "/count", "/whole");
			assertThat(FaultNode.firstAnswer(visitor, "/whole")).contains("views=3");
			assertThat(FaultNode.firstAnswer(visitor, "/count")).isEqualTo("4");
			if (killed) {
				lost.start();
			}
			else {
				lost.resume();
			}
			cluster.awaitReplica(lost);
			assertThat(FaultNode.firstAnswer(visitor, "/count")).isEqualTo("5");
		}
	}

	/** Both drivers would try again, and for much longer than the time limit. */
	private static void assertAskedOnce(Browser visitor) {
		long start = System.nanoTime();
		FaultNode.assertUnavailable(visitor, "/whole");
		assertThat(System.nanoTime() - start).isLessThan(4 * FaultNode.LIMIT.toNanos());
	}

	/** A visitor whose session one master has, and who has counted once. */
	private static Browser visitorOf(RedisProcess master, FaultNode node, String prefix) {
		Supplier<Browser> visitors = () -> {
			Browser visitor = node.browser();
			assertThat(ok(visitor.get("/count"))).isEqualTo("1");
			return visitor;
		};
		return Stream.generate(visitors)
			.limit(200)
			.filter((visitor) -> cluster.master(SlotHash.getSlot(prefix + FaultNode.handle(visitor))) == master)
			.findFirst()
			.orElseThrow();
	}

	private static String ok(HttpResponse<String> response) {
		assertThat(response.statusCode()).isEqualTo(200);
		return response.body();
	}

	/** Threads that do the same over and over. */
	private static final class Clients implements AutoCloseable {

		private final ExecutorService executor = Executors.newCachedThreadPool();

		private final AtomicBoolean over = new AtomicBoolean();

		private final List<Future<?>> clients = new ArrayList<>();

		void go(Runnable visit) {
			this.clients.add(this.executor.submit(() -> {
				while (!this.over.get()) {
					visit.run();
				}
			}));
		}

		/** Lets them come to an end, and fails if one has failed. */
		void end() throws Exception {
			this.over.set(true);
			for (Future<?> client : this.clients) {
				client.get(30, TimeUnit.SECONDS);
			}
		}

		@Override
		public void close() {
			this.over.set(true);
			this.executor.shutdownNow();
		}

	}

}
