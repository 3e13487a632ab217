package app.session.store.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import app.session.SessionEvent;
import app.session.SessionKey;
import com.github.benmanes.caffeine.cache.Cache;

/**
 * Keeps the number of sessions within the bound, a batch at a time. The map's own bound
 * is not used: its admission policy prefers what is asked for often, so that after a
 * flood it throws out new visitors before they can come back.
 */
final class Bound {

	/** A sixteenth of the bound makes room at once. */
	private static final int BATCH_SHARE = 16;

	/** Beyond the bound and a 64th, who creates a session waits. */
	private static final int SLACK_SHARE = 64;

	/** One walk finds what is needed, and up to a quarter of the sessions for later. */
	private static final int LATER_SHARE = 4;

	private final long maxSessions;

	private final Cache<SessionKey, byte[]> cache;

	private final Evictor evictor;

	private final Consumer<List<SessionEvent>> events;

	private final ReentrantLock lock = new ReentrantLock();

	/** Guarded by the lock. */
	private Candidates candidates = Candidates.none();

	Bound(long maxSessions, Cache<SessionKey, byte[]> cache, Evictor evictor, Consumer<List<SessionEvent>> events) {
		this.maxSessions = maxSessions;
		this.cache = cache;
		this.evictor = evictor;
		this.events = events;
	}

	/**
	 * Ends sessions if there are too many.
	 */
	void makeRoom() {
		long size = this.cache.estimatedSize();
		if (size <= this.maxSessions) {
			return;
		}
		if (size > this.maxSessions + this.maxSessions / SLACK_SHARE) {
			this.lock.lock();
		}
		else if (!this.lock.tryLock()) {
			return;
		}
		List<SessionEvent> evicted;
		try {
			this.cache.cleanUp();
			long excess = this.cache.estimatedSize() - this.maxSessions;
			evicted = (excess > 0) ? evict((int) (excess + this.maxSessions / BATCH_SHARE)) : List.of();
		}
		finally {
			this.lock.unlock();
		}
		this.events.accept(evicted);
	}

	private List<SessionEvent> evict(int number) {
		List<SessionEvent> evicted = new ArrayList<>(number);
		take(number, evicted);
		if (evicted.size() < number) {
			long count = this.cache.estimatedSize();
			this.candidates = Candidates.find(this.cache.asMap(), count, number - evicted.size(),
					(int) (count / LATER_SHARE));
			take(number, evicted);
		}
		return evicted;
	}

	private void take(int number, List<SessionEvent> evicted) {
		while (evicted.size() < number && !this.candidates.isEmpty()) {
			this.candidates.take(number - evicted.size(), (key, rank) -> this.evictor.evict(key, rank, evicted));
		}
	}

	/** Ends a session if nothing happened to it since it was ranked. */
	@FunctionalInterface
	interface Evictor {

		void evict(SessionKey key, long rank, List<SessionEvent> evicted);

	}

}
