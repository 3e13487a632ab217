package app.session.server;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The general log of MariaDB, which tells each statement that came over the wire, and is
 * written before the statement is carried out. There is one at a time.
 */
public final class MariaDbStatements implements StatementLog {

	private static final String USER = "logged";

	/** Nobody waits for an answer to the last. */
	private static final Set<String> IGNORED = Set.of("Connect", "Quit", "Close stmt");

	private final Connection connection;

	private final String driver;

	private long pings;

	/**
	 * Begins to log. The server knows no users, and lets in whoever comes.
	 * @param driver the name of the driver in a URL
	 */
	public MariaDbStatements(String driver) {
		this.driver = driver;
		try {
			this.connection = DriverManager.getConnection("jdbc:mariadb://" + MariaDbServer.address(), "root", "");
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
		execute("SET GLOBAL log_output = 'TABLE'");
		execute("TRUNCATE TABLE mysql.general_log");
		execute("SET GLOBAL general_log = ON");
		this.pings = pings();
	}

	private void execute(String sql) {
		try (Statement statement = this.connection.createStatement()) {
			statement.execute(sql);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public String url() {
		return "jdbc:" + this.driver + "://" + MariaDbServer.address();
	}

	@Override
	public String user() {
		return USER;
	}

	/** They stand there in order, unless one asks for another. */
	@Override
	public List<String> take() {
		List<String> statements = new ArrayList<>();
		long now = pings();
		statements.addAll(Collections.nCopies(Math.toIntExact(now - this.pings), PING));
		this.pings = now;
		query("SELECT command_type, argument FROM mysql.general_log WHERE user_host LIKE '%[" + USER + "]%'",
				(rows) -> {
					if (!IGNORED.contains(rows.getString(1))) {
						statements.add(rows.getString(2));
					}
				});
		execute("TRUNCATE TABLE mysql.general_log");
		return statements;
	}

	/** Those of everybody, which nothing but a counter tells. */
	private long pings() {
		AtomicLong count = new AtomicLong();
		query("SHOW GLOBAL STATUS LIKE 'Com_admin_commands'", (rows) -> count.set(rows.getLong(2)));
		return count.get();
	}

	private void query(String sql, RowConsumer consumer) {
		try (Statement statement = this.connection.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
			while (rows.next()) {
				consumer.accept(rows);
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		execute("SET GLOBAL general_log = OFF");
		try {
			this.connection.close();
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private interface RowConsumer {

		void accept(ResultSet row) throws SQLException;

	}

}
