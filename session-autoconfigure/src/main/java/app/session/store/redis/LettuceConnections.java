package app.session.store.redis;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Lettuce's: one connection that all threads share.
 * <p>
 * A connection on which nothing comes back any more is not noticed by the system for many
 * minutes, and Lettuce itself waits longer and longer before it connects anew. So after a
 * failure the connection is given up, and the next request makes another. While one
 * thread connects, others wait for it no longer than they would for an answer, and share
 * its failure.
 */
final class LettuceConnections extends RedisConnections {

	private final LettuceConnectionFactory factory;

	private final Duration timeout;

	private final Pause pause;

	private final ReentrantLock connecting = new ReentrantLock();

	private volatile boolean connected;

	private volatile int failedAttempts;

	LettuceConnections(LettuceConnectionFactory application, Duration timeout) {
		this.factory = LettuceSettings.factory(application, timeout, true);
		this.timeout = timeout;
		this.pause = new Pause(timeout);
	}

	@Override
	public boolean isCluster() {
		return this.factory.isClusterAware();
	}

	@Override
	RedisConnection open() {
		if (!this.connected) {
			connect(this.failedAttempts);
		}
		return this.factory.getConnection();
	}

	private void connect(int failedBefore) {
		if (!lock()) {
			throw new RedisConnectionFailureException("No connection to Redis within " + this.timeout);
		}
		try {
			if (this.connected) {
				return;
			}
			if (this.failedAttempts != failedBefore) {
				throw new RedisConnectionFailureException("No connection to Redis, as others have found out");
			}
			this.factory.getConnection().close();
			this.connected = true;
		}
		finally {
			if (!this.connected) {
				this.failedAttempts = failedBefore + 1;
			}
			this.connecting.unlock();
		}
	}

	private boolean lock() {
		try {
			return this.connecting.tryLock(this.timeout.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	@Override
	void failed() {
		if (this.pause.isOver()) {
			this.connected = false;
			this.factory.resetConnection();
		}
	}

	@Override
	ReplicaConnections replicas(Duration limit) {
		return new LettuceReplicas(this.factory, limit);
	}

	@Override
	public void close() {
		this.factory.destroy();
	}

}
