package app.session.store.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import app.session.SessionEvent.Expired;
import app.session.SessionKey;
import app.session.store.RecordParts;

/**
 * Deletes the rows of sessions whose time has run out. What it finds on its
 * {@linkplain TableWalk walk} it locks, by key, a few rows at a time and none that
 * another has locked. So it keeps no request waiting, and since a request locks one row
 * only, nobody waits in a circle.
 */
final class JdbcSweep {

	private final SqlCalls calls;

	private final TableWalk walk;

	private final JdbcRecords records;

	private final Consumer<? super Expired> events;

	JdbcSweep(SqlCalls calls, JdbcRecords records, Consumer<? super Expired> events) {
		this.calls = calls;
		this.walk = new TableWalk(calls);
		this.records = records;
		this.events = events;
	}

	/**
	 * Walks the table once.
	 */
	void run() {
		this.walk.run(() -> "look for sessions that have ended", this.records.statements().endedPage(),
				(keys) -> delete(keys).forEach(this.events));
	}

	private List<Expired> delete(List<byte[]> keys) {
		return this.calls.call(() -> "delete sessions that have ended", true, (connection) -> {
			connection.setAutoCommit(false);
			try {
				List<Expired> locked = lock(connection, keys);
				if (!locked.isEmpty()) {
					List<byte[]> lockedKeys = locked.stream().map((event) -> event.key().bytes()).toList();
					try (PreparedStatement statement = bind(connection, this.records.statements().deleteAll(),
							lockedKeys)) {
						statement.executeUpdate();
					}
				}
				connection.commit();
				connection.setAutoCommit(true);
				return locked;
			}
			catch (SQLException ex) {
				rollback(connection, ex);
				throw ex;
			}
		});
	}

	private static void rollback(Connection connection, SQLException failure) {
		try {
			connection.rollback();
			connection.setAutoCommit(true);
		}
		catch (SQLException ex) {
			failure.addSuppressed(ex);
		}
	}

	private List<Expired> lock(Connection connection, List<byte[]> keys) throws SQLException {
		List<Expired> locked = new ArrayList<>();
		try (PreparedStatement statement = bind(connection, this.records.statements().lockEnded(), keys);
				ResultSet rows = statement.executeQuery()) {
			while (rows.next()) {
				byte[] principal = rows.getBytes(2);
				locked.add(new Expired(SessionKey.of(rows.getBytes(1)),
						(principal != null) ? RecordParts.principal(principal, 0, principal.length) : null));
			}
		}
		return locked;
	}

	private static PreparedStatement bind(Connection connection, String sql, List<byte[]> keys) throws SQLException {
		PreparedStatement statement = connection.prepareStatement(SessionStatements.withKeys(sql, keys.size()));
		for (int i = 0; i < keys.size(); i++) {
			statement.setBytes(i + 1, keys.get(i));
		}
		return statement;
	}

}
