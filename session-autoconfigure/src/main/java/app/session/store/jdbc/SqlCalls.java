package app.session.store.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Carries out statements, each on its own and at once. Safe for use by many threads.
 */
final class SqlCalls {

	private static final Log logger = LogFactory.getLog(SqlCalls.class);

	private final DataSource dataSource;

	private final Duration timeout;

	private final InstantSource clock;

	private final FoundOnce<Dialect> dialect = new FoundOnce<>(this::askForDialect);

	SqlCalls(DataSource dataSource, Duration timeout, InstantSource clock) {
		this.dataSource = dataSource;
		this.timeout = timeout;
		this.clock = clock;
	}

	/**
	 * The dialect of the database, which is asked once it is there.
	 */
	Dialect dialect() {
		return this.dialect.get();
	}

	private Dialect askForDialect() {
		return call(() -> "tell its name", false,
				(connection) -> Dialect.of(connection.getMetaData().getDatabaseProductName()));
	}

	/**
	 * Carries out one statement that changes something.
	 * @return how many rows it found
	 */
	int update(Supplier<String> task, String sql, Binder binder) {
		return call(task, true, (connection) -> {
			try (PreparedStatement statement = connection.prepareStatement(sql)) {
				binder.bind(statement);
				return statement.executeUpdate();
			}
		});
	}

	/**
	 * Carries out one insertion.
	 * @return {@code false} if the row is there already
	 */
	boolean insert(Supplier<String> task, String sql, Binder binder) {
		return call(task, true, (connection) -> {
			try (PreparedStatement statement = connection.prepareStatement(sql)) {
				binder.bind(statement);
				return statement.executeUpdate() > 0;
			}
			catch (SQLException ex) {
				if (SqlErrors.isDuplicate(ex)) {
					return false;
				}
				throw ex;
			}
		});
	}

	/**
	 * Does something on a connection, and again if the database rolled it back because of
	 * another: a conflict is no outage.
	 * @param task what it is, for the message
	 * @param writes whether it changes something
	 */
	<T extends @Nullable Object> T call(Supplier<String> task, boolean writes, Work<T> work) {
		long deadline = this.clock.millis() + this.timeout.toMillis();
		while (true) {
			Connection connection = open(task);
			try {
				return work.on(connection);
			}
			catch (SQLException ex) {
				if (SqlErrors.isConflict(ex) && this.clock.millis() < deadline) {
					continue;
				}
				if (SqlErrors.isOfConnection(ex)) {
					giveUpConnections();
				}
				throw SqlErrors.translate(ex, writes, task.get());
			}
			finally {
				close(connection);
			}
		}
	}

	private Connection open(Supplier<String> task) {
		try {
			Connection connection = this.dataSource.getConnection();
			if (!connection.getAutoCommit()) {
				connection.setAutoCommit(true);
			}
			return connection;
		}
		catch (SQLException | RuntimeException ex) {
			// A pool that can't even begin has an exception of its own, and no state.
			throw SqlErrors.unavailable(ex, task.get());
		}
	}

	/** What was done is done, even if the connection can't be given back. */
	private static void close(Connection connection) {
		try {
			connection.close();
		}
		catch (SQLException ex) {
			logger.debug("A connection could not be given back", ex);
		}
	}

	/**
	 * When a server was restarted all connections in the pool are dead, and each would
	 * cost a request before it is thrown away.
	 */
	private void giveUpConnections() {
		if (this.dataSource instanceof HikariDataSource hikari) {
			HikariPoolMXBean pool = hikari.getHikariPoolMXBean();
			if (pool != null) {
				pool.softEvictConnections();
			}
		}
	}

	/**
	 * Something to do on a connection.
	 *
	 * @param <T> what comes of it
	 */
	interface Work<T extends @Nullable Object> {

		T on(Connection connection) throws SQLException;

	}

	/**
	 * Sets the parameters of a statement.
	 */
	interface Binder {

		void bind(PreparedStatement statement) throws SQLException;

	}

}
