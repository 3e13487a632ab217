package app.session.store.redis;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import org.springframework.data.redis.RedisConnectionFailureException;

/**
 * Lets one thread connect for all. While it does, others wait for it no longer than they
 * would for an answer, and share its failure.
 */
final class Connecting {

	private final Duration timeout;

	private final ReentrantLock lock = new ReentrantLock();

	private volatile boolean connected;

	private volatile int failedAttempts;

	Connecting(Duration timeout) {
		this.timeout = timeout;
	}

	/**
	 * Connects, unless that is done.
	 * @param attempt connects, or throws
	 */
	void ensure(Runnable attempt) {
		if (!this.connected) {
			connect(attempt, this.failedAttempts);
		}
	}

	/**
	 * The next to come has to connect again.
	 */
	void forget() {
		this.connected = false;
	}

	private void connect(Runnable attempt, int failedBefore) {
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
			attempt.run();
			this.connected = true;
		}
		finally {
			if (!this.connected) {
				this.failedAttempts = failedBefore + 1;
			}
			this.lock.unlock();
		}
	}

	private boolean lock() {
		try {
			return this.lock.tryLock(this.timeout.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
