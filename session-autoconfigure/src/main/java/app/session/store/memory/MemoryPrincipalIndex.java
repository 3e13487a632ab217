package app.session.store.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import app.session.PrincipalIndex;
import app.session.SessionKey;
import app.session.SessionLimit;
import app.session.store.PrincipalEntry;
import app.session.store.PrincipalEntry.Change;
import org.jspecify.annotations.Nullable;

/**
 * The entries of the principals. Each method is one atomic change of one immutable entry.
 * <p>
 * A login under way may have read an epoch, so an entry that has nothing but an epoch
 * can't just be dropped: the login would find the epoch it knows and take the revocation
 * for none. The last {@code quietLimit} of them stay. When an older one goes, its epoch
 * becomes the <em>floor</em>: the epoch of every principal without an entry. So memory is
 * bounded and a revocation is never overlooked; the price is that a login of a principal
 * without an entry which is under way just then is refused as stale and has to be tried
 * again.
 */
final class MemoryPrincipalIndex implements PrincipalIndex {

	private final ConcurrentMap<String, PrincipalEntry> entries = new ConcurrentHashMap<>();

	private final AtomicLong floor = new AtomicLong();

	private final Queue<String> quiet = new ConcurrentLinkedQueue<>();

	private final AtomicInteger quietCount = new AtomicInteger();

	private final int quietLimit;

	MemoryPrincipalIndex(int quietLimit) {
		this.quietLimit = quietLimit;
	}

	@Override
	public long epoch(String principal) {
		PrincipalEntry entry = this.entries.get(principal);
		return (entry != null) ? entry.epoch() : this.floor.get();
	}

	@Override
	public List<SessionKey> members(String principal) {
		PrincipalEntry entry = this.entries.get(principal);
		return (entry != null) ? entry.members() : List.of();
	}

	@Override
	public Admission admit(String principal, SessionKey key, long epoch, SessionLimit limit) {
		Admission[] result = new Admission[1];
		this.entries.compute(principal, (name, stored) -> {
			Change<Admission> change = orNew(stored).admit(key, epoch, limit);
			result[0] = change.answer();
			return needed(change.next());
		});
		return result[0];
	}

	@Override
	public List<SessionKey> revoke(String principal, @Nullable SessionKey spared) {
		List<List<SessionKey>> result = new ArrayList<>(1);
		boolean[] turnedQuiet = new boolean[1];
		this.entries.compute(principal, (name, stored) -> {
			PrincipalEntry next = orNew(stored).revoke(spared);
			result.add(next.condemned());
			turnedQuiet[0] = next.isQuiet();
			return needed(next);
		});
		if (turnedQuiet[0]) {
			keepQuiet(principal);
		}
		return result.get(0);
	}

	@Override
	public void strikeOff(String principal, List<SessionKey> keys) {
		boolean[] turnedQuiet = new boolean[1];
		this.entries.computeIfPresent(principal, (name, stored) -> {
			PrincipalEntry next = stored.strikeOff(keys);
			PrincipalEntry kept = needed(next);
			turnedQuiet[0] = kept != null && kept.isQuiet() && !stored.isQuiet();
			return kept;
		});
		if (turnedQuiet[0]) {
			keepQuiet(principal);
		}
	}

	/**
	 * How many principals have an entry.
	 */
	int size() {
		return this.entries.size();
	}

	Map<String, PrincipalEntry> entries() {
		return this.entries;
	}

	long floor() {
		return this.floor.get();
	}

	void raiseFloor(long epoch) {
		this.floor.accumulateAndGet(epoch, Math::max);
	}

	/**
	 * Gives a principal an entry.
	 */
	void restore(String principal, PrincipalEntry entry) {
		if (needed(entry) != null) {
			this.entries.put(principal, entry);
			if (entry.isQuiet()) {
				keepQuiet(principal);
			}
		}
	}

	void clear() {
		this.entries.clear();
		this.quiet.clear();
		this.quietCount.set(0);
		this.floor.set(0);
	}

	private void keepQuiet(String principal) {
		this.quiet.add(principal);
		if (this.quietCount.incrementAndGet() <= this.quietLimit) {
			return;
		}
		String oldest = this.quiet.poll();
		if (oldest != null) {
			this.quietCount.decrementAndGet();
			this.entries.computeIfPresent(oldest, (name, stored) -> {
				if (!stored.isQuiet()) {
					return stored;
				}
				// First the floor, then the entry: nobody sees the epoch fall
				this.floor.accumulateAndGet(stored.epoch(), Math::max);
				return null;
			});
		}
	}

	private PrincipalEntry orNew(@Nullable PrincipalEntry stored) {
		return (stored != null) ? stored : PrincipalEntry.of(this.floor.get());
	}

	private @Nullable PrincipalEntry needed(PrincipalEntry entry) {
		return (entry.isQuiet() && entry.epoch() <= this.floor.get()) ? null : entry;
	}

}
