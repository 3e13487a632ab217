package app.session.store.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;

import app.session.SessionKey;
import app.session.SessionLeases;
import app.session.WriterTag;

/**
 * Leases, one row each while it is held. The count of turns makes every change one, also
 * for a driver that counts changed rows and not those that were found.
 */
final class JdbcLeases implements SessionLeases {

	private static final String TASK = "lease a session";

	private final SqlCalls calls;

	private final String table;

	JdbcLeases(SqlCalls calls, String table) {
		this.calls = calls;
		this.table = table;
	}

	@Override
	public boolean acquire(SessionKey key, WriterTag holder, Duration length) {
		Dialect dialect = this.calls.dialect();
		String insert = "INSERT INTO " + this.table + " (id, holder, ends_at, turns) VALUES (?, ?, " + dialect.now()
				+ " + ?, 0)";
		if (dialect == Dialect.POSTGRESQL) {
			String upsert = insert + " ON CONFLICT (id) DO UPDATE SET holder = EXCLUDED.holder, ends_at = "
					+ "EXCLUDED.ends_at, turns = lease.turns + 1 WHERE lease.ends_at <= " + dialect.now()
					+ " OR lease.holder = EXCLUDED.holder";
			String sql = upsert.replace(this.table + " (id", this.table + " AS lease (id");
			return this.calls.update(TASK, sql, (statement) -> bind(statement, key, holder, length)) > 0;
		}
		String update = "UPDATE " + this.table + " SET holder = ?, ends_at = " + dialect.now()
				+ " + ?, turns = turns + 1 WHERE id = ? AND (ends_at <= " + dialect.now() + " OR holder = ?)";
		return this.calls.update(TASK, update, (statement) -> {
			statement.setLong(1, holder.value());
			statement.setLong(2, length.toMillis());
			statement.setBytes(3, key.bytes());
			statement.setLong(4, holder.value());
		}) > 0 || this.calls.insert(TASK, insert, (statement) -> bind(statement, key, holder, length));
	}

	private static void bind(PreparedStatement statement, SessionKey key, WriterTag holder, Duration length)
			throws SQLException {
		statement.setBytes(1, key.bytes());
		statement.setLong(2, holder.value());
		statement.setLong(3, length.toMillis());
	}

	@Override
	public boolean renew(SessionKey key, WriterTag holder, Duration length) {
		String now = this.calls.dialect().now();
		String sql = "UPDATE " + this.table + " SET ends_at = " + now
				+ " + ?, turns = turns + 1 WHERE id = ? AND holder = ? AND ends_at > " + now;
		return this.calls.update("renew a lease", sql, (statement) -> {
			statement.setLong(1, length.toMillis());
			statement.setBytes(2, key.bytes());
			statement.setLong(3, holder.value());
		}) > 0;
	}

	@Override
	public void release(SessionKey key, WriterTag holder) {
		this.calls.update("release a session", "DELETE FROM " + this.table + " WHERE id = ? AND holder = ?",
				(statement) -> {
					statement.setBytes(1, key.bytes());
					statement.setLong(2, holder.value());
				});
	}

	/**
	 * Forgets leases whose holders died, or never released them.
	 */
	void forgetEnded() {
		this.calls.update("forget leases that have ended",
				"DELETE FROM " + this.table + " WHERE ends_at <= " + this.calls.dialect().now(), (statement) -> {
				});
	}

}
