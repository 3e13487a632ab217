package app.session.store.redis;

import java.time.Duration;

import redis.clients.jedis.RedisClient;

import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;

/**
 * Jedis's: a pool of connections, one for each command that is under way.
 * <p>
 * When a server was restarted, all connections in the pool are dead, and each would cost
 * a request before it is thrown away. So after a failure all that are idle are. A client
 * of sentinels keeps its pool to itself, and looks after it.
 */
final class JedisConnections extends RedisConnections {

	private final JedisConnectionFactory application;

	private final Pause pause;

	private final JedisConnectionFactory factory;

	JedisConnections(JedisConnectionFactory application, Duration timeout) {
		this.application = application;
		this.pause = new Pause(timeout);
		this.factory = JedisSettings.factory(application, timeout, true);
	}

	@Override
	public boolean isCluster() {
		return false;
	}

	@Override
	RedisConnection open() {
		return this.factory.getConnection();
	}

	@Override
	void failed() {
		try (RedisConnection connection = open()) {
			if (connection.getNativeConnection() instanceof RedisClient client && this.pause.isOver()) {
				client.getPool().clear();
			}
		}
	}

	@Override
	ReplicaConnections replicas(Duration limit) {
		return new JedisReplicas(this.application, limit);
	}

	@Override
	public void close() {
		this.factory.destroy();
	}

}
