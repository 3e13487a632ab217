package app.session.store.redis;

import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * The connections of the store.
 */
public class RedisConnections implements AutoCloseable {

	private final RedisConnectionFactory factory;

	RedisConnections(RedisConnectionFactory factory) {
		this.factory = factory;
	}

	/**
	 * Connections of a factory, which is used as it is and not closed.
	 * @param factory the factory
	 * @return its connections
	 */
	public static RedisConnections of(RedisConnectionFactory factory) {
		return new RedisConnections(factory);
	}

	RedisConnection open() {
		return this.factory.getConnection();
	}

	void failed() {
	}

	@Override
	public void close() {
	}

}
