package app.session.core;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import app.session.LoginRefusedException;
import app.session.PrincipalIndex;
import app.session.PrincipalIndex.Admission;
import app.session.SessionEvent.Destroyed;
import app.session.SessionKey;
import app.session.SessionLimit;
import app.session.SessionRepository;

/**
 * The sessions of principals: admits a login whose record is written and whose cookie is
 * not yet sent, and ends what the index condemns. Each step can be taken again, so that
 * the next login, or a sweep, finishes what a crash has left.
 */
final class Logins {

	private final SessionRepository repository;

	private final @Nullable PrincipalIndex index;

	private final Committer committer;

	private final Events events;

	Logins(SessionRepository repository, Committer committer, Events events) {
		this.repository = repository;
		this.index = (repository instanceof PrincipalIndex principals) ? principals : null;
		this.committer = committer;
		this.events = events;
	}

	long epoch(@Nullable String principal) {
		return (this.index != null && principal != null) ? this.index.epoch(principal) : 0;
	}

	/**
	 * Makes a session its principal's.
	 * @param before whose it was
	 * @param login whose it is
	 * @throws LoginRefusedException if it can't be; the session is then deleted
	 */
	void admit(SessionKey key, @Nullable String before, Draft.Login login) {
		String principal = login.principal();
		if (this.index == null) {
			return;
		}
		if (before != null && !before.equals(principal)) {
			this.index.strikeOff(before, List.of(key));
		}
		if (principal == null) {
			return;
		}
		livingMembers(this.index, principal, login.limit());
		Admission admission = this.index.admit(principal, key, login.epoch(), login.limit());
		end(this.index, principal, admission.condemned(), Destroyed.Reason.LIMITED);
		if (admission.status() != Admission.Status.ADMITTED) {
			end(this.index, principal, List.of(key), Destroyed.Reason.LIMITED);
			throw new LoginRefusedException(admission.status());
		}
	}

	/**
	 * Whether one more session of a principal is within a limit.
	 * @param own a session that is not one more, if it is the principal's already
	 */
	boolean hasRoom(String principal, @Nullable SessionKey own, SessionLimit limit) {
		if (this.index == null) {
			return true;
		}
		List<SessionKey> members = livingMembers(this.index, principal, limit);
		return members.size() < limit.sessions() || members.size() == limit.sessions() && members.contains(own);
	}

	/**
	 * The sessions that count against a limit. Forgets members that have ended if there
	 * are too many: a session that lives would go in their stead, or the login be
	 * refused. A member's record was written before it was admitted, so what has none has
	 * ended for good.
	 */
	private List<SessionKey> livingMembers(PrincipalIndex index, String principal, SessionLimit limit) {
		if (limit.sessions() == SessionLimit.NONE.sessions()) {
			return List.of();
		}
		List<SessionKey> members = index.members(principal);
		if (members.size() < limit.sessions()) {
			return members;
		}
		Map<Boolean, List<SessionKey>> living = members.stream()
			.collect(Collectors.partitioningBy((key) -> this.repository.find(key) != null));
		List<SessionKey> ended = living.getOrDefault(false, List.of());
		if (!ended.isEmpty()) {
			index.strikeOff(principal, ended);
		}
		return living.getOrDefault(true, List.of());
	}

	/**
	 * Ends sessions of a principal, and strikes them off when they are gone.
	 * @return how many it was this call that ended
	 */
	int end(PrincipalIndex index, String principal, List<SessionKey> keys, Destroyed.Reason reason) {
		int ended = 0;
		for (SessionKey key : keys) {
			if (this.committer.delete(key)) {
				ended++;
				this.events.publish(new Destroyed(key, principal, reason));
			}
		}
		if (!keys.isEmpty()) {
			index.strikeOff(principal, keys);
		}
		return ended;
	}

}
