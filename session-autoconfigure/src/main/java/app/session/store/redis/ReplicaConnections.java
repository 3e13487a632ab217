package app.session.store.redis;

import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * Connections that nobody else uses while they are open, since {@code WAIT} waits for
 * what its own connection wrote, and keeps all that comes after it waiting too.
 */
abstract class ReplicaConnections implements AutoCloseable {

	private final RedisConnectionFactory factory;

	ReplicaConnections(RedisConnectionFactory factory) {
		this.factory = factory;
	}

	RedisConnection open() {
		return this.factory.getConnection();
	}

	/**
	 * Waits until so many replicas have all that was written on a connection.
	 * @return how many have
	 */
	abstract long await(RedisConnection connection, int replicas, long millis);

	@Override
	public abstract void close();

}
