package app.session.store.jdbc;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

import javax.sql.DataSource;

import app.session.store.SpringSessionRecords;
import org.jspecify.annotations.Nullable;

/**
 * What Spring Session has stored in SQL, by {@code JdbcIndexedSessionRepository}, in the
 * tables of its own schema: the attributes of a session that is deleted go by the foreign
 * key, as for Spring Session itself. Safe for use by many threads.
 */
public final class JdbcSpringSessions implements SpringSessionRecords {

	private final SqlCalls calls;

	private final String table;

	private final String find;

	/**
	 * Creates it.
	 * @param dataSource where connections come from, {@link SessionPool} for one; it is
	 * not closed
	 * @param table the name of Spring Session's table of sessions, {@code SPRING_SESSION}
	 * unless it is configured
	 * @param timeout how long a statement is tried again that the database has rolled
	 * back because of another
	 * @param clock by which that time is measured
	 * @throws IllegalArgumentException if the name is not one of
	 * {@link JdbcStoreSettings#isTableName}
	 */
	public JdbcSpringSessions(DataSource dataSource, String table, Duration timeout, InstantSource clock) {
		if (!JdbcStoreSettings.isTableName(table)) {
			throw new IllegalArgumentException("The name of Spring Session's table is made of letters, digits and _,"
					+ " with a schema and a dot in front or not");
		}
		this.calls = new SqlCalls(dataSource, timeout, clock);
		this.table = table;
		this.find = "SELECT s.CREATION_TIME, s.LAST_ACCESS_TIME, s.MAX_INACTIVE_INTERVAL, s.PRINCIPAL_NAME,"
				+ " a.ATTRIBUTE_NAME, a.ATTRIBUTE_BYTES, s.SESSION_ID FROM " + table + " s LEFT JOIN " + table
				+ "_ATTRIBUTES a ON s.PRIMARY_ID = a.SESSION_PRIMARY_ID WHERE s.SESSION_ID = ?";
	}

	@Override
	public @Nullable Fields find(String id) {
		return this.calls.<@Nullable Fields>call(() -> "read a session of Spring Session", false, (connection) -> {
			try (PreparedStatement statement = connection.prepareStatement(this.find)) {
				statement.setString(1, id);
				try (ResultSet rows = statement.executeQuery()) {
					return (rows.next() && isOf(id, rows)) ? read(rows) : null;
				}
			}
		});
	}

	/**
	 * A database may find an id that is written in other cases: one session would be two.
	 */
	private static boolean isOf(String id, ResultSet rows) throws SQLException {
		String stored = rows.getString(7);
		return stored != null && id.equals(stored.strip());
	}

	/** One row for each attribute, and one for a session that has none. */
	private static Fields read(ResultSet rows) throws SQLException {
		long creationTime = rows.getLong(1);
		long lastAccessedTime = rows.getLong(2);
		long maxInactiveInterval = rows.getInt(3);
		String principal = rows.getString(4);
		Map<String, byte[]> attributes = new LinkedHashMap<>();
		do {
			String name = rows.getString(5);
			byte[] value = rows.getBytes(6);
			if (name != null && value != null) {
				attributes.put(name, value);
			}
		}
		while (rows.next());
		return new Fields(creationTime, lastAccessedTime, maxInactiveInterval, principal, attributes);
	}

	@Override
	public boolean delete(String id) {
		return this.calls.update(() -> "delete a session of Spring Session",
				"DELETE FROM " + this.table + " WHERE SESSION_ID = ?", (statement) -> statement.setString(1, id)) > 0;
	}

	@Override
	public long count() {
		String sql = "SELECT COUNT(*) FROM " + this.table + " WHERE EXPIRY_TIME > " + this.calls.dialect().now();
		return this.calls.call(() -> "count the sessions of Spring Session", false, (connection) -> {
			try (PreparedStatement statement = connection.prepareStatement(sql);
					ResultSet rows = statement.executeQuery()) {
				return rows.next() ? rows.getLong(1) : 0L;
			}
		});
	}

}
