package app.session.store.redis;

import java.time.Duration;

import app.session.SessionKey;
import app.session.SessionStoreUnavailableException;

import org.springframework.data.redis.connection.RedisConnection;

/**
 * Ends sessions for good: a replica that becomes master before it heard of the end would
 * bring them back, so replicas have to confirm it.
 */
final class Logouts implements AutoCloseable {

	private final ReplicaConnections connections;

	private final StoreKeys keys;

	private final int replicas;

	private final long waitMillis;

	/**
	 * Creates it.
	 * @param timeout how long all of it may take; half of it is for the replicas
	 */
	Logouts(RedisConnections connections, StoreKeys keys, int replicas, Duration timeout) {
		this.connections = connections.replicas(timeout);
		this.keys = keys;
		this.replicas = replicas;
		this.waitMillis = Math.max(1, timeout.toMillis() / 2);
	}

	/**
	 * Deletes a session.
	 * @return whether there was one
	 * @throws SessionStoreUnavailableException if too few replicas have confirmed it in
	 * time
	 */
	boolean delete(SessionKey key) {
		String task = "delete session " + key;
		try (RedisConnection connection = open(task)) {
			boolean deleted = Long.valueOf(1).equals(connection.keyCommands().del(this.keys.record(key)));
			if (!deleted) {
				// It may have been this same call, unconfirmed. To wait for what this
				// connection wrote, it has to have written something
				connection.stringCommands().pSetEx(this.keys.marker(), 1, new byte[] { 1 });
			}
			long confirmed = this.connections.await(connection, this.replicas, this.waitMillis);
			if (confirmed < this.replicas) {
				throw new SessionStoreUnavailableException("Session " + key + " is deleted, but only " + confirmed
						+ " of " + this.replicas + " replicas have confirmed it", null);
			}
			return deleted;
		}
		catch (SessionStoreUnavailableException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			throw StoreErrors.translate(ex, true, task);
		}
	}

	private RedisConnection open(String task) {
		try {
			return this.connections.open();
		}
		catch (RuntimeException ex) {
			throw StoreErrors.unavailable(ex, task);
		}
	}

	@Override
	public void close() {
		this.connections.close();
	}

}
