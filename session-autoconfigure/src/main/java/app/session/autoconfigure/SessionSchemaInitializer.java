package app.session.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.StreamSupport;

import javax.sql.DataSource;

import org.springframework.boot.jdbc.EmbeddedDatabaseConnection;
import org.springframework.boot.jdbc.init.DataSourceScriptDatabaseInitializer;
import org.springframework.boot.jdbc.init.PlatformPlaceholderDatabaseDriverResolver;
import org.springframework.boot.sql.init.DatabaseInitializationMode;
import org.springframework.boot.sql.init.DatabaseInitializationSettings;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.util.StringUtils;

/**
 * Creates the tables of the store, under the name that is configured. Known to Spring
 * Boot as an initializer of databases, so that the order with Flyway and Liquibase is
 * Spring Boot's.
 */
final class SessionSchemaInitializer extends DataSourceScriptDatabaseInitializer {

	private static final String TABLE = "@@table@@";

	private final String table;

	SessionSchemaInitializer(DataSource dataSource, SessionJdbcProperties properties) {
		super(dataSource, settings(dataSource, properties));
		this.table = properties.tableName();
	}

	private static DatabaseInitializationSettings settings(DataSource dataSource, SessionJdbcProperties properties) {
		DatabaseInitializationSettings settings = new DatabaseInitializationSettings();
		settings.setMode(properties.initializeSchema());
		// To find out which database it is takes one that answers: it is no reason not to
		// start if none does, unless the tables are to be created
		if (isWanted(dataSource, properties.initializeSchema())) {
			settings.setSchemaLocations(locations(dataSource, properties));
		}
		return settings;
	}

	private static boolean isWanted(DataSource dataSource, DatabaseInitializationMode mode) {
		return mode == DatabaseInitializationMode.ALWAYS
				|| (mode == DatabaseInitializationMode.EMBEDDED && EmbeddedDatabaseConnection.isEmbedded(dataSource));
	}

	private static List<String> locations(DataSource dataSource, SessionJdbcProperties properties) {
		PlatformPlaceholderDatabaseDriverResolver resolver = new PlatformPlaceholderDatabaseDriverResolver();
		String platform = properties.platform();
		return StringUtils.hasText(platform) ? resolver.resolveAll(platform, properties.schema())
				: resolver.resolveAll(dataSource, properties.schema());
	}

	@Override
	protected void runScripts(Scripts scripts) {
		Charset encoding = (scripts.getEncoding() != null) ? scripts.getEncoding() : StandardCharsets.UTF_8;
		List<Resource> named = StreamSupport.stream(scripts.spliterator(), false)
			.map((script) -> named(script, encoding))
			.toList();
		super.runScripts(new Scripts(named).continueOnError(scripts.isContinueOnError())
			.separator(scripts.getSeparator())
			.encoding(encoding));
	}

	private Resource named(Resource script, Charset encoding) {
		try {
			String text = script.getContentAsString(encoding).replace(TABLE, this.table);
			return new ByteArrayResource(text.getBytes(encoding), script.getDescription());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
