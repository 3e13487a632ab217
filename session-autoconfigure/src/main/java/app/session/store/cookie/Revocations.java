package app.session.store.cookie;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import app.session.PrincipalIndex;
import app.session.SessionKey;
import app.session.SessionLimit;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;

/**
 * The epochs of principals whose sessions are at their clients: a session is sealed with
 * its principal's epoch and alive while that is the present one. No session is a member
 * of anything, so sessions can be ended all together, and neither listed nor limited.
 * Thread-safe.
 * <p>
 * <b>How long an epoch is known.</b> The index keeps an entry for at least
 * {@code max-lifetime} after it was last written
 * ({@link app.session.store.PrincipalEntries#retention}), and then begins again with 0.
 * So a login under an epoch above 0 has the entry written again: an entry that is
 * forgotten had its last revocation and its last login at least one {@code max-lifetime}
 * ago, and every session sealed with its epoch, or with one before, is over. Otherwise
 * such a session would end when the entry is forgotten, and come back to life when the
 * epoch is reached once more.
 */
final class Revocations implements PrincipalIndex {

	private final PrincipalIndex index;

	/** How often a session was spared, for the requests of it that run. */
	private final Cache<Holder, AtomicLong> spared = Caffeine.newBuilder().weakValues().executor(Runnable::run).build();

	Revocations(PrincipalIndex index) {
		this.index = index;
	}

	@Override
	public long epoch(String principal) {
		return this.index.epoch(principal);
	}

	@Override
	public List<SessionKey> members(String principal) {
		return List.of();
	}

	@Override
	public Admission admit(String principal, SessionKey key, long epoch, SessionLimit limit) {
		if (limit.sessions() != SessionLimit.NONE.sessions()) {
			throw new UnsupportedOperationException("The sessions of a principal can't be limited to "
					+ limit.sessions() + ": with app.session.store=cookie nobody knows how many there are");
		}
		if (epoch == 0) {
			// There may be no entry, and none is needed: it would say 0 as well.
			return answer(this.index.epoch(principal) == 0);
		}
		boolean admitted = this.index.admit(principal, key, epoch, SessionLimit.NONE)
			.status() == Admission.Status.ADMITTED;
		if (admitted) {
			this.index.strikeOff(principal, List.of(key));
		}
		return answer(admitted);
	}

	private static Admission answer(boolean admitted) {
		return new Admission(admitted ? Admission.Status.ADMITTED : Admission.Status.STALE, List.of());
	}

	/**
	 * Begins a new epoch. The requests of the spared session that run on this node go on
	 * in it.
	 */
	@Override
	public List<SessionKey> revoke(String principal, @Nullable SessionKey spared) {
		// What is condemned are sessions of the index's own store, which ends them.
		List<SessionKey> unused = this.index.revoke(principal, null);
		AtomicLong times = (spared != null) ? this.spared.getIfPresent(new Holder(spared, principal)) : null;
		if (times != null) {
			times.incrementAndGet();
		}
		return List.of();
	}

	@Override
	public void strikeOff(String principal, List<SessionKey> keys) {
		// There are no members.
	}

	/**
	 * How often a session was spared while anybody held on to this number.
	 */
	AtomicLong spared(SessionKey key, String principal) {
		return this.spared.get(new Holder(key, principal), (holder) -> new AtomicLong());
	}

	private record Holder(SessionKey key, String principal) {
	}

}
