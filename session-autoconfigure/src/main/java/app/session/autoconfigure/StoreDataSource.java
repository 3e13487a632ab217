package app.session.autoconfigure;

import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;

import javax.sql.DataSource;

import app.session.store.jdbc.SessionPool;
import com.zaxxer.hikari.HikariDataSource;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.jdbc.DataSourceUnwrapper;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabase;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * The connections of the store in a SQL database. Not itself a {@link DataSource}, which
 * the application would find and take for its own.
 *
 * @param dataSource the connections
 * @param pool the same, if it is the store's to close
 */
record StoreDataSource(DataSource dataSource, @Nullable HikariDataSource pool) implements AutoCloseable {

	/**
	 * Connections that are used as they are.
	 */
	static StoreDataSource given(DataSource dataSource) {
		return new StoreDataSource(dataSource, null);
	}

	/**
	 * A pool of the store's own, to where the application's connections lead.
	 */
	static StoreDataSource pool(JdbcConnectionDetails details, int size, Duration timeout) {
		return pool(details.getDriverClassName(), details.getJdbcUrl(), details.getUsername(), details.getPassword(),
				size, timeout);
	}

	/**
	 * The same, after the pattern of a {@link DataSource} that the application has made
	 * itself.
	 * @return the connections, or {@code null} if it does not tell where it leads
	 */
	static @Nullable StoreDataSource like(DataSource application, int size, Duration timeout) {
		HikariDataSource hikari = DataSourceUnwrapper.unwrap(application, HikariDataSource.class);
		if (hikari != null && hikari.getJdbcUrl() != null) {
			return pool(hikari.getDriverClassName(), hikari.getJdbcUrl(), hikari.getUsername(), hikari.getPassword(),
					size, timeout);
		}
		// It makes a connection for whoever asks: there is no pool to wait for
		return (application instanceof EmbeddedDatabase) ? given(application) : null;
	}

	private static StoreDataSource pool(@Nullable String driverClass, String url, @Nullable String username,
			@Nullable String password, int size, Duration timeout) {
		HikariDataSource pool = SessionPool.open(driver(driverClass, url), url, username, password, size, timeout);
		return new StoreDataSource(pool, pool);
	}

	private static Driver driver(@Nullable String driverClass, String url) {
		try {
			if (StringUtils.hasText(driverClass)) {
				Class<?> type = ClassUtils.forName(driverClass, StoreDataSource.class.getClassLoader());
				return (Driver) type.getDeclaredConstructor().newInstance();
			}
			return DriverManager.getDriver(url);
		}
		catch (ReflectiveOperationException | SQLException | LinkageError ex) {
			throw PropertyChecks.invalid("store", "jdbc", "There is no driver for the database on the class path.",
					"Add the driver of the database, as in org.postgresql:postgresql.");
		}
	}

	@Override
	public void close() {
		if (this.pool != null) {
			this.pool.close();
		}
	}

}
