package app.session.store.jdbc;

import java.util.function.UnaryOperator;

/**
 * The statements about sessions, as one database has them. {@code {now}} is its clock.
 *
 * @param find reads a record that is alive
 * @param findAndTouch the same, and moves the last access; empty where that takes two
 * statements
 * @param create inserts a record
 * @param update replaces a record, unless its tag says that this was done before
 * @param touch moves the last access
 * @param delete deletes a record that is alive
 * @param deleteEnded deletes a record whose time has run out
 * @param count counts what is alive
 * @param page reads what is alive behind a key, in the order of the keys
 * @param endedPage reads the keys behind a key, and whether their time has run out
 * @param lockEnded locks records whose time has run out, and which nobody else has locked
 * @param deleteAll deletes records by their keys
 */
record SessionStatements(String find, String findAndTouch, String create, String update, String touch, String delete,
		String deleteEnded, String count, String page, String endedPage, String lockEnded, String deleteAll) {

	private static final String COLUMNS = "version, writer1, writer2, writer3, writer4, secret_hash, created,"
			+ " last_accessed, idle_timeout, lifetime, principal, data";

	private static final String ALIVE = "{now} < last_accessed + idle_timeout AND {now} < created + lifetime";

	private static final String ENDED = "({now} >= last_accessed + idle_timeout OR {now} >= created + lifetime)";

	private static final String FIND = "SELECT {columns} FROM {table} WHERE id = ? AND {alive}";

	private static final String TOUCH = """
			UPDATE {table} SET last_accessed = GREATEST(last_accessed, {now}), touches = touches + 1 \
			WHERE id = ? AND {alive}""";

	/** The row is locked before it is read, so what is answered is what was touched. */
	private static final String FIND_AND_TOUCH_POSTGRESQL = """
			WITH found AS MATERIALIZED (\
			SELECT id, {columns} FROM {table} WHERE id = ? AND {alive} FOR NO KEY UPDATE) \
			UPDATE {table} AS session SET last_accessed = GREATEST(session.last_accessed, {now}), \
			touches = session.touches + 1 \
			FROM found WHERE session.id = found.id RETURNING {found}""";

	private static final String FIND_AND_TOUCH_H2 = "SELECT {columns} FROM OLD TABLE (" + TOUCH + ")";

	private static final String CREATE = """
			INSERT INTO {table} (id, version, writer1, writer2, writer3, writer4, secret_hash, created, last_accessed, \
			idle_timeout, lifetime, principal, data, touches) \
			VALUES (?, ?, ?, ?, ?, ?, ?, {began} - ?, {began}, ?, ?, ?, ?, 0){once}""";

	/**
	 * A row that this commit wrote before matches too, and stays as it is but for the
	 * count of touches, by which it is told from one that does not match. MySQL and
	 * MariaDB assign from left to right and compare with what is assigned already: hence
	 * the version is the last.
	 */
	private static final String UPDATE = """
			UPDATE {table} SET \
			writer1 = CASE WHEN version = ? THEN ? ELSE writer1 END, \
			writer2 = CASE WHEN version = ? THEN ? ELSE writer2 END, \
			writer3 = CASE WHEN version = ? THEN ? ELSE writer3 END, \
			writer4 = CASE WHEN version = ? THEN ? ELSE writer4 END, \
			secret_hash = CASE WHEN version = ? THEN ? ELSE secret_hash END, \
			idle_timeout = CASE WHEN version = ? THEN ? ELSE idle_timeout END, \
			principal = CASE WHEN version = ? THEN ? ELSE principal END, \
			data = CASE WHEN version = ? THEN ? ELSE data END, \
			last_accessed = CASE WHEN version = ? THEN GREATEST(last_accessed, {now}) ELSE last_accessed END, \
			touches = touches + 1, \
			version = CASE WHEN version = ? THEN ? ELSE version END \
			WHERE id = ? AND (version = ? OR ? IN (writer1, writer2, writer3, writer4)) AND {alive}""";

	private static final String PAGE = "SELECT {columns}, id FROM {table} WHERE id > ? AND {alive} ORDER BY id LIMIT ?";

	private static final String LOCK_ENDED = """
			SELECT id, principal FROM {table}{by key} WHERE id IN ({keys}) AND {ended} FOR UPDATE SKIP LOCKED""";

	private static final String DELETE_ALL = "DELETE FROM {table} WHERE id IN ({keys})";

	private static final String BY_KEY_MYSQL = " FORCE INDEX (PRIMARY)";

	/** Only this form of a deletion takes the hint. */
	private static final String DELETE_ALL_MYSQL = """
			DELETE session FROM {table} AS session{by key} WHERE session.id IN ({keys})""";

	/**
	 * The statements for a table.
	 */
	static SessionStatements of(String table, Dialect dialect) {
		UnaryOperator<String> sql = (text) -> words(text).replace("{table}", table)
			.replace("{now}", dialect.now())
			.replace("{began}", dialect.began())
			.replace("{once}", dialect.once())
			.replace("{by key}", byKey(dialect));
		return new SessionStatements(sql.apply(FIND), sql.apply(findAndTouch(dialect)), sql.apply(CREATE),
				sql.apply(UPDATE), sql.apply(TOUCH), sql.apply("DELETE FROM {table} WHERE id = ? AND {alive}"),
				sql.apply("DELETE FROM {table} WHERE id = ? AND {ended}"),
				sql.apply("SELECT COUNT(*) FROM {table} WHERE {alive}"), sql.apply(PAGE),
				sql.apply(TableWalk.page("{table}", "{ended}")), sql.apply(LOCK_ENDED), sql.apply(deleteAll(dialect)));
	}

	private static String words(String text) {
		return text.replace("{columns}", COLUMNS)
			.replace("{found}", "found." + COLUMNS.replace(", ", ", found."))
			.replace("{alive}", ALIVE)
			.replace("{ended}", ENDED);
	}

	/**
	 * A statement with as many places for keys as are needed.
	 */
	static String withKeys(String statement, int count) {
		return statement.replace("{keys}", "?" + ", ?".repeat(count - 1));
	}

	private static String findAndTouch(Dialect dialect) {
		return switch (dialect) {
			case POSTGRESQL -> FIND_AND_TOUCH_POSTGRESQL;
			case H2 -> FIND_AND_TOUCH_H2;
			case MYSQL -> "";
		};
	}

	/**
	 * For many keys MySQL and MariaDB may walk the whole table instead, and a statement
	 * that changes something then waits for every row that another has locked.
	 */
	private static String byKey(Dialect dialect) {
		return (dialect == Dialect.MYSQL) ? BY_KEY_MYSQL : "";
	}

	private static String deleteAll(Dialect dialect) {
		return (dialect == Dialect.MYSQL) ? DELETE_ALL_MYSQL : DELETE_ALL;
	}

}
