package app.session.store.jdbc;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

import app.session.SessionStoreUnavailableException;

/**
 * The store's tables.
 *
 * @param calls the database
 * @param sessions the name of the table of the sessions
 */
record JdbcTables(SqlCalls calls, String sessions) {

	String principals() {
		return this.sessions + "_principal";
	}

	String leases() {
		return this.sessions + "_lease";
	}

	/**
	 * Looks whether they are there.
	 * @throws IllegalStateException if one is not, or not for this user
	 */
	void check() {
		this.calls.dialect();
		for (String table : List.of(this.sessions, principals(), leases())) {
			try {
				this.calls.call(() -> "look at table " + table, false, (connection) -> {
					try (PreparedStatement statement = connection
						.prepareStatement("SELECT id FROM " + table + " WHERE 1 = 0");
							ResultSet rows = statement.executeQuery()) {
						return rows.next();
					}
				});
			}
			catch (SessionStoreUnavailableException ex) {
				if (!isOfStatement(ex)) {
					throw ex;
				}
				throw new IllegalStateException("There is no table " + table + " that its user may read", ex);
			}
		}
	}

	private static boolean isOfStatement(SessionStoreUnavailableException failure) {
		return Stream.of(failure.getSuppressed())
			.anyMatch((error) -> error instanceof SQLException sql && SqlErrors.isOfStatement(sql));
	}

}
