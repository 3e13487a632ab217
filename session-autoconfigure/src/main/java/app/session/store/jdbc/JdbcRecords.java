package app.session.store.jdbc;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

import app.session.SessionAdoption;
import app.session.SessionCatalog;
import app.session.SessionEvent.RecordUnreadable;
import app.session.SessionKey;
import app.session.SessionRecord;
import app.session.SessionRepository;
import org.jspecify.annotations.Nullable;

/**
 * The records, one row each.
 */
final class JdbcRecords implements SessionRepository, SessionAdoption, SessionCatalog {

	private final SqlCalls calls;

	private final TableWalk walk;

	private final Consumer<? super RecordUnreadable> events;

	private final FoundOnce<SessionStatements> statements;

	/**
	 * Creates it.
	 * @param events told of rows that can't be read
	 */
	JdbcRecords(SqlCalls calls, String table, Consumer<? super RecordUnreadable> events) {
		this.calls = calls;
		this.walk = new TableWalk(calls);
		this.events = events;
		this.statements = new FoundOnce<>(() -> SessionStatements.of(table, calls.dialect()));
	}

	/**
	 * The statements, once it is known which database it is.
	 */
	SessionStatements statements() {
		return this.statements.get();
	}

	@Override
	public @Nullable SessionRecord find(SessionKey key) {
		return read(key, statements().find(), false);
	}

	@Override
	public @Nullable SessionRecord findAndTouch(SessionKey key) {
		String sql = statements().findAndTouch();
		if (sql.isEmpty()) {
			return SessionRepository.super.findAndTouch(key);
		}
		return read(key, sql, true);
	}

	private @Nullable SessionRecord read(SessionKey key, String sql, boolean writes) {
		Found found = this.calls.<@Nullable Found>call(() -> "read session " + key, writes, (connection) -> {
			try (PreparedStatement statement = connection.prepareStatement(sql)) {
				statement.setBytes(1, key.bytes());
				try (ResultSet rows = statement.executeQuery()) {
					return rows.next() ? new Found(SessionRow.read(key, rows)) : null;
				}
			}
		});
		if (found != null && found.record() == null) {
			this.events.accept(new RecordUnreadable(key));
		}
		return (found != null) ? found.record() : null;
	}

	@Override
	public boolean create(SessionRecord record) {
		return adopt(record, Duration.ZERO);
	}

	@Override
	public boolean adopt(SessionRecord record, Duration age) {
		Supplier<String> task = () -> "create session " + record.key();
		SqlCalls.Binder binder = (statement) -> SessionRow.bindCreate(statement, record, age);
		if (this.calls.insert(task, statements().create(), binder)) {
			return true;
		}
		// Keys are random, so this is the row of a session that has ended, or never.
		return this.calls.update(task, statements().deleteEnded(),
				(statement) -> statement.setBytes(1, record.key().bytes())) > 0
				&& this.calls.insert(task, statements().create(), binder);
	}

	@Override
	public boolean update(SessionRecord record) {
		return this.calls.update(() -> "write session " + record.key(), statements().update(),
				(statement) -> SessionRow.bindUpdate(statement, record)) > 0;
	}

	@Override
	public boolean touch(SessionKey key) {
		return onKey("touch session ", statements().touch(), key);
	}

	@Override
	public boolean delete(SessionKey key) {
		return onKey("delete session ", statements().delete(), key);
	}

	private boolean onKey(String task, String sql, SessionKey key) {
		return this.calls.update(() -> task + key, sql, (statement) -> statement.setBytes(1, key.bytes())) > 0;
	}

	@Override
	public long count() {
		return this.calls.call(() -> "count its sessions", false, (connection) -> {
			try (PreparedStatement statement = connection.prepareStatement(statements().count());
					ResultSet rows = statement.executeQuery()) {
				rows.next();
				return rows.getLong(1);
			}
		});
	}

	@Override
	public Stream<SessionRecord> stream() {
		return this.walk
			.pages(() -> "list its sessions", statements().page(),
					(key, row) -> SessionRow.read(SessionKey.of(key), row))
			.flatMap(List::stream);
	}

	/** A row was found; whether it can be read is another matter. */
	private record Found(@Nullable SessionRecord record) {
	}

}
