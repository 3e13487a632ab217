package app.session.store.jdbc;

import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTimeoutException;
import java.util.Set;

import app.session.SessionReplyLostException;
import app.session.SessionStoreUnavailableException;

/**
 * Tells what a failure of a statement means: whether it may have been carried out, and
 * whether it is worth it to try again.
 */
final class SqlErrors {

	/**
	 * Rolled back because of another: serialization failures and deadlocks of the SQL
	 * standard and of PostgreSQL, and H2's concurrent update and lock timeout.
	 */
	private static final Set<String> CONFLICT_STATES = Set.of("40001", "40P01", "55P03", "90131", "HYT00");

	/**
	 * The same of MySQL and MariaDB, which don't tell it in the state: a lock that was
	 * waited for in vain, a deadlock, a record that has changed since the last reading.
	 */
	private static final Set<Integer> CONFLICT_CODES = Set.of(1205, 1213, 1020);

	/** MySQL and MariaDB have one state for all that a constraint forbids. */
	private static final int DUPLICATE_CODE = 1062;

	/** Too many connections, or none as yet: the server has not begun. */
	private static final Set<String> NOT_BEGUN_STATES = Set.of("57P03", "08001", "08004");

	private SqlErrors() {
	}

	/**
	 * Whether the statement was rolled back, and may succeed if it is tried again.
	 */
	static boolean isConflict(SQLException failure) {
		// PostgreSQL has no codes, and H2's are far from these
		return CONFLICT_STATES.contains(state(failure)) || CONFLICT_CODES.contains(failure.getErrorCode());
	}

	/**
	 * Whether the row to insert is there already.
	 */
	static boolean isDuplicate(SQLException failure) {
		return state(failure).equals("23505") || failure.getErrorCode() == DUPLICATE_CODE;
	}

	/**
	 * Whether the statement itself is at fault, or what it names: a table is missing, or
	 * a permission.
	 */
	static boolean isOfStatement(SQLException failure) {
		return state(failure).startsWith("42");
	}

	/**
	 * Whether the connection is worth nothing any more.
	 */
	static boolean isOfConnection(SQLException failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof SQLException conflict && isConflict(conflict)) {
				return false;
			}
			if (cause instanceof SQLRecoverableException || cause instanceof IOException
					|| cause instanceof SQLException sql && isLost(sql)) {
				return true;
			}
		}
		return false;
	}

	private static boolean isLost(SQLException failure) {
		String state = state(failure);
		return state.startsWith("08") || state.startsWith("57P") || failure instanceof SQLTimeoutException
		// H2: the database is closed, or the connection is
				|| state.equals("90121") || state.equals("90067") || state.equals("90098");
	}

	/**
	 * A statement that did not get through.
	 * @param writes whether it changes something
	 * @param task what was asked, for the message
	 */
	static SessionStoreUnavailableException translate(SQLException failure, boolean writes, String task) {
		if (writes && isOfConnection(failure) && !NOT_BEGUN_STATES.contains(state(failure))) {
			return new SessionReplyLostException("The database was asked to " + task + " and its answer was lost",
					failure);
		}
		return unavailable(failure, task);
	}

	/**
	 * A statement that was not carried out.
	 */
	static SessionStoreUnavailableException unavailable(Exception failure, String task) {
		String state = (failure instanceof SQLException sql) ? ", SQL state " + sql.getSQLState() : "";
		return new SessionStoreUnavailableException("The database did not " + task + state, failure);
	}

	private static String state(SQLException failure) {
		String state = failure.getSQLState();
		return (state != null) ? state : "";
	}

}
