package app.session.server;

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
		Executables.find("redis-server");
		return InstalledHolder.SERVER;
	}

	/**
	 * A cluster of three masters, Redis 6.2.
	 */
	public static RedisCluster cluster() {
		return ClusterHolder.CLUSTER;
	}

	private static final class EmbeddedHolder {

		private static final RedisProcess SERVER = RedisProcess.embedded();

	}

	private static final class InstalledHolder {

		private static final RedisProcess SERVER = RedisProcess.of(Executables.find("redis-server"));

	}

	private static final class ClusterHolder {

		private static final RedisCluster CLUSTER = RedisCluster.start();

	}

}
