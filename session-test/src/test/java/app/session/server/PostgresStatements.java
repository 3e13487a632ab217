package app.session.server;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The log of PostgreSQL, which tells each statement that came over the wire, and writes
 * it before it answers. Also the empty one, which no statistics count: so a driver asks
 * whether a connection is alive.
 */
public final class PostgresStatements implements StatementLog {

	private final String user = "log" + UUID.randomUUID().toString().replace("-", "");

	private final Pattern line = Pattern
		.compile(this.user + "@LOG:  duration: [0-9.]+ ms  (?:execute|statement)[^:]*:(.*)");

	private long position;

	/**
	 * Makes a user.
	 */
	public PostgresStatements() {
		execute("CREATE ROLE " + this.user + " SUPERUSER LOGIN");
		execute("ALTER ROLE " + this.user + " SET log_min_duration_statement = 0");
		read();
	}

	private static void execute(String sql) {
		try (Connection connection = DriverManager.getConnection(PostgresServer.url(), "postgres", "");
				Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public String url() {
		return PostgresServer.url().replaceAll("\\?.*", "");
	}

	@Override
	public String user() {
		return this.user;
	}

	@Override
	public List<String> take() {
		return read().lines()
			.map(this.line::matcher)
			.filter(Matcher::matches)
			.map((matcher) -> matcher.group(1).strip())
			.map((sql) -> sql.isEmpty() ? PING : sql)
			.toList();
	}

	private String read() {
		try (RandomAccessFile file = new RandomAccessFile(PostgresServer.log().toFile(), "r")) {
			file.seek(this.position);
			byte[] more = new byte[Math.toIntExact(file.length() - this.position)];
			file.readFully(more);
			this.position += more.length;
			return new String(more, StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** What the user owns stays, and nobody logs in as that user any more. */
	@Override
	public void close() {
		execute("ALTER ROLE " + this.user + " NOLOGIN");
	}

}
