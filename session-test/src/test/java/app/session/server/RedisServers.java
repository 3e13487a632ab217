package app.session.server;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;

/**
 * The Redis servers that the tests of one process share.
 */
public final class RedisServers {

	private RedisServers() {
	}

	/**
	 * A Redis 6.2.
	 */
	public static RedisProcess embedded() {
		return EmbeddedHolder.SERVER;
	}

	/**
	 * The server that is installed on this machine, a Redis 7. A test is skipped where
	 * there is none.
	 */
	public static RedisProcess installed() {
		Path executable = installedExecutable();
		Assumptions.assumeTrue(executable != null, "There is no redis-server on this machine");
		return InstalledHolder.SERVER;
	}

	/**
	 * A cluster of three masters, Redis 6.2.
	 */
	public static RedisCluster cluster() {
		return ClusterHolder.CLUSTER;
	}

	private static Path installedExecutable() {
		return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
			.map((directory) -> Path.of(directory, "redis-server"))
			.filter(Files::isExecutable)
			.findFirst()
			.orElse(null);
	}

	private static final class EmbeddedHolder {

		private static final RedisProcess SERVER = RedisProcess.embedded();

	}

	private static final class InstalledHolder {

		private static final RedisProcess SERVER = RedisProcess.of(installedExecutable());

	}

	private static final class ClusterHolder {

		private static final RedisCluster CLUSTER = RedisCluster.start();

	}

}
