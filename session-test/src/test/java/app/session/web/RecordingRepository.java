package app.session.web;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import app.session.SessionKey;
import app.session.SessionRecord;
import app.session.SessionRepository;
import app.session.SessionStoreUnavailableException;
import org.jspecify.annotations.Nullable;

/**
 * A store that counts what it is asked, and fails on demand.
 */
final class RecordingRepository implements SessionRepository {

	private final ConcurrentHashMap<SessionKey, SessionRecord> records = new ConcurrentHashMap<>();

	private final AtomicInteger reads = new AtomicInteger();

	private final AtomicInteger writes = new AtomicInteger();

	private final AtomicInteger touches = new AtomicInteger();

	private volatile boolean failingReads;

	private volatile boolean failingWrites;

	void forgetCalls() {
		this.reads.set(0);
		this.writes.set(0);
		this.touches.set(0);
	}

	void failReads(boolean fail) {
		this.failingReads = fail;
	}

	void failWrites(boolean fail) {
		this.failingWrites = fail;
	}

	int reads() {
		return this.reads.get();
	}

	int writes() {
		return this.writes.get();
	}

	int touches() {
		return this.touches.get();
	}

	/**
	 * Waits for touches, which may come when the response has left.
	 * @return how many there were when there were enough, or when the time was up
	 */
	int awaitTouches(int expected) throws InterruptedException {
		synchronized (this.touches) {
			long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
			while (this.touches.get() < expected && System.nanoTime() < deadline) {
				this.touches.wait(100);
			}
		}
		return this.touches.get();
	}

	private static void failIf(boolean failing) {
		if (failing) {
			throw new SessionStoreUnavailableException("The store does not answer", null);
		}
	}

	@Override
	public @Nullable SessionRecord find(SessionKey key) {
		this.reads.incrementAndGet();
		failIf(this.failingReads);
		return this.records.get(key);
	}

	@Override
	public boolean create(SessionRecord record) {
		this.writes.incrementAndGet();
		failIf(this.failingWrites);
		return this.records.putIfAbsent(record.key(), record) == null;
	}

	@Override
	public boolean update(SessionRecord record) {
		this.writes.incrementAndGet();
		failIf(this.failingWrites);
		SessionRecord[] replaced = new SessionRecord[1];
		this.records.computeIfPresent(record.key(), (key, present) -> {
			if (present.version() != record.version() - 1) {
				return present;
			}
			replaced[0] = record;
			return record;
		});
		return replaced[0] != null;
	}

	@Override
	public boolean touch(SessionKey key) {
		synchronized (this.touches) {
			this.touches.incrementAndGet();
			this.touches.notifyAll();
		}
		failIf(this.failingWrites);
		return this.records.containsKey(key);
	}

	@Override
	public boolean delete(SessionKey key) {
		this.writes.incrementAndGet();
		failIf(this.failingWrites);
		return this.records.remove(key) != null;
	}

}
