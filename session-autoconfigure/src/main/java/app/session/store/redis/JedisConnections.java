package app.session.store.redis;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;

/**
 * Jedis's: a pool of connections, one for each command that is under way.
 * <p>
 * When a server was restarted, all connections in the pool are dead, and each would cost
 * a request before it is thrown away. So after a failure the pool is.
 */
final class JedisConnections extends RedisConnections {

	private static final Log logger = LogFactory.getLog(JedisConnections.class);

	private final JedisConnectionFactory application;

	private final Duration timeout;

	private final Pause pause;

	private final AtomicReference<JedisConnectionFactory> factory;

	JedisConnections(JedisConnectionFactory application, Duration timeout) {
		this.application = application;
		this.timeout = timeout;
		this.pause = new Pause(timeout);
		this.factory = new AtomicReference<>(JedisSettings.factory(application, timeout, true));
	}

	@Override
	public boolean isCluster() {
		return false;
	}

	@Override
	RedisConnection open() {
		return this.factory.get().getConnection();
	}

	@Override
	void failed() {
		if (this.pause.isOver()) {
			try {
				this.factory.getAndSet(JedisSettings.factory(this.application, this.timeout, true)).destroy();
			}
			catch (RuntimeException ex) {
				logger.debug("The pool stays as it is", ex);
			}
		}
	}

	@Override
	ReplicaConnections replicas(Duration limit) {
		return new JedisReplicas(this.application, limit);
	}

	@Override
	public void close() {
		this.factory.get().destroy();
	}

}
