package app.session.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/**
 * The PostgreSQL server that the tests of one process share.
 */
public final class PostgresServer {

	private PostgresServer() {
	}

	/**
	 * The URL to connect to as the user postgres. Starts the server, if need be.
	 */
	public static String url() {
		return Holder.SERVER.getJdbcUrl("postgres", "postgres");
	}

	private static final class Holder {

		private static final EmbeddedPostgres SERVER = start();

		private static EmbeddedPostgres start() {
			Path directory = Path.of("target", "postgres", String.valueOf(ProcessHandle.current().pid()))
				.toAbsolutePath();
			try {
				return EmbeddedPostgres.builder().setOverrideWorkingDirectory(directory.toFile()).start();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
