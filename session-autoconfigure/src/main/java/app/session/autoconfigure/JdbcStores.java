package app.session.autoconfigure;

import java.time.InstantSource;
import java.util.function.Consumer;

import javax.sql.DataSource;

import app.session.SessionEvent;
import app.session.SessionStoreUnavailableException;
import app.session.store.jdbc.JdbcSessionRepository;
import app.session.store.jdbc.JdbcStoreSettings;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes what keeps sessions in a SQL database, over the connections of the stores.
 */
final class JdbcStores {

	private static final Log logger = LogFactory.getLog(JdbcStores.class);

	private final DataSource dataSource;

	private final SessionProperties properties;

	private final SessionJdbcProperties jdbc;

	private final InstantSource clock;

	private final Consumer<SessionEvent> events;

	JdbcStores(DataSource dataSource, SessionProperties properties, SessionJdbcProperties jdbc, InstantSource clock,
			Consumer<SessionEvent> events) {
		this.dataSource = dataSource;
		this.properties = properties;
		this.jdbc = jdbc;
		this.clock = clock;
		this.events = events;
	}

	/**
	 * The connections that all have in common.
	 */
	DataSource dataSource() {
		return this.dataSource;
	}

	/**
	 * Our own records.
	 * @throws InvalidSessionPropertyException if there are no tables for them
	 */
	JdbcSessionRepository repository() {
		JdbcStoreSettings settings = new JdbcStoreSettings(this.jdbc.tableName(), this.properties.storeTimeout(),
				this.properties.maxLifetime(), this.jdbc.sweepInterval());
		JdbcSessionRepository repository = new JdbcSessionRepository(this.dataSource, settings, this.clock,
				this.events);
		InvalidSessionPropertyException failure = check(repository);
		if (failure != null) {
			repository.close();
			throw failure;
		}
		return repository;
	}

	private @Nullable InvalidSessionPropertyException check(JdbcSessionRepository repository) {
		try {
			repository.checkTables();
		}
		catch (IllegalArgumentException ex) {
			return PropertyChecks.invalid("store", "jdbc", ex.getMessage() + ".", "Choose another store.");
		}
		catch (IllegalStateException ex) {
			return PropertyChecks.invalid("jdbc.initialize-schema", this.jdbc.initializeSchema(), ex.getMessage() + ".",
					"Create the tables from the file app/session/store/jdbc/schema-*.sql of the jar, or set it to "
							+ "always.");
		}
		catch (SessionStoreUnavailableException ex) {
			logger.warn("Sessions can't be kept yet: " + ex.getMessage());
		}
		return null;
	}

}
