package app.session.store.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import javax.sql.DataSource;

import app.session.server.MariaDbServer;
import app.session.server.PostgresServer;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/**
 * A database of the tests.
 *
 * @param platform the name in that of its schema
 */
record JdbcDatabase(String platform, String url, String user, String password) {

	static JdbcDatabase h2() {
		return new JdbcDatabase("h2", "jdbc:h2:mem:sessions;DB_CLOSE_DELAY=-1", "sa", "");
	}

	static JdbcDatabase postgresql() {
		return new JdbcDatabase("postgresql", PostgresServer.url(), "postgres", "");
	}

	static JdbcDatabase mariadb() {
		return new JdbcDatabase("mariadb", "jdbc:mariadb://" + MariaDbServer.address(), "root", "");
	}

	/** MariaDB by MySQL's driver, told to count the rows that changed. */
	static JdbcDatabase mariadbByMysqlDriver() {
		return new JdbcDatabase("mysql", "jdbc:mysql://" + MariaDbServer.address() + "?useAffectedRows=true", "root",
				"");
	}

	void createTables(DataSource dataSource, String table) {
		try {
			String script = new ClassPathResource("app/session/store/jdbc/schema-" + this.platform + ".sql")
				.getContentAsString(StandardCharsets.UTF_8);
			new ResourceDatabasePopulator(
					new ByteArrayResource(script.replace("@@table@@", table).getBytes(StandardCharsets.UTF_8)))
				.execute(dataSource);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
