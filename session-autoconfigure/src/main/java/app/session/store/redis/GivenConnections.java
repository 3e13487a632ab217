package app.session.store.redis;

import java.time.Duration;

import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * The connections of somebody else's factory.
 */
final class GivenConnections extends RedisConnections {

	private final RedisConnectionFactory factory;

	GivenConnections(RedisConnectionFactory factory) {
		this.factory = factory;
	}

	@Override
	public boolean isCluster() {
		return (this.factory instanceof LettuceConnectionFactory lettuce && lettuce.isClusterAware())
				|| (this.factory instanceof JedisConnectionFactory jedis && jedis.isRedisClusterAware());
	}

	@Override
	RedisConnection open() {
		return this.factory.getConnection();
	}

	@Override
	void failed() {
		// How it heals is the business of whoever made it
	}

	@Override
	ReplicaConnections replicas(Duration limit) {
		if (this.factory instanceof LettuceConnectionFactory lettuce) {
			return new LettuceReplicas(lettuce, limit);
		}
		if (this.factory instanceof JedisConnectionFactory jedis) {
			return new JedisReplicas(jedis, limit);
		}
		throw new IllegalArgumentException("Only Lettuce and Jedis are known to wait for replicas");
	}

	@Override
	public void close() {
		// Whoever made it may still need it
	}

}
