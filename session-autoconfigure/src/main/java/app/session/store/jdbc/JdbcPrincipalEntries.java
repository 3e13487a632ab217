package app.session.store.jdbc;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

import app.session.store.PrincipalEntries;
import org.jspecify.annotations.Nullable;

/**
 * The entries of principals, one row each.
 */
final class JdbcPrincipalEntries implements PrincipalEntries {

	private final SqlCalls calls;

	private final TableWalk walk;

	private final FoundOnce<Statements> statements;

	/**
	 * Creates them.
	 * @param retention for how long an entry that nobody writes is kept
	 */
	JdbcPrincipalEntries(SqlCalls calls, String table, Duration retention) {
		this.calls = calls;
		this.walk = new TableWalk(calls);
		this.statements = new FoundOnce<>(() -> Statements.of(table, calls.dialect(), retention));
	}

	@Override
	public byte @Nullable [] find(byte[] id) {
		return this.calls.<byte @Nullable []>call(() -> "read the entry of a principal", false, (connection) -> {
			try (PreparedStatement statement = connection.prepareStatement(this.statements.get().find())) {
				statement.setBytes(1, id);
				try (ResultSet rows = statement.executeQuery()) {
					return rows.next() ? rows.getBytes(1) : null;
				}
			}
		});
	}

	@Override
	public boolean replace(byte[] id, byte @Nullable [] expected, byte[] next, boolean unfinished) {
		Supplier<String> task = () -> "write the entry of a principal";
		if (expected == null) {
			return this.calls.insert(task, this.statements.get().insert(), (statement) -> {
				statement.setBytes(1, id);
				statement.setBytes(2, next);
				statement.setInt(3, unfinished ? 1 : 0);
			});
		}
		return this.calls.update(task, this.statements.get().update(), (statement) -> {
			statement.setBytes(1, next);
			statement.setInt(2, unfinished ? 1 : 0);
			statement.setBytes(3, id);
			statement.setBytes(4, expected);
		}) > 0;
	}

	@Override
	public Stream<byte[]> unfinished() {
		List<byte[]> ids = new ArrayList<>();
		this.walk.run(() -> "list the principals to finish with", this.statements.get().unfinished(), ids::addAll);
		return ids.stream();
	}

	/**
	 * Forgets entries that were not written for so long that they can matter to nobody.
	 */
	void forgetOld() {
		this.walk.delete(() -> "forget old entries of principals", this.statements.get().oldPage(),
				this.statements.get().deleteOld());
	}

	/**
	 * The statements about entries, as one database has them.
	 */
	private record Statements(String find, String insert, String update, String unfinished, String oldPage,
			String deleteOld) {

		static Statements of(String table, Dialect dialect, Duration retention) {
			String now = dialect.now();
			String old = "written < " + now + " - " + retention.toMillis();
			return new Statements("SELECT entry FROM " + table + " WHERE id = ?",
					"INSERT INTO " + table + " (id, entry, unfinished, written) VALUES (?, ?, ?, " + now + ")"
							+ dialect.once(),
					"UPDATE " + table + " SET entry = ?, unfinished = ?, written = " + now
							+ " WHERE id = ? AND entry = ?",
					TableWalk.page(table, "unfinished = 1"), TableWalk.page(table, old),
					"DELETE FROM " + table + " WHERE id = ? AND " + old);
		}

	}

}
