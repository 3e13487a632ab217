package app.session.server;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The general log of MariaDB, which tells each command that came over the wire, and
 * writes it before it carries it out. There is one at a time.
 */
public final class MariaDbStatements implements StatementLog {

	private static final String USER = "logged";

	private static final Set<String> STATEMENTS = Set.of("Query", "Execute");

	/** Nobody waits for an answer to the last. */
	private static final Set<String> IGNORED = Set.of("Connect", "Quit", "Close stmt");

	private final Connection connection;

	private final String driver;

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

	/** It stands there in order, unless one asks for another. */
	@Override
	public List<String> take() {
		List<String> statements = new ArrayList<>();
		try (Statement statement = this.connection.createStatement();
				ResultSet rows = statement.executeQuery("SELECT command_type, argument FROM mysql.general_log"
						+ " WHERE user_host LIKE '%[" + USER + "]%'")) {
			while (rows.next()) {
				String command = rows.getString(1);
				if (STATEMENTS.contains(command)) {
					statements.add(rows.getString(2));
				}
				else if (!IGNORED.contains(command)) {
					statements.add("(" + command + ")");
				}
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
		execute("TRUNCATE TABLE mysql.general_log");
		return statements;
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

}
