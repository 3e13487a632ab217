package app.session.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import io.lettuce.core.MigrateArgs;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.cluster.models.partitions.ClusterPartitionParser;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode.NodeFlag;

import static org.awaitility.Awaitility.await;

/**
 * A cluster of three masters, some of which may have a replica.
 */
public final class RedisCluster implements AutoCloseable {

	private static final String HOST = "127.0.0.1";

	private static final int MASTERS = 3;

	private static final int SLOTS = 16_384;

	private static final String OFFSET = "master_repl_offset:";

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private final List<RedisProcess> nodes = new ArrayList<>();

	private RedisCluster(int replicas, List<String> options) {
		for (int i = 0; i < MASTERS + replicas; i++) {
			List<String> all = new ArrayList<>(
					List.of("--cluster-enabled", "yes", "--cluster-config-file", "nodes-" + i + ".conf"));
			all.addAll(options);
			this.nodes.add(RedisProcess.embedded(all.toArray(String[]::new)));
		}
		for (RedisProcess node : this.nodes) {
			node.ask((commands) -> commands.clusterMeet(HOST, this.nodes.get(0).port()));
		}
		for (int i = 0; i < MASTERS; i++) {
			int[] slots = IntStream.range(SLOTS * i / MASTERS, SLOTS * (i + 1) / MASTERS).toArray();
			this.nodes.get(i).ask((commands) -> commands.clusterAddSlots(slots));
		}
		await().atMost(LIMIT).until(() -> this.nodes.stream().allMatch(this::isComplete));
		for (int i = 0; i < replicas; i++) {
			String master = id(this.nodes.get(i));
			this.nodes.get(MASTERS + i).ask((commands) -> commands.clusterReplicate(master));
			awaitReplica(this.nodes.get(MASTERS + i));
		}
	}

	/**
	 * Starts three masters.
	 */
	public static RedisCluster start() {
		return new RedisCluster(0, List.of("--cluster-node-timeout", "3000"));
	}

	/**
	 * Starts three masters that miss one another soon, and go on without those that are
	 * lost. The first has a replica.
	 */
	public static RedisCluster startWithOneReplica() {
		return new RedisCluster(1, List.of("--cluster-node-timeout", "2000", "--cluster-require-full-coverage", "no"));
	}

	private boolean isComplete(RedisProcess node) {
		String info = node.ask(RedisCommands::clusterInfo);
		return info.contains("cluster_state:ok") && info.contains("cluster_known_nodes:" + this.nodes.size());
	}

	/**
	 * The nodes' addresses.
	 */
	public List<String> addresses() {
		return this.nodes.stream().map((node) -> HOST + ":" + node.port()).toList();
	}

	/**
	 * The masters that are there, in no order that matters.
	 */
	public List<RedisProcess> masters() {
		return this.nodes.stream().filter((node) -> node.isAlive() && self(node).is(NodeFlag.UPSTREAM)).toList();
	}

	/**
	 * The master of a slot, as it sees itself.
	 */
	public RedisProcess master(int slot) {
		return masters().stream().filter((node) -> self(node).hasSlot(slot)).findFirst().orElseThrow();
	}

	/**
	 * The master that has a replica.
	 */
	public RedisProcess masterWithReplica() {
		return masters().stream().filter(this::isReplicated).findFirst().orElseThrow();
	}

	private boolean isReplicated(RedisProcess master) {
		return master.ask((commands) -> commands.info("replication")).contains("slave0:");
	}

	/**
	 * Waits until a master's replica has all that it has itself.
	 */
	public void awaitReplicated(RedisProcess master) {
		await().atMost(LIMIT).until(() -> {
			String info = master.ask((commands) -> commands.info("replication"));
			return info.lines()
				.filter((line) -> line.startsWith(OFFSET))
				.anyMatch((line) -> info.contains(",offset=" + line.substring(OFFSET.length()) + ","));
		});
	}

	/**
	 * Waits until a node is a replica that its master and the others know.
	 */
	public void awaitReplica(RedisProcess replica) {
		String id = id(replica);
		await().atMost(LIMIT)
			.until(() -> replica.ask((commands) -> commands.info("replication")).contains("master_link_status:up")
					&& this.nodes.stream().allMatch((node) -> view(node, id).is(NodeFlag.REPLICA)));
	}

	/**
	 * Moves a slot to another master.
	 * @param halfWay what happens while its keys are there and the cluster does not know
	 * yet
	 */
	public void move(int slot, RedisProcess to, Runnable halfWay) {
		RedisProcess from = master(slot);
		String source = id(from);
		String target = id(to);
		to.ask((commands) -> commands.clusterSetSlotImporting(slot, source));
		from.ask((commands) -> commands.clusterSetSlotMigrating(slot, target));
		List<String> keys = from.ask((commands) -> commands.clusterGetKeysInSlot(slot, Short.MAX_VALUE));
		from.ask((commands) -> commands.migrate(HOST, to.port(), 0, LIMIT.toMillis(), MigrateArgs.Builder.keys(keys)));
		halfWay.run();
		to.ask((commands) -> commands.clusterSetSlotNode(slot, target));
		masters().forEach((node) -> node.ask((commands) -> commands.clusterSetSlotNode(slot, target)));
	}

	/**
	 * How often the nodes refused a command with this word.
	 */
	public long refusals(String word) {
		return this.nodes.stream()
			.map((node) -> node.ask((commands) -> commands.info("errorstats")))
			.flatMap(String::lines)
			.filter((line) -> line.startsWith("errorstat_" + word + ":count="))
			.mapToLong((line) -> Long.parseLong(line.substring(line.indexOf('=') + 1)))
			.sum();
	}

	/**
	 * Lets the nodes forget all scripts.
	 */
	public void forgetScripts() {
		this.nodes.forEach((node) -> node.ask(RedisCommands::scriptFlush));
	}

	private String id(RedisProcess node) {
		return node.ask(RedisCommands::clusterMyId);
	}

	private RedisClusterNode self(RedisProcess node) {
		return view(node, id(node));
	}

	private RedisClusterNode view(RedisProcess node, String id) {
		String nodes = node.ask(RedisCommands::clusterNodes);
		return ClusterPartitionParser.parse(nodes).getPartitionByNodeId(id);
	}

	@Override
	public void close() {
		this.nodes.forEach(RedisProcess::close);
	}

}
