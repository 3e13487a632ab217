package app.session.store.cookie;

import java.util.List;

import app.session.PrincipalIndex;
import app.session.SessionKey;
import app.session.SessionLimit;
import app.session.SessionRecord;
import app.session.SessionRepository;
import app.session.store.ClientHeldSessions;
import org.jspecify.annotations.Nullable;

/**
 * Sessions at their clients, seen from outside their requests: every session is absent,
 * and those of a principal can be ended all together. Thread-safe.
 */
final class RevocableSessions implements SessionRepository, PrincipalIndex {

	private final ClientHeldSessions sessions = new ClientHeldSessions();

	private final Revocations revocations;

	RevocableSessions(Revocations revocations) {
		this.revocations = revocations;
	}

	@Override
	public @Nullable SessionRecord find(SessionKey key) {
		return this.sessions.find(key);
	}

	@Override
	public boolean create(SessionRecord record) {
		return this.sessions.create(record);
	}

	@Override
	public boolean update(SessionRecord record) {
		return this.sessions.update(record);
	}

	@Override
	public boolean touch(SessionKey key) {
		return this.sessions.touch(key);
	}

	@Override
	public boolean delete(SessionKey key) {
		return this.sessions.delete(key);
	}

	@Override
	public long epoch(String principal) {
		return this.revocations.epoch(principal);
	}

	@Override
	public List<SessionKey> members(String principal) {
		return this.revocations.members(principal);
	}

	@Override
	public Admission admit(String principal, SessionKey key, long epoch, SessionLimit limit) {
		return this.revocations.admit(principal, key, epoch, limit);
	}

	@Override
	public List<SessionKey> revoke(String principal, @Nullable SessionKey spared) {
		return this.revocations.revoke(principal, spared);
	}

	@Override
	public void strikeOff(String principal, List<SessionKey> keys) {
		this.revocations.strikeOff(principal, keys);
	}

}
