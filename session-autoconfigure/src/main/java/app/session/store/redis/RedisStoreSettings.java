package app.session.store.redis;

import java.time.Duration;

/**
 * How a store in Redis is to work.
 *
 * @param keyPrefix what the names of all its keys begin with
 * @param timeout how long a call may take, and how long a change of a principal's
 * sessions may be undone by others before it fails
 * @param maxLifetime how long a session lives at most
 * @param sweepInterval the time from one sweep to the next
 * @param replicasForLogout how many replicas have to confirm the end of a session, 0 for
 * none
 */
public record RedisStoreSettings(String keyPrefix, Duration timeout, Duration maxLifetime, Duration sweepInterval,
		int replicasForLogout) {
}
