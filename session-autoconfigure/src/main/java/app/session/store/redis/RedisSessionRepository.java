package app.session.store.redis;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import app.session.PrincipalIndex;
import app.session.SessionCatalog;
import app.session.SessionEvent;
import app.session.SessionKey;
import app.session.SessionLeases;
import app.session.SessionLimit;
import app.session.SessionRecord;
import app.session.SessionRepository;
import app.session.WriterTag;
import app.session.store.StoredPrincipalIndex;
import app.session.store.Sweeper;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Keeps sessions in Redis.
 */
public final class RedisSessionRepository
		implements SessionRepository, PrincipalIndex, SessionCatalog, SessionLeases, AutoCloseable {

	private static final Log logger = LogFactory.getLog(RedisSessionRepository.class);

	private final RedisConnections connections;

	private final RedisCalls calls;

	private final StoreKeys keys;

	private final Consumer<SessionEvent> events;

	private final SessionLeases leases;

	private final SessionCatalog catalog;

	private final StoredPrincipalIndex principals;

	private final Sweeper sweeper;

	private final @Nullable Logouts logouts;

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
		this.connections = connections;
		this.calls = new RedisCalls(connections);
		this.keys = new StoreKeys(settings.keyPrefix());
		this.events = events;
		RedisScan scan = new RedisScan(connections);
		this.leases = new RedisLeases(this.calls, this.keys);
		this.catalog = new RedisCatalog(this.calls, scan, this.keys);
		this.principals = new StoredPrincipalIndex(
				new RedisPrincipalEntries(this.calls, scan, this.keys, settings.maxLifetime()), this,
				settings.timeout(), clock);
		this.logouts = (settings.replicasForLogout() > 0)
				? new Logouts(connections, this.keys, settings.replicasForLogout(), settings.timeout()) : null;
		this.sweeper = new Sweeper("session-redis-sweep", settings.sweepInterval(), this.leases,
				this.principals::finish);
	}

	@Override
	public @Nullable SessionRecord find(SessionKey key) {
		return read(key, this.calls.get("read session " + key, this.keys.record(key)));
	}

	@Override
	public @Nullable SessionRecord findAndTouch(SessionKey key) {
		return read(key, this.calls.answer("read session " + key, RecordScripts.FIND_AND_TOUCH, this.keys.record(key)));
	}

	@Override
	public boolean create(SessionRecord record) {
		return this.calls.decide("create session " + record.key(), RecordScripts.CREATE, this.keys.record(record.key()),
				ValueFormat.head(record), ValueFormat.tail(record));
	}

	@Override
	public boolean update(SessionRecord record) {
		byte[] expected = ByteBuffer.allocate(Long.BYTES).putLong(record.version() - 1).array();
		return this.calls.decide("write session " + record.key(), RecordScripts.UPDATE, this.keys.record(record.key()),
				ValueFormat.head(record), ValueFormat.tail(record), expected);
	}

	@Override
	public boolean touch(SessionKey key) {
		return this.calls.decide("touch session " + key, RecordScripts.TOUCH, this.keys.record(key));
	}

	@Override
	public boolean delete(SessionKey key) {
		if (this.logouts != null) {
			return this.logouts.delete(key);
		}
		return this.calls.delete("delete session " + key, this.keys.record(key));
	}

	@Override
	public long epoch(String principal) {
		return this.principals.epoch(principal);
	}

	@Override
	public List<SessionKey> members(String principal) {
		return this.principals.members(principal);
	}

	@Override
	public Admission admit(String principal, SessionKey key, long epoch, SessionLimit limit) {
		return this.principals.admit(principal, key, epoch, limit);
	}

	@Override
	public List<SessionKey> revoke(String principal, @Nullable SessionKey spared) {
		return this.principals.revoke(principal, spared);
	}

	@Override
	public void strikeOff(String principal, List<SessionKey> keys) {
		this.principals.strikeOff(principal, keys);
	}

	@Override
	public long count() {
		return this.catalog.count();
	}

	@Override
	public Stream<SessionRecord> stream() {
		return this.catalog.stream();
	}

	@Override
	public boolean acquire(SessionKey key, WriterTag holder, Duration length) {
		return this.leases.acquire(key, holder, length);
	}

	@Override
	public boolean renew(SessionKey key, WriterTag holder, Duration length) {
		return this.leases.renew(key, holder, length);
	}

	@Override
	public void release(SessionKey key, WriterTag holder) {
		this.leases.release(key, holder);
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

	private @Nullable SessionRecord read(SessionKey key, byte @Nullable [] value) {
		if (value == null) {
			return null;
		}
		SessionRecord record = ValueFormat.decode(key, value);
		if (record == null) {
			publish(new SessionEvent.RecordUnreadable(key));
		}
		return record;
	}

	private void publish(SessionEvent event) {
		try {
			this.events.accept(event);
		}
		catch (RuntimeException ex) {
			logger.error("A listener failed on " + event, ex);
		}
	}

}
