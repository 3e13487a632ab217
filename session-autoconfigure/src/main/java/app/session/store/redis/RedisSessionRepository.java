package app.session.store.redis;

import java.time.InstantSource;
import java.util.function.Consumer;

import app.session.SessionEvent;
import app.session.SessionLeases;
import app.session.store.SharedStore;
import app.session.store.StoreEvents;
import app.session.store.StoredPrincipalIndex;
import app.session.store.Sweeper;
import org.jspecify.annotations.Nullable;

/**
 * Keeps sessions in Redis from 6.2 on, Valkey, or a Redis Cluster. Safe for use by many
 * threads and many nodes.
 * <p>
 * A session is one string, and each operation one command or one script on its key, by
 * Redis's own clock: {@code GET} to read, {@code DEL} to end, {@code EVALSHA} for all
 * else. A user of Redis needs {@code get set del getrange setrange strlen pexpireat time
 * eval evalsha} on these keys, the commands inside the scripts included, {@code scan} for
 * listings and the sweep, and {@code psetex wait} if replicas have to confirm a logout.
 */
public final class RedisSessionRepository extends SharedStore {

	private final RedisConnections connections;

	private final @Nullable Logouts logouts;

	private final Sweeper sweeper;

	/**
	 * Creates a store, with a daemon thread for the sweep that {@link #close} ends.
	 * @param connections its connections, which it closes
	 * @param settings how it is to work
	 * @param clock by which the time for a change of a principal's sessions is measured;
	 * sessions live and end by Redis's own clock
	 * @param events takes the events; what it throws changes nothing
	 */
	public RedisSessionRepository(RedisConnections connections, RedisStoreSettings settings, InstantSource clock,
			Consumer<SessionEvent> events) {
		this(connections, settings, Parts.of(connections, settings, clock, new StoreEvents(events)));
	}

	private RedisSessionRepository(RedisConnections connections, RedisStoreSettings settings, Parts parts) {
		super(parts.records(), parts.records(), parts.principals(), parts.catalog(), parts.leases());
		this.connections = connections;
		this.logouts = parts.logouts();
		this.sweeper = new Sweeper("session-redis-sweep", settings.sweepInterval(), parts.leases(),
				parts.principals()::finish);
	}

	/**
	 * Ends the sweep and the store's connections.
	 */
	@Override
	public void close() {
		this.sweeper.close();
		if (this.logouts != null) {
			this.logouts.close();
		}
		this.connections.close();
	}

	/**
	 * What the store is put together from.
	 */
	private record Parts(RedisRecords records, StoredPrincipalIndex principals, RedisCatalog catalog,
			SessionLeases leases, @Nullable Logouts logouts) {

		static Parts of(RedisConnections connections, RedisStoreSettings settings, InstantSource clock,
				StoreEvents events) {
			RedisCalls calls = new RedisCalls(connections);
			StoreKeys keys = new StoreKeys(settings.keyPrefix());
			RedisScan scan = new RedisScan(connections);
			Logouts logouts = (settings.replicasForLogout() > 0)
					? new Logouts(connections, keys, settings.replicasForLogout(), settings.timeout()) : null;
			RedisRecords records = new RedisRecords(calls, keys, logouts, events);
			StoredPrincipalIndex principals = new StoredPrincipalIndex(
					new RedisPrincipalEntries(calls, scan, keys, settings.maxLifetime()), records, settings.timeout(),
					clock);
			return new Parts(records, principals, new RedisCatalog(calls, scan, keys), new RedisLeases(calls, keys),
					logouts);
		}

	}

}
