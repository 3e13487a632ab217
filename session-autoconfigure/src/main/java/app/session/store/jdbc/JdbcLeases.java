package app.session.store.jdbc;

import java.time.Duration;

import app.session.SessionKey;
import app.session.SessionLeases;
import app.session.WriterTag;

/**
 * Leases, one row each while it is held. The count of turns makes every change one, also
 * for a driver that counts changed rows and not those that were found.
 */
final class JdbcLeases implements SessionLeases {

	private final SqlCalls calls;

	private final TableWalk walk;

	private final FoundOnce<Statements> statements;

	JdbcLeases(SqlCalls calls, String table) {
		this.calls = calls;
		this.walk = new TableWalk(calls);
		this.statements = new FoundOnce<>(() -> Statements.of(table, calls.dialect()));
	}

	/** One statement if nobody holds it, for then there is no row. */
	@Override
	public boolean acquire(SessionKey key, WriterTag holder, Duration length) {
		boolean inserted = this.calls.insert(() -> "lease a session", this.statements.get().insert(), (statement) -> {
			statement.setBytes(1, key.bytes());
			statement.setLong(2, holder.value());
			statement.setLong(3, length.toMillis());
		});
		return inserted || takeOver(key, holder, length);
	}

	/** PostgreSQL needs no statement of its own for it: see the insertion. */
	private boolean takeOver(SessionKey key, WriterTag holder, Duration length) {
		String sql = this.statements.get().takeOver();
		return !sql.isEmpty() && this.calls.update(() -> "take over a lease", sql, (statement) -> {
			statement.setLong(1, holder.value());
			statement.setLong(2, length.toMillis());
			statement.setBytes(3, key.bytes());
			statement.setLong(4, holder.value());
		}) > 0;
	}

	@Override
	public boolean renew(SessionKey key, WriterTag holder, Duration length) {
		return this.calls.update(() -> "renew a lease", this.statements.get().renew(), (statement) -> {
			statement.setLong(1, length.toMillis());
			statement.setBytes(2, key.bytes());
			statement.setLong(3, holder.value());
		}) > 0;
	}

	@Override
	public void release(SessionKey key, WriterTag holder) {
		this.calls.update(() -> "release a session", this.statements.get().release(), (statement) -> {
			statement.setBytes(1, key.bytes());
			statement.setLong(2, holder.value());
		});
	}

	/**
	 * Forgets leases whose holders died, or never released them.
	 */
	void forgetEnded() {
		this.walk.delete(() -> "forget leases that have ended", this.statements.get().endedPage(),
				this.statements.get().deleteEnded());
	}

	/**
	 * The statements about leases, as one database has them.
	 *
	 * @param takeOver takes a lease that has ended, or is the holder's; empty where the
	 * insertion does that as well
	 */
	private record Statements(String takeOver, String insert, String renew, String release, String endedPage,
			String deleteEnded) {

		static Statements of(String table, Dialect dialect) {
			String now = dialect.now();
			boolean inOne = dialect == Dialect.POSTGRESQL;
			String takeOver = "UPDATE " + table + " SET holder = ?, ends_at = " + now
					+ " + ?, turns = turns + 1 WHERE id = ? AND (ends_at <= " + now + " OR holder = ?)";
			// That another has it is usual, and MariaDB's driver logs each error.
			String insert = "INSERT " + ((dialect == Dialect.MYSQL) ? "IGNORE " : "") + "INTO " + table
					+ (inOne ? " AS lease" : "") + " (id, holder, ends_at, turns) VALUES (?, ?, " + now + " + ?, 0)";
			String orTakeOver = " ON CONFLICT (id) DO UPDATE SET holder = EXCLUDED.holder, ends_at = EXCLUDED.ends_at,"
					+ " turns = lease.turns + 1 WHERE lease.ends_at <= " + now + " OR lease.holder = EXCLUDED.holder";
			return new Statements(inOne ? "" : takeOver, inOne ? insert + orTakeOver : insert,
					"UPDATE " + table + " SET ends_at = " + now
							+ " + ?, turns = turns + 1 WHERE id = ? AND holder = ? AND ends_at > " + now,
					"DELETE FROM " + table + " WHERE id = ? AND holder = ?", TableWalk.page(table, "ends_at <= " + now),
					"DELETE FROM " + table + " WHERE id = ? AND ends_at <= " + now);
		}

	}

}
