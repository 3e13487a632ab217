package app.session.store.redis;

import java.util.Iterator;
import java.util.Spliterators;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.springframework.data.redis.connection.RedisClusterConnection;
import org.springframework.data.redis.connection.RedisClusterNode;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.core.Cursor;
import org.springframework.data.redis.core.ScanOptions;

/**
 * Walks through all keys of a server, or of all masters of a cluster, bit by bit. Never
 * on the path of a request.
 */
final class RedisScan {

	private static final String TASK = "list its keys";

	/** How many keys Redis looks at in one step, which takes it well under 1 ms. */
	private static final int STEP = 1000;

	private final RedisConnections connections;

	RedisScan(RedisConnections connections) {
		this.connections = connections;
	}

	/**
	 * The names of keys that match a pattern, read as the stream is consumed. To be
	 * closed after use.
	 * @return the names; one that is there from beginning to end comes at least once
	 */
	Stream<byte[]> names(byte[] pattern) {
		ScanOptions options = ScanOptions.scanOptions().match(pattern).count(STEP).build();
		RedisConnection connection = translated(this.connections::open);
		try {
			Stream<byte[]> names = (connection instanceof RedisClusterConnection cluster)
					? masters(cluster).flatMap((node) -> stream(() -> cluster.scan(node, options)))
					: stream(() -> connection.keyCommands().scan(options));
			return names.onClose(connection::close);
		}
		catch (RuntimeException ex) {
			connection.close();
			throw ex;
		}
	}

	private static Stream<RedisClusterNode> masters(RedisClusterConnection cluster) {
		Iterable<RedisClusterNode> nodes = translated(cluster::clusterGetNodes);
		return StreamSupport.stream(nodes.spliterator(), false)
			.filter((node) -> node.isMaster() && !node.isMarkedAsFail());
	}

	private static Stream<byte[]> stream(Supplier<Cursor<byte[]>> scan) {
		Cursor<byte[]> cursor = translated(scan);
		Iterator<byte[]> names = new Names(cursor);
		return StreamSupport.stream(Spliterators.spliteratorUnknownSize(names, 0), false).onClose(cursor::close);
	}

	private static <T> T translated(Supplier<T> call) {
		try {
			return call.get();
		}
		catch (RuntimeException ex) {
			throw StoreErrors.unavailable(ex, TASK);
		}
	}

	/**
	 * A cursor that fails as a store does.
	 *
	 * @param cursor the cursor
	 */
	private record Names(Cursor<byte[]> cursor) implements Iterator<byte[]> {

		@Override
		public boolean hasNext() {
			return translated(this.cursor::hasNext);
		}

		@Override
		public byte[] next() {
			return translated(this.cursor::next);
		}

	}

}
