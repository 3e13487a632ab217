package app.session.store.migrate;

import java.util.ArrayList;
import java.util.List;

import app.session.PrincipalIndex;
import app.session.SessionKey;
import app.session.SessionLimit;
import app.session.SessionLimit.WhenFull;
import app.session.SessionRecord;
import app.session.SessionRepository;
import app.session.store.SessionSource;
import org.jspecify.annotations.Nullable;

/**
 * The principals' sessions in both stores. The target has the epochs. A session that is
 * moved is admitted there before it goes from the source, so it is always found in one of
 * both.
 */
final class MigratingPrincipals implements PrincipalIndex {

	private final PrincipalIndex target;

	private final SessionSource source;

	private final SessionRepository both;

	MigratingPrincipals(PrincipalIndex target, SessionSource source, SessionRepository both) {
		this.target = target;
		this.source = source;
		this.both = both;
	}

	@Override
	public long epoch(String principal) {
		return this.target.epoch(principal);
	}

	@Override
	public List<SessionKey> members(String principal) {
		List<SessionKey> left = this.source.members(principal);
		List<SessionKey> known = this.target.members(principal);
		if (left.isEmpty()) {
			return known;
		}
		List<SessionKey> all = new ArrayList<>(left);
		all.removeAll(known);
		all.addAll(known);
		return List.copyOf(all);
	}

	/**
	 * What is left in the source counts as well, and as older than all that was moved.
	 * The target's index decides by what the limit leaves to it.
	 */
	@Override
	public Admission admit(String principal, SessionKey key, long epoch, SessionLimit limit) {
		List<SessionKey> left = (limit.sessions() != SessionLimit.NONE.sessions()) ? left(principal, key) : List.of();
		if (left.isEmpty()) {
			return this.target.admit(principal, key, epoch, limit);
		}
		if (limit.whenFull() == WhenFull.REFUSE) {
			int room = limit.sessions() - left.size();
			return (room > 0) ? this.target.admit(principal, key, epoch, new SessionLimit(room, WhenFull.REFUSE))
					: new Admission(Admission.Status.FULL, List.of());
		}
		int room = limit.sessions() - 1 - this.target.members(principal).size();
		int kept = Math.max(0, Math.min(room, left.size()));
		Admission admission = this.target.admit(principal, key, epoch,
				new SessionLimit(limit.sessions() - kept, limit.whenFull()));
		if (admission.status() != Admission.Status.ADMITTED) {
			return admission;
		}
		List<SessionKey> condemned = new ArrayList<>(left.subList(0, left.size() - kept));
		condemned.addAll(admission.condemned());
		return new Admission(admission.status(), List.copyOf(condemned));
	}

	/** The members that live and are not moved, oldest login first. */
	private List<SessionKey> left(String principal, SessionKey except) {
		List<SessionKey> left = new ArrayList<>(this.source.members(principal));
		left.remove(except);
		if (!left.isEmpty()) {
			left.removeAll(this.target.members(principal));
		}
		left.removeIf((key) -> {
			SessionRecord record = this.both.find(key);
			return record == null || !principal.equals(record.principal());
		});
		return left;
	}

	/**
	 * First the source is asked: what is not there any more is a member in the target.
	 */
	@Override
	public List<SessionKey> revoke(String principal, @Nullable SessionKey spared) {
		List<SessionKey> condemned = new ArrayList<>(this.source.members(principal));
		condemned.remove(spared);
		List<SessionKey> moved = this.target.revoke(principal, spared);
		condemned.removeAll(moved);
		condemned.addAll(moved);
		return List.copyOf(condemned);
	}

	@Override
	public void strikeOff(String principal, List<SessionKey> keys) {
		this.target.strikeOff(principal, keys);
		this.source.strikeOff(principal, keys);
	}

}
