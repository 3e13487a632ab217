package app.session.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;

import static org.awaitility.Awaitility.await;

/**
 * A cluster of three masters without replicas.
 *
 * @param nodes its servers
 */
public record RedisCluster(List<RedisProcess> nodes) implements AutoCloseable {

	private static final int NODES = 3;

	private static final int SLOTS = 16_384;

	/**
	 * Starts the servers and makes a cluster of them.
	 */
	public static RedisCluster start() {
		List<RedisProcess> nodes = new ArrayList<>();
		for (int i = 0; i < NODES; i++) {
			nodes.add(RedisProcess.embedded("--cluster-enabled", "yes", "--cluster-node-timeout", "3000",
					"--cluster-config-file", "nodes-" + i + ".conf"));
		}
		for (int i = 0; i < NODES; i++) {
			int first = SLOTS * i / NODES;
			int end = SLOTS * (i + 1) / NODES;
			command(nodes.get(i), (node) -> {
				node.clusterAddSlots(IntStream.range(first, end).toArray());
				return node.clusterMeet("127.0.0.1", nodes.get(0).port());
			});
		}
		await().atMost(Duration.ofSeconds(60))
			.until(() -> nodes.stream()
				.allMatch((node) -> command(node, RedisCommands::clusterInfo).contains("cluster_state:ok")
						&& command(node, RedisCommands::clusterInfo).contains("cluster_known_nodes:" + NODES)));
		return new RedisCluster(List.copyOf(nodes));
	}

	private static String command(RedisProcess server,
			java.util.function.Function<RedisCommands<String, String>, String> call) {
		RedisClient client = RedisClient.create(RedisURI.create("127.0.0.1", server.port()));
		try (var connection = client.connect()) {
			return call.apply(connection.sync());
		}
		finally {
			client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
		}
	}

	/**
	 * The nodes' addresses.
	 */
	public List<String> addresses() {
		return this.nodes.stream().map((node) -> "127.0.0.1:" + node.port()).toList();
	}

	@Override
	public void close() {
		this.nodes.forEach(RedisProcess::close);
	}

}
