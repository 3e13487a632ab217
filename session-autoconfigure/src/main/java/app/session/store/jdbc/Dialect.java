package app.session.store.jdbc;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * In what the databases differ.
 */
enum Dialect {

	/**
	 * PostgreSQL. Its clock goes on while a statement waits for a row. A row can be
	 * locked, read and changed in one statement, and a duplicate be no error, which the
	 * server would log.
	 */
	POSTGRESQL("floor(extract(epoch from clock_timestamp()) * 1000)::bigint",
			"floor(extract(epoch from statement_timestamp()) * 1000)::bigint", " ON CONFLICT DO NOTHING"),

	/**
	 * MySQL and MariaDB. The clock is that of UTC, since the local time, of which
	 * {@code NOW()} and {@code SYSDATE()} are made, is ambiguous for an hour when summer
	 * time ends. It is the time at which the statement began.
	 */
	MYSQL("(TIMESTAMPDIFF(MICROSECOND, '1970-01-01', UTC_TIMESTAMP(3)) DIV 1000)", null, ""),

	/** H2, whose clock is the time at which the statement began. */
	H2("CAST(FLOOR(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP) * 1000) AS BIGINT)", null, "");

	private final String now;

	private final String began;

	private final String once;

	Dialect(String now, @Nullable String began, String once) {
		this.now = now;
		this.began = (began != null) ? began : now;
		this.once = once;
	}

	/**
	 * The time now, in milliseconds of the database's clock.
	 */
	String now() {
		return this.now;
	}

	/**
	 * The time at which the statement began, the same wherever it is named in one.
	 */
	String began() {
		return this.began;
	}

	/**
	 * What stands behind an insertion that does nothing if the key is there. Elsewhere it
	 * is an error, which {@link SqlErrors#isDuplicate} knows.
	 */
	String once() {
		return this.once;
	}

	/**
	 * The dialect of a database.
	 * @param product the database's name, as its driver tells it
	 * @throws IllegalArgumentException if it is none of those
	 */
	static Dialect of(String product) {
		String name = product.toLowerCase(Locale.ROOT);
		if (name.startsWith("postgresql")) {
			return POSTGRESQL;
		}
		if (name.startsWith("mysql") || name.startsWith("mariadb")) {
			return MYSQL;
		}
		if (name.equals("h2")) {
			return H2;
		}
		throw new IllegalArgumentException(
				"Sessions are kept in PostgreSQL, MariaDB, MySQL or H2, and this database is " + product);
	}

}
