package app.session.benchmarks;

import java.io.Closeable;
import java.io.IOException;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import redis.embedded.RedisServer;

/**
 * What the servers of a comparison have behind them.
 *
 * @param variants the servers to compare, ours last
 * @param properties what all of them are told
 * @param usage how many bytes their sessions take
 * @param closing ends what was started
 */
record Backend(List<Variant> variants, List<String> properties, Usage usage, Closeable closing) implements Closeable {

	private static final String EXCLUDE = "--spring.autoconfigure.exclude=";

	private static final String SPRING_REDIS = "org.springframework.boot.session.data.redis.autoconfigure."
			+ "SessionDataRedisAutoConfiguration";

	private static final String SPRING_JDBC = "org.springframework.boot.session.jdbc.autoconfigure."
			+ "JdbcSessionAutoConfiguration";

	private static final String DATA_SOURCE = "org.springframework.boot.jdbc.autoconfigure."
			+ "DataSourceAutoConfiguration";

	private static final String KEY = "--app.session.keys=+cemqeuv7PMI33J7ERPzlQtz0f4sb908RIca/E30ZNw=";

	private static final String OFF = "--app.session.enabled=false";

	static Backend start(String name) throws IOException {
		return switch (name) {
			case "memory" -> memory();
			case "redis" -> redis();
			case "postgresql" -> postgresql();
			default -> throw new IllegalArgumentException("memory, redis or postgresql, not " + name);
		};
	}

	private static Backend memory() {
		List<String> properties = List.of(EXCLUDE + SPRING_REDIS + "," + SPRING_JDBC + "," + DATA_SOURCE);
		return new Backend(List.of(new Variant("none", "/none", List.of(OFF)),
				new Variant("container", "/container", List.of(OFF)), new Variant("session", "/session", List.of())),
				properties, () -> {
					throw new UnsupportedOperationException("See MemoryFootprint");
				}, () -> {
				});
	}

	private static Backend redis() throws IOException {
		int port = freePort();
		RedisServer server = RedisServer.newRedisServer().port(port).setting("save \"\"").build();
		server.start();
		String others = EXCLUDE + SPRING_JDBC + "," + DATA_SOURCE;
		String alone = others + "," + SPRING_REDIS;
		return new Backend(
				List.of(new Variant("floor", "/floor", List.of(OFF, alone, "--floor=redis")),
						new Variant("spring", "/container", List.of(OFF, others)),
						new Variant("session", "/session", List.of(alone, "--app.session.store=redis", KEY))),
				List.of("--spring.data.redis.port=" + port), () -> usedByRedis(port), server::stop);
	}

	private static Backend postgresql() throws IOException {
		EmbeddedPostgres server = EmbeddedPostgres.start();
		String alone = EXCLUDE + SPRING_REDIS + "," + SPRING_JDBC;
		return new Backend(
				List.of(new Variant("floor", "/floor", List.of(OFF, alone, "--floor=sql")),
						new Variant("spring", "/container",
								List.of(OFF, EXCLUDE + SPRING_REDIS, "--spring.session.jdbc.initialize-schema=always")),
						new Variant("session", "/session",
								List.of(alone, "--app.session.store=jdbc",
										"--app.session.jdbc.initialize-schema=always", KEY))),
				List.of("--spring.datasource.url=" + server.getJdbcUrl("postgres", "postgres"),
						"--spring.datasource.username=postgres"),
				() -> usedByPostgresql(server), server);
	}

	private static long usedByRedis(int port) {
		RedisClient client = RedisClient.create(RedisURI.create("localhost", port));
		try (StatefulRedisConnection<String, String> connection = client.connect()) {
			return connection.sync()
				.info("memory")
				.lines()
				.filter((line) -> line.startsWith("used_memory:"))
				.mapToLong((line) -> Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
				.sum();
		}
		finally {
			client.shutdown();
		}
	}

	/** With the index, and as vacuum leaves it. */
	private static long usedByPostgresql(EmbeddedPostgres server) throws SQLException {
		try (Connection connection = server.getPostgresDatabase().getConnection();
				Statement statement = connection.createStatement()) {
			statement.execute("VACUUM app_session");
			try (ResultSet row = statement.executeQuery("SELECT pg_total_relation_size('app_session')")) {
				row.next();
				return row.getLong(1);
			}
		}
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

	@Override
	public void close() throws IOException {
		this.closing.close();
	}

	/**
	 * Tells how many bytes sessions take.
	 */
	interface Usage {

		long bytes() throws Exception;

	}

	/**
	 * One of the servers.
	 *
	 * @param name what it is called in the report
	 * @param path where its counter is
	 * @param properties what it alone is told
	 */
	record Variant(String name, String path, List<String> properties) {
	}

}
