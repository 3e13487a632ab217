package app.session.store.migrate;

import java.util.ArrayList;
import java.util.List;

import app.session.PrincipalIndex;
import app.session.SessionKey;
import app.session.SessionLimit;
import app.session.SessionRecord;
import app.session.SessionRepository;
import app.session.store.SessionSource;
import org.jspecify.annotations.Nullable;

/**
 * The principals' sessions in both stores. The target's index decides; before it does,
 * the principal's sessions in the source become its members. A session that is moved is
 * admitted before it goes from the source, so it is always found in one of both.
 */
final class MigratingPrincipals implements PrincipalIndex {

	private final PrincipalIndex target;

	private final SessionSource source;

	private final Moves moves;

	private final SessionRepository both;

	MigratingPrincipals(PrincipalIndex target, SessionSource source, Moves moves, SessionRepository both) {
		this.target = target;
		this.source = source;
		this.moves = moves;
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

	@Override
	public Admission admit(String principal, SessionKey key, long epoch, SessionLimit limit) {
		admitLeft(principal);
		return this.target.admit(principal, key, epoch, limit);
	}

	@Override
	public List<SessionKey> revoke(String principal, @Nullable SessionKey spared) {
		admitLeft(principal);
		return this.target.revoke(principal, spared);
	}

	private void admitLeft(String principal) {
		List<SessionKey> left = this.source.members(principal);
		if (left.isEmpty()) {
			return;
		}
		List<SessionKey> known = this.target.members(principal);
		for (SessionKey key : left) {
			if (!known.contains(key)) {
				SessionRecord record = this.both.find(key);
				if (record != null && principal.equals(record.principal())) {
					this.moves.admit(principal, key);
				}
			}
		}
	}

	@Override
	public void strikeOff(String principal, List<SessionKey> keys) {
		this.target.strikeOff(principal, keys);
		this.source.strikeOff(principal, keys);
	}

}
