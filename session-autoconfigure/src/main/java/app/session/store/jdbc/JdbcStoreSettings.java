package app.session.store.jdbc;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * How a store in a SQL database is to work.
 *
 * @param table the name of the table of the sessions, with its schema in front if it is
 * not that of the connection; the tables of the principals and of the leases have the
 * same name with {@code _principal} and {@code _lease} at its end. Plain identifiers of
 * ASCII letters, digits and underscores, at most {@value #MAX_NAME} characters each
 * @param timeout how long a statement is tried again that the database has rolled back
 * because of another, and how long a change of a principal's sessions may be undone by
 * others before it fails
 * @param maxLifetime how long a session lives at most
 * @param sweepInterval the time from one sweep to the next
 */
public record JdbcStoreSettings(String table, Duration timeout, Duration maxLifetime, Duration sweepInterval) {

	/**
	 * How long each part of a name may be: what every database takes, and
	 * {@code _principal} fits behind it.
	 */
	public static final int MAX_NAME = 48;

	private static final String IDENTIFIER = "[A-Za-z_][A-Za-z0-9_]{0," + (MAX_NAME - 1) + "}";

	private static final Pattern TABLE = Pattern.compile("(" + IDENTIFIER + "\\.)?" + IDENTIFIER);

	/**
	 * Creates settings.
	 * @throws IllegalArgumentException if the table's name is none
	 */
	public JdbcStoreSettings {
		if (!isTableName(table)) {
			throw new IllegalArgumentException("A table's name is made of letters, digits and _, with a schema and a"
					+ " dot in front or not, and each part has at most " + MAX_NAME + " characters");
		}
	}

	/**
	 * Whether a text may be the name of the table.
	 * @param table the text
	 * @return {@code true} if it is safe in a statement and not too long
	 */
	public static boolean isTableName(String table) {
		return TABLE.matcher(table).matches();
	}

}
