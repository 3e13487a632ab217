package app.session.store.jdbc;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import app.session.store.PrincipalEntries;
import org.jspecify.annotations.Nullable;

/**
 * The entries of principals, one row each.
 */
final class JdbcPrincipalEntries implements PrincipalEntries {

	private static final String TASK = "write the entry of a principal";

	private final SqlCalls calls;

	private final String table;

	JdbcPrincipalEntries(SqlCalls calls, String table) {
		this.calls = calls;
		this.table = table;
	}

	@Override
	public byte @Nullable [] find(byte[] id) {
		return this.calls.<byte @Nullable []>call("read the entry of a principal", false, (connection) -> {
			try (PreparedStatement statement = connection
				.prepareStatement("SELECT entry FROM " + this.table + " WHERE id = ?")) {
				statement.setBytes(1, id);
				try (ResultSet rows = statement.executeQuery()) {
					return rows.next() ? rows.getBytes(1) : null;
				}
			}
		});
	}

	@Override
	public boolean replace(byte[] id, byte @Nullable [] expected, byte[] next, boolean unfinished) {
		Dialect dialect = this.calls.dialect();
		if (expected == null) {
			String insert = "INSERT INTO " + this.table + " (id, entry, unfinished, written) VALUES (?, ?, ?, "
					+ dialect.now() + ")" + dialect.once();
			return this.calls.insert(TASK, insert, (statement) -> {
				statement.setBytes(1, id);
				statement.setBytes(2, next);
				statement.setInt(3, unfinished ? 1 : 0);
			});
		}
		String update = "UPDATE " + this.table + " SET entry = ?, unfinished = ?, written = " + dialect.now()
				+ " WHERE id = ? AND entry = ?";
		return this.calls.update(TASK, update, (statement) -> {
			statement.setBytes(1, next);
			statement.setInt(2, unfinished ? 1 : 0);
			statement.setBytes(3, id);
			statement.setBytes(4, expected);
		}) > 0;
	}

	@Override
	public Stream<byte[]> unfinished() {
		return this.calls.call("list the principals to finish with", false, (connection) -> {
			List<byte[]> ids = new ArrayList<>();
			try (PreparedStatement statement = connection
				.prepareStatement("SELECT id FROM " + this.table + " WHERE unfinished = 1");
					ResultSet rows = statement.executeQuery()) {
				while (rows.next()) {
					ids.add(rows.getBytes(1));
				}
			}
			return ids;
		}).stream();
	}

	/**
	 * Forgets entries that were not written for so long that they can matter to nobody.
	 */
	void forget(long olderThanMillis) {
		this.calls.update("forget old entries of principals",
				"DELETE FROM " + this.table + " WHERE written < " + this.calls.dialect().now() + " - ?",
				(statement) -> statement.setLong(1, olderThanMillis));
	}

}
