package app.session.store.redis;

import java.time.Duration;

import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * The connections of a {@link RedisSessionRepository}. Safe for use by many threads.
 */
public abstract sealed class RedisConnections implements AutoCloseable
		permits GivenConnections, ClusterConnections, LettuceConnections, JedisConnections {

	/**
	 * Connections of the store's own, to where the connections of another factory lead,
	 * but with the store's own time limit: so a Redis that hangs costs a request no more
	 * than that, and whatever else uses the factory keeps its settings. Reads go to the
	 * master, whatever the factory says: a replica may not know yet what was written.
	 * <p>
	 * A factory that is neither Lettuce's nor Jedis's is used as it is.
	 * @param factory the other factory, of Lettuce or of Jedis
	 * @param timeout how long it may take to connect, and how long a command may take
	 * @return connections that {@link #close} ends
	 * @throws IllegalArgumentException if it is one of Lettuce's for a master and its
	 * replicas, which does not tell where they are
	 */
	public static RedisConnections like(RedisConnectionFactory factory, Duration timeout) {
		if (factory instanceof LettuceConnectionFactory lettuce) {
			return lettuce.isClusterAware()
					? new ClusterConnections(() -> LettuceSettings.factory(lettuce, timeout, true), timeout)
					: new LettuceConnections(lettuce, timeout);
		}
		if (factory instanceof JedisConnectionFactory jedis) {
			return jedis.isRedisClusterAware()
					? new ClusterConnections(() -> JedisSettings.factory(jedis, timeout, true), timeout)
					: new JedisConnections(jedis, timeout);
		}
		return of(factory);
	}

	/**
	 * Connections of a factory that is used as it is, and that {@link #close} does not
	 * end.
	 * @param factory the factory
	 * @return its connections
	 */
	public static RedisConnections of(RedisConnectionFactory factory) {
		return new GivenConnections(factory);
	}

	/**
	 * Whether they lead to a Redis Cluster.
	 * @return {@code true} for a cluster
	 */
	public abstract boolean isCluster();

	/**
	 * A connection for one command.
	 */
	abstract RedisConnection open();

	/**
	 * Tells that a command got no answer, or could not be sent.
	 */
	abstract void failed();

	/**
	 * Connections to the same place for what replicas have to confirm.
	 */
	abstract ReplicaConnections replicas(Duration limit);

	/**
	 * Ends the connections.
	 */
	@Override
	public abstract void close();

}
