package app.session.store.jdbc;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.datasource.AbstractDriverBasedDataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

/**
 * The small pool of connections that is the store's own. A session is no part of the
 * application's transaction: a rollback must not undo a logout, and a request that holds
 * the application's last connection must not wait for itself.
 */
public final class SessionPool {

	/** The least that HikariCP takes. */
	private static final long SHORTEST_WAIT_MILLIS = 250;

	private SessionPool() {
	}

	/**
	 * Makes a pool. No connection is opened before one is asked for.
	 * @param driver the database's driver
	 * @param url where the database is
	 * @param username who asks, or {@code null}
	 * @param password the password, or {@code null}
	 * @param size how many connections there are at most
	 * @param timeout how long it may take to get a connection, and how long the database
	 * may let a statement wait for its answer
	 * @return the pool, to be closed
	 */
	public static HikariDataSource open(Driver driver, String url, @Nullable String username, @Nullable String password,
			int size, Duration timeout) {
		HikariConfig config = new HikariConfig();
		config.setPoolName("session");
		config.setDataSource(new LimitedDataSource(driver(driver, url, username, password, timeout), timeout));
		config.setMaximumPoolSize(size);
		config.setAutoCommit(true);
		config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
		long millis = Math.max(SHORTEST_WAIT_MILLIS, timeout.toMillis());
		config.setConnectionTimeout(millis);
		config.setValidationTimeout(millis);
		// A database that is not there yet is no reason not to start.
		config.setInitializationFailTimeout(-1);
		return new HikariDataSource(config);
	}

	private static AbstractDriverBasedDataSource driver(Driver driver, String url, @Nullable String username,
			@Nullable String password, Duration timeout) {
		Properties properties = new Properties();
		limit(properties, "connectTimeout", url, timeout);
		// For the answers to a login, before there is a connection whose limit can be
		// set.
		limit(properties, "socketTimeout", url, timeout);
		SimpleDriverDataSource source = new SimpleDriverDataSource(driver, url, properties);
		if (username != null) {
			source.setUsername(username);
		}
		if (password != null) {
			source.setPassword(password);
		}
		return source;
	}

	/** In seconds for PostgreSQL's driver, in milliseconds for the others. */
	private static void limit(Properties properties, String name, String url, Duration timeout) {
		if (url.contains(name)) {
			return;
		}
		if (url.startsWith("jdbc:postgresql:")) {
			properties.setProperty(name, String.valueOf(Math.max(1, timeout.toSeconds())));
		}
		else if (url.startsWith("jdbc:mariadb:") || url.startsWith("jdbc:mysql:")) {
			properties.setProperty(name, String.valueOf(timeout.toMillis()));
		}
	}

	/**
	 * Connections on which nobody waits for longer than a limit. HikariCP finds it on
	 * each and leaves it there.
	 */
	private static final class LimitedDataSource extends DelegatingDataSource {

		private final int millis;

		LimitedDataSource(AbstractDriverBasedDataSource source, Duration timeout) {
			super(source);
			this.millis = Math.toIntExact(Math.min(Integer.MAX_VALUE, timeout.toMillis()));
		}

		@Override
		public Connection getConnection() throws SQLException {
			Connection connection = super.getConnection();
			try {
				connection.setNetworkTimeout(Runnable::run, this.millis);
				return connection;
			}
			catch (SQLException ex) {
				connection.close();
				throw ex;
			}
		}

		/** HikariCP waits for so long for connections under way when it ends. */
		@Override
		public int getLoginTimeout() {
			return Math.max(1, this.millis / 1000);
		}

		@Override
		public void setLoginTimeout(int seconds) {
			// The driver was told how long it may take to connect.
		}

		@Override
		public void setLogWriter(@Nullable PrintWriter out) {
			// HikariCP sets none, and the driver's is for the whole process.
		}

	}

}
