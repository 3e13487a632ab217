package app.session.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
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

	/**
	 * The file that the server writes its log to, each line with the user in front.
	 */
	static Path log() {
		return Holder.DIRECTORY.resolve("server.log");
	}

	private static final class Holder {

		private static final Path DIRECTORY = Path
			.of("target", "postgres", String.valueOf(ProcessHandle.current().pid()))
			.toAbsolutePath();

		private static final EmbeddedPostgres SERVER = start();

		private static EmbeddedPostgres start() {
			try {
				Files.createDirectories(DIRECTORY);
				return EmbeddedPostgres.builder()
					.setOverrideWorkingDirectory(DIRECTORY.toFile())
					.setServerConfig("log_line_prefix", "%u@")
					.setOutputRedirector(Redirect.appendTo(log().toFile()))
					.start();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
