package app.session.store.jdbc;

import java.util.List;
import java.util.stream.Stream;

/**
 * What the store does, and how the one statement begins by which it does it.
 */
public enum SqlOperation {

	/** A session is read. */
	FIND("SELECT version, ", ""),

	/** A session is read and touched. */
	FIND_AND_TOUCH("WITH found AS ", ""),

	/** A session is stored for the first time. */
	CREATE("INSERT INTO ", " (id, version"),

	/** A session is written, or is not since somebody has written it before. */
	UPDATE("UPDATE ", " SET writer1"),

	/** A session is touched. */
	TOUCH("UPDATE ", " SET last_accessed"),

	/** A session is deleted. */
	DELETE("DELETE FROM ", " WHERE id"),

	/** A principal's entry is read. */
	READ_ENTRY("SELECT entry FROM ", "_principal WHERE id"),

	/** A principal's first entry is written. */
	INSERT_ENTRY("INSERT INTO ", "_principal "),

	/** A principal's entry is written. */
	WRITE_ENTRY("UPDATE ", "_principal SET entry"),

	/** A lease is taken. */
	ACQUIRE("INSERT INTO ", "_lease "),

	/** A lease is given back. */
	RELEASE("DELETE FROM ", "_lease WHERE id");

	private final String start;

	private final String behindTable;

	SqlOperation(String start, String behindTable) {
		this.start = start;
		this.behindTable = behindTable;
	}

	/**
	 * The names of the operations that statements are, and of any other its text.
	 * @param table the table of the sessions
	 */
	public static List<String> names(List<String> statements, String table) {
		return statements.stream().map((sql) -> name(sql, table)).toList();
	}

	private static String name(String sql, String table) {
		String plain = sql.replaceFirst("^INSERT IGNORE ", "INSERT ");
		return Stream.of(values())
			.filter((operation) -> operation.matches(plain, table))
			.map(SqlOperation::name)
			.findFirst()
			.orElse(sql);
	}

	private boolean matches(String sql, String table) {
		return this.behindTable.isEmpty() ? sql.startsWith(this.start) && sql.contains(" FROM " + table + " ")
				: sql.startsWith(this.start + table + this.behindTable);
	}

}
