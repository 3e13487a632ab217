package app.session.store.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;

/**
 * Jedis's.
 */
final class JedisReplicas extends ReplicaConnections {

	private final JedisConnectionFactory factory;

	JedisReplicas(JedisConnectionFactory application, Duration timeout) {
		this(JedisSettings.factory(application, timeout, false));
	}

	private JedisReplicas(JedisConnectionFactory factory) {
		super(factory);
		this.factory = factory;
	}

	@Override
	long await(RedisConnection connection, int replicas, long millis) {
		Object answer = connection.execute("WAIT", bytes(replicas), bytes(millis));
		return (answer instanceof Long confirmed) ? confirmed : 0;
	}

	private static byte[] bytes(long number) {
		return String.valueOf(number).getBytes(StandardCharsets.US_ASCII);
	}

	@Override
	public void close() {
		this.factory.destroy();
	}

}
