package app.session.store.redis;

import java.time.Duration;

import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Lettuce's: one connection that all threads share.
 * <p>
 * A connection on which nothing comes back any more is not noticed by the system for many
 * minutes, and Lettuce itself waits longer and longer before it connects anew. So after a
 * failure the connection is given up, and the next request makes another.
 */
final class LettuceConnections extends RedisConnections {

	private final LettuceConnectionFactory application;

	private final LettuceConnectionFactory factory;

	private final Pause pause;

	private final Connecting connecting;

	LettuceConnections(LettuceConnectionFactory application, Duration timeout) {
		this.application = application;
		this.factory = LettuceSettings.factory(application, timeout, true);
		this.pause = new Pause(timeout);
		this.connecting = new Connecting(timeout);
	}

	@Override
	public boolean isCluster() {
		return false;
	}

	@Override
	RedisConnection open() {
		this.connecting.ensure(() -> this.factory.getConnection().close());
		return this.factory.getConnection();
	}

	@Override
	void failed() {
		if (this.pause.isOver()) {
			this.connecting.forget();
			this.factory.resetConnection();
		}
	}

	@Override
	ReplicaConnections replicas(Duration limit) {
		return new LettuceReplicas(this.application, limit);
	}

	@Override
	public void close() {
		this.factory.destroy();
	}

}
