package app.session;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The ability of a store to keep, for each principal, one entry of {@code {epoch,
 * members, condemned}}: the sessions of the principal, and those that are to be deleted.
 * Optional. Each method is one atomic operation on that one entry. Safe for use by many
 * threads.
 * <p>
 * The order of a login makes it safe, crashes included: read the {@link #epoch} before
 * the credentials are checked, write the record under a new secret, {@link #admit} it,
 * delete what is condemned, {@link #strikeOff} that, and only then send the cookie. So no
 * more than the allowed number of sessions whose cookie was sent are alive at any moment.
 * <p>
 * Members may include sessions that have ended since: who lists them looks each up.
 */
public interface PrincipalIndex {

	/**
	 * How often all sessions of the principal were revoked.
	 * @param principal the principal
	 * @return the epoch, 0 for a principal never seen
	 */
	long epoch(String principal);

	/**
	 * The sessions of a principal, oldest login first.
	 * @param principal the principal
	 * @return the keys, some of which may have ended
	 */
	List<SessionKey> members(String principal);

	/**
	 * Makes a session a member. Members beyond the limit become condemned, or the session
	 * is refused, as the limit says. To admit a member again changes nothing.
	 * @param principal the principal
	 * @param key the session, whose record is written already
	 * @param epoch the epoch read before the credentials were checked
	 * @param limit how many sessions a principal may have
	 * @return what became of it, and all that is condemned
	 */
	Admission admit(String principal, SessionKey key, long epoch, SessionLimit limit);

	/**
	 * Begins a new epoch and condemns all members but one.
	 * @param principal the principal
	 * @param spared the member that stays, or {@code null} for none
	 * @return all that is condemned, also by earlier calls that were not finished
	 */
	List<SessionKey> revoke(String principal, @Nullable SessionKey spared);

	/**
	 * Forgets sessions whose records are deleted, as members and as condemned.
	 * @param principal the principal
	 * @param keys the sessions
	 */
	void strikeOff(String principal, List<SessionKey> keys);

	/**
	 * What {@link PrincipalIndex#admit} decided.
	 *
	 * @param status whether the session is a member now
	 * @param condemned all sessions of the principal that are to be deleted and struck
	 * off
	 */
	record Admission(Status status, List<SessionKey> condemned) {

		/** Whether a session was admitted, and why not. */
		public enum Status {

			/** The session is a member. */
			ADMITTED,

			/** All sessions were revoked since the epoch was read. */
			STALE,

			/** The session was condemned in the meantime. */
			CONDEMNED,

			/** The principal has as many sessions as it may have. */
			FULL

		}

	}

}
