package app.session.autoconfigure;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.boot.sql.init.DatabaseInitializationMode;

/**
 * The properties of the store in a SQL database.
 *
 * @param tableName Name of the table of the sessions, with its schema in front if needed.
 * @param poolSize How many connections the store has at most, besides those of the
 * application.
 * @param sweepInterval Time from one deletion of ended sessions to the next. If no unit
 * is given, seconds are used.
 * @param initializeSchema When the tables are created at start.
 * @param schema Path of the file that creates the tables.
 * @param platform Name of the database in the path of that file; found out if not set.
 */
@ConfigurationProperties("app.session.jdbc")
record SessionJdbcProperties(@DefaultValue("app_session") String tableName, @DefaultValue("8") int poolSize,
		@DefaultValue("10m") @DurationUnit(ChronoUnit.SECONDS) Duration sweepInterval,
		@DefaultValue("embedded") DatabaseInitializationMode initializeSchema,
		@DefaultValue("classpath:app/session/store/jdbc/schema-@@platform@@.sql") String schema,
		@Nullable String platform) {
}
