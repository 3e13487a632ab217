package app.session.store.memory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;

import app.session.PrincipalIndex;
import app.session.SessionAdoption;
import app.session.SessionCatalog;
import app.session.SessionEvent;
import app.session.SessionEvent.Destroyed.Reason;
import app.session.SessionKey;
import app.session.SessionLimit;
import app.session.SessionRecord;
import app.session.SessionRepository;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Keeps sessions in this process, as immutable values in one Caffeine map: at most 250
 * bytes of heap for a session with a counter. Safe for use by many threads.
 * <p>
 * The number of sessions is bounded. When the store is full, a sixteenth of the sessions
 * makes room at once: those with the least life left, and those that nobody asked for
 * since their creation before those that came back. So a flood of new sessions displaces
 * itself: sessions in use stay, and a new visitor has as many creations of time to come
 * back as the bound leaves beside the sessions in use. While one thread makes room others
 * go on, until the bound is exceeded by a 64th and one for each thread that creates a
 * session.
 * <p>
 * {@link app.session.SessionEvent.Expired Expired} and
 * {@link app.session.SessionEvent.Destroyed Destroyed} for
 * {@link app.session.SessionEvent.Destroyed.Reason#EVICTED} are published soon after the
 * fact, on a thread of the store's own, also when there are no requests. A session that
 * {@link #delete} ends has no event from here. A session that ends is struck off as a
 * member of its principal.
 */
public final class MemorySessionRepository
		implements SessionRepository, SessionAdoption, PrincipalIndex, SessionCatalog, AutoCloseable {

	private static final int QUIET_PRINCIPALS = 10_000;

	private final InstantSource clock;

	private final @Nullable ScheduledThreadPoolExecutor thread;

	private final EventQueue events;

	private final MemoryPrincipalIndex principals = new MemoryPrincipalIndex(QUIET_PRINCIPALS);

	private final Cache<SessionKey, byte[]> cache;

	private final Map<SessionKey, byte[]> records;

	private final Bound bound;

	private final AtomicReference<Runnable> last = new AtomicReference<>(() -> {
	});

	/**
	 * Creates an empty store with a daemon thread for expiry and events, which
	 * {@link #close} ends.
	 * @param maxSessions how many sessions are kept, 1 or more
	 * @param clock the clock by which sessions live and end, read in milliseconds
	 * @param events takes the events; what it throws changes nothing
	 */
	public MemorySessionRepository(long maxSessions, InstantSource clock, Consumer<SessionEvent> events) {
		this(maxSessions, clock, events, newThread());
	}

	private MemorySessionRepository(long maxSessions, InstantSource clock, Consumer<SessionEvent> events,
			ScheduledThreadPoolExecutor thread) {
		this(maxSessions, clock, new EventQueue(events, thread), Scheduler.forScheduledExecutorService(thread), thread);
	}

	/**
	 * Creates a store without a thread of its own.
	 */
	MemorySessionRepository(long maxSessions, InstantSource clock, Consumer<SessionEvent> events, Executor executor) {
		this(maxSessions, clock, new EventQueue(events, executor), Scheduler.disabledScheduler(), null);
	}

	private MemorySessionRepository(long maxSessions, InstantSource clock, EventQueue events, Scheduler scheduler,
			@Nullable ScheduledThreadPoolExecutor thread) {
		if (maxSessions < 1) {
			throw new IllegalArgumentException("A store keeps 1 session or more, not " + maxSessions);
		}
		this.clock = clock;
		this.events = events;
		this.thread = thread;
		this.cache = Caffeine.newBuilder()
			.ticker(() -> RecordExpiry.ticks(clock.millis()))
			.expireAfter(new RecordExpiry())
			.scheduler(scheduler)
			// The map's upkeep is cheaper than to wake another thread for it at each
			// write
			.executor(Runnable::run)
			.evictionListener(this::onEnd)
			.build();
		this.records = this.cache.asMap();
		this.bound = new Bound(maxSessions, this.cache, this::evict, events::add);
	}

	@Override
	public @Nullable SessionRecord find(SessionKey key) {
		byte[] stored = this.cache.getIfPresent(key);
		if (stored == null || !isAlive(stored, this.clock.millis())) {
			return null;
		}
		if (!CompactRecord.cameBack(stored)) {
			this.records.replace(key, stored, CompactRecord.found(stored));
		}
		return CompactRecord.decode(key, stored);
	}

	@Override
	public @Nullable SessionRecord findAndTouch(SessionKey key) {
		byte[] before = touched(key);
		return (before != null) ? CompactRecord.decode(key, before) : null;
	}

	@Override
	public boolean create(SessionRecord record) {
		return insert(record.key(), CompactRecord.created(record, this.clock.millis()));
	}

	@Override
	public boolean adopt(SessionRecord record, Duration age) {
		long now = this.clock.millis();
		return insert(record.key(), CompactRecord.adopted(record, now - age.toMillis(), now));
	}

	/**
	 * Inserts a record in its compact form.
	 */
	boolean insert(SessionKey key, byte[] created) {
		if (this.records.putIfAbsent(key, created) != null) {
			return false;
		}
		this.bound.makeRoom();
		return true;
	}

	@Override
	public boolean update(SessionRecord record) {
		Update update = new Update(record);
		this.records.computeIfPresent(record.key(), (key, stored) -> update.apply(stored, this.clock.millis()));
		String former = update.formerPrincipal;
		if (former != null) {
			this.principals.strikeOff(former, List.of(record.key()));
		}
		return update.done;
	}

	@Override
	public boolean touch(SessionKey key) {
		return touched(key) != null;
	}

	@Override
	public boolean delete(SessionKey key) {
		byte[] deleted = this.records.remove(key);
		if (deleted == null) {
			return false;
		}
		strikeOff(key, CompactRecord.principal(deleted));
		return true;
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
		Admission admission = this.principals.admit(principal, key, epoch, limit);
		// It may have ended since its record was written: then nobody else strikes it off
		if (!this.records.containsKey(key)) {
			this.principals.strikeOff(principal, List.of(key));
		}
		return admission;
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
		this.cache.cleanUp();
		return this.cache.estimatedSize();
	}

	@Override
	public Stream<SessionRecord> stream() {
		return this.records.entrySet()
			.stream()
			.filter((entry) -> isAlive(entry.getValue(), this.clock.millis()))
			.map((entry) -> CompactRecord.decode(entry.getKey(), entry.getValue()));
	}

	/**
	 * Ends the store's thread: no events come any more. The sessions stay until the store
	 * is no longer reachable.
	 */
	@Override
	public void close() {
		this.events.close();
		if (this.thread != null) {
			this.thread.shutdownNow();
		}
		this.last.getAndSet(() -> {
		}).run();
	}

	/**
	 * Has something done once, when the store is closed.
	 */
	void atClose(Runnable task) {
		this.last.set(task);
	}

	Map<SessionKey, byte[]> records() {
		return this.records;
	}

	MemoryPrincipalIndex principals() {
		return this.principals;
	}

	/** Touches a record and returns it as it was before. */
	private byte @Nullable [] touched(SessionKey key) {
		byte[][] before = new byte[1][];
		this.records.computeIfPresent(key, (name, stored) -> {
			long now = this.clock.millis();
			if (!isAlive(stored, now)) {
				return stored;
			}
			before[0] = stored;
			return CompactRecord.touched(stored, now);
		});
		return before[0];
	}

	/** The map looks at the clock too, but a moment earlier. */
	private static boolean isAlive(byte[] stored, long now) {
		return now < CompactRecord.expiry(stored);
	}

	private void evict(SessionKey key, long rank, List<SessionEvent> evicted) {
		byte[] stored = this.records.get(key);
		// Only as it was looked at: who came back a moment ago stays
		if (stored != null && Ranking.rank(stored) == rank && this.records.remove(key, stored)) {
			String principal = CompactRecord.principal(stored);
			strikeOff(key, principal);
			evicted.add(new SessionEvent.Destroyed(key, principal, Reason.EVICTED));
		}
	}

	/** Called by the map, inside the operation that removes a session that expired. */
	private void onEnd(@Nullable SessionKey key, byte @Nullable [] stored, RemovalCause cause) {
		if (key != null && stored != null && cause == RemovalCause.EXPIRED) {
			String principal = CompactRecord.principal(stored);
			strikeOff(key, principal);
			this.events.add(List.of(new SessionEvent.Expired(key, principal)));
		}
	}

	private void strikeOff(SessionKey key, @Nullable String principal) {
		if (principal != null) {
			this.principals.strikeOff(principal, List.of(key));
		}
	}

	private static ScheduledThreadPoolExecutor newThread() {
		ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, (task) -> {
			Thread thread = new Thread(task, "session-memory-store");
			thread.setDaemon(true);
			return thread;
		});
		executor.setRemoveOnCancelPolicy(true);
		return executor;
	}

	/**
	 * One update, decided inside the map's operation.
	 */
	private static final class Update {

		private final SessionRecord record;

		private boolean done;

		private @Nullable String formerPrincipal;

		private Update(SessionRecord record) {
			this.record = record;
		}

		private byte[] apply(byte[] stored, long now) {
			if (!isAlive(stored, now)) {
				return stored;
			}
			if (CompactRecord.isWriter(stored, this.record.writer())) {
				this.done = true;
				return stored;
			}
			if (CompactRecord.version(stored) != this.record.version() - 1) {
				return stored;
			}
			this.done = true;
			String principal = CompactRecord.principal(stored);
			this.formerPrincipal = (principal != null && !principal.equals(this.record.principal())) ? principal : null;
			return CompactRecord.updated(stored, this.record, now);
		}

	}

}
