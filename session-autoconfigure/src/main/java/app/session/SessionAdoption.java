package app.session;

import java.time.Duration;

/**
 * The ability of a store to take over a session that another store has kept, as old as it
 * is. Optional: a store that sessions are to be moved to needs it. Safe for use by many
 * threads.
 */
public interface SessionAdoption {

	/**
	 * Inserts a record as {@link SessionRepository#create} does, of any version, and with
	 * a creation time that has passed. Never replaces one.
	 * @param record the record
	 * @param age how long ago the session was created, not negative
	 * @return {@code false} if there is a record with this key already
	 * @throws SessionStoreUnavailableException if the store does not answer
	 */
	boolean adopt(SessionRecord record, Duration age);

}
