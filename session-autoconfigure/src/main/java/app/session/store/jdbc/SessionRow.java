package app.session.store.jdbc;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import app.session.SecretHash;
import app.session.SessionKey;
import app.session.SessionRecord;
import app.session.WriterTag;
import app.session.store.RecordParts;
import org.jspecify.annotations.Nullable;

/**
 * A record as a row.
 */
final class SessionRow {

	/**
	 * Far enough in the future for any session, and near enough to be reckoned with.
	 */
	private static final long LONGEST = 1L << 52;

	private SessionRow() {
	}

	/**
	 * Reads a row, its columns in the order of the statements.
	 * @return the record, or {@code null} if it is none that this version can read
	 */
	static @Nullable SessionRecord read(SessionKey key, ResultSet row) throws SQLException {
		long version = row.getLong(1);
		List<WriterTag> writers = new ArrayList<>(SessionRecord.MAX_WRITERS);
		for (int i = 0; i < SessionRecord.MAX_WRITERS; i++) {
			long writer = row.getLong(2 + i);
			if (!row.wasNull()) {
				writers.add(new WriterTag(writer));
			}
		}
		byte[] hash = row.getBytes(6);
		byte[] principal = row.getBytes(11);
		byte[] data = row.getBytes(12);
		if (version < 1 || writers.isEmpty() || hash == null || hash.length != SecretHash.LENGTH || data == null) {
			return null;
		}
		String name = (principal != null) ? RecordParts.principal(principal, 0, principal.length) : null;
		if (principal != null && name == null) {
			return null;
		}
		return new SessionRecord(key, version, writers, SecretHash.of(hash), Instant.ofEpochMilli(row.getLong(7)),
				Instant.ofEpochMilli(row.getLong(8)), Duration.ofMillis(row.getLong(9)),
				Duration.ofMillis(row.getLong(10)), name, data);
	}

	/**
	 * Sets the parameters of an insertion.
	 * @param age how long ago the session was created
	 */
	static void bindCreate(PreparedStatement statement, SessionRecord record, Duration age) throws SQLException {
		statement.setBytes(1, record.key().bytes());
		statement.setLong(2, record.version());
		for (int i = 0; i < SessionRecord.MAX_WRITERS; i++) {
			bindWriter(statement, 3 + i, record, i);
		}
		statement.setBytes(7, record.secretHash().bytes());
		statement.setLong(8, RecordParts.millis(age, LONGEST));
		statement.setLong(9, RecordParts.millis(record.idleTimeout(), LONGEST));
		statement.setLong(10, RecordParts.millis(record.lifetime(), LONGEST));
		bindPrincipal(statement, 11, record);
		statement.setBytes(12, record.data());
	}

	static void bindUpdate(PreparedStatement statement, SessionRecord record) throws SQLException {
		long expected = record.version() - 1;
		// Each value stands behind the version that it is for.
		for (int at = 1; at <= 17; at += 2) {
			statement.setLong(at, expected);
		}
		for (int i = 0; i < SessionRecord.MAX_WRITERS; i++) {
			bindWriter(statement, 2 + 2 * i, record, i);
		}
		statement.setBytes(10, record.secretHash().bytes());
		statement.setLong(12, RecordParts.millis(record.idleTimeout(), LONGEST));
		bindPrincipal(statement, 14, record);
		statement.setBytes(16, record.data());
		statement.setLong(18, expected);
		statement.setLong(19, record.version());
		statement.setBytes(20, record.key().bytes());
		statement.setLong(21, expected);
		statement.setLong(22, record.writer().value());
	}

	private static void bindWriter(PreparedStatement statement, int at, SessionRecord record, int writer)
			throws SQLException {
		if (writer < record.writers().size()) {
			statement.setLong(at, record.writers().get(writer).value());
		}
		else {
			statement.setNull(at, Types.BIGINT);
		}
	}

	/** As bytes: a text would be equal to another in one database and not in the next. */
	private static void bindPrincipal(PreparedStatement statement, int at, SessionRecord record) throws SQLException {
		String principal = record.principal();
		if (principal != null) {
			statement.setBytes(at, RecordParts.principal(principal));
		}
		else {
			statement.setNull(at, Types.VARBINARY);
		}
	}

}
