package app.session.store.memory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import app.session.PrincipalIndex;
import app.session.PrincipalIndex.Admission.Status;
import app.session.SessionKey;
import app.session.SessionLimit;
import app.session.SessionLimit.WhenFull;
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

	private final ConcurrentMap<String, Entry> entries = new ConcurrentHashMap<>();

	private final AtomicLong floor = new AtomicLong();

	private final Queue<String> quiet = new ConcurrentLinkedQueue<>();

	private final AtomicInteger quietCount = new AtomicInteger();

	private final int quietLimit;

	MemoryPrincipalIndex(int quietLimit) {
		this.quietLimit = quietLimit;
	}

	@Override
	public long epoch(String principal) {
		Entry entry = this.entries.get(principal);
		return (entry != null) ? entry.epoch : this.floor.get();
	}

	@Override
	public List<SessionKey> members(String principal) {
		Entry entry = this.entries.get(principal);
		return (entry != null) ? entry.members : List.of();
	}

	@Override
	public Admission admit(String principal, SessionKey key, long epoch, SessionLimit limit) {
		Admission[] result = new Admission[1];
		this.entries.compute(principal, (name, stored) -> {
			Entry entry = orNew(stored);
			Status status = entry.statusFor(key, epoch, limit);
			Entry next = (status == Status.ADMITTED) ? entry.with(key, limit) : entry;
			result[0] = new Admission(status, next.condemned);
			return needed(next);
		});
		return result[0];
	}

	@Override
	public List<SessionKey> revoke(String principal, @Nullable SessionKey spared) {
		List<List<SessionKey>> result = new ArrayList<>(1);
		boolean[] turnedQuiet = new boolean[1];
		this.entries.compute(principal, (name, stored) -> {
			Entry next = orNew(stored).revoked(spared);
			result.add(next.condemned);
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
			Entry next = stored.without(keys);
			Entry kept = needed(next);
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
				this.floor.accumulateAndGet(stored.epoch, Math::max);
				return null;
			});
		}
	}

	private Entry orNew(@Nullable Entry stored) {
		return (stored != null) ? stored : new Entry(this.floor.get(), List.of(), List.of());
	}

	private @Nullable Entry needed(Entry entry) {
		return (entry.isQuiet() && entry.epoch <= this.floor.get()) ? null : entry;
	}

	/**
	 * What is kept for one principal.
	 */
	private record Entry(long epoch, List<SessionKey> members, List<SessionKey> condemned) {

		private boolean isQuiet() {
			return this.members.isEmpty() && this.condemned.isEmpty();
		}

		private Status statusFor(SessionKey key, long epochSeen, SessionLimit limit) {
			if (epochSeen != this.epoch) {
				return Status.STALE;
			}
			if (this.members.contains(key)) {
				return Status.ADMITTED;
			}
			if (this.condemned.contains(key)) {
				return Status.CONDEMNED;
			}
			boolean full = this.members.size() >= limit.sessions();
			return (full && limit.whenFull() == WhenFull.REFUSE) ? Status.FULL : Status.ADMITTED;
		}

		private Entry with(SessionKey key, SessionLimit limit) {
			if (this.members.contains(key)) {
				return this;
			}
			List<SessionKey> all = plus(this.members, List.of(key));
			int cut = Math.max(0, all.size() - limit.sessions());
			return new Entry(this.epoch, List.copyOf(all.subList(cut, all.size())),
					plus(this.condemned, all.subList(0, cut)));
		}

		private Entry revoked(@Nullable SessionKey spared) {
			List<SessionKey> ended = new ArrayList<>(this.members);
			List<SessionKey> kept = (spared != null && ended.remove(spared)) ? List.of(spared) : List.of();
			return new Entry(this.epoch + 1, kept, plus(this.condemned, ended));
		}

		private Entry without(Collection<SessionKey> keys) {
			return new Entry(this.epoch, minus(this.members, keys), minus(this.condemned, keys));
		}

		private static List<SessionKey> plus(List<SessionKey> first, List<SessionKey> second) {
			if (second.isEmpty()) {
				return first;
			}
			List<SessionKey> all = new ArrayList<>(first.size() + second.size());
			all.addAll(first);
			all.addAll(second);
			return List.copyOf(all);
		}

		private static List<SessionKey> minus(List<SessionKey> keys, Collection<SessionKey> gone) {
			return keys.stream().anyMatch(gone::contains) ? keys.stream().filter((key) -> !gone.contains(key)).toList()
					: keys;
		}

	}

}
