package app.session.store.redis;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.lettuce.core.LettuceFutures;
import io.lettuce.core.api.async.BaseRedisAsyncCommands;

import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Lettuce's.
 */
final class LettuceReplicas extends ReplicaConnections {

	private final LettuceConnectionFactory factory;

	private final Duration timeout;

	LettuceReplicas(LettuceConnectionFactory application, Duration timeout) {
		this(timeout, LettuceSettings.factory(application, timeout, false));
	}

	private LettuceReplicas(Duration timeout, LettuceConnectionFactory factory) {
		super(factory);
		this.factory = factory;
		this.timeout = timeout;
	}

	/** Spring Data has no command for it, and can't read a number as an answer. */
	@Override
	long await(RedisConnection connection, int replicas, long millis) {
		BaseRedisAsyncCommands<?, ?> commands = (BaseRedisAsyncCommands<?, ?>) connection.getNativeConnection();
		return LettuceFutures.awaitOrCancel(commands.waitForReplication(replicas, millis), this.timeout.toNanos(),
				TimeUnit.NANOSECONDS);
	}

	@Override
	public void close() {
		this.factory.destroy();
	}

}
