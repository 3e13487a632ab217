package app.session.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.function.ToLongFunction;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.ReturnType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The least that a counter costs which keeps its number in a shared store: one read and
 * one conditional write, by hand, with nothing of what a session is besides.
 */
final class Floor {

	private Floor() {
	}

	private static String visit(@Nullable String id, HttpServletResponse response, ToLongFunction<String> count) {
		if (id == null) {
			String newId = UUID.randomUUID().toString();
			response.addCookie(new Cookie("floor", newId));
			return CounterServer.text(count.applyAsLong(newId));
		}
		return CounterServer.text(count.applyAsLong(id));
	}

	/** One GET, and one script that sets the value if it is still the same. */
	@RestController
	@ConditionalOnProperty(name = "floor", havingValue = "redis")
	static class RedisFloor {

		private static final byte[] SCRIPT = """
				if (redis.call('GET', KEYS[1]) or '') ~= ARGV[1] then return 0 end
				redis.call('SET', KEYS[1], ARGV[2], 'PX', 1800000)
				return 1""".getBytes(StandardCharsets.UTF_8);

		private final RedisConnectionFactory connections;

		private final String script;

		RedisFloor(RedisConnectionFactory connections) {
			this.connections = connections;
			try (RedisConnection connection = connections.getConnection()) {
				this.script = String.valueOf(connection.scriptingCommands().scriptLoad(SCRIPT));
			}
		}

		@GetMapping("/floor")
		String count(@CookieValue(name = "floor", required = false) @Nullable String id, HttpServletResponse response) {
			return visit(id, response, this::increment);
		}

		@GetMapping("/floor/read")
		String read(@CookieValue("floor") String id) {
			try (RedisConnection connection = this.connections.getConnection()) {
				byte[] stored = connection.stringCommands().get(key(id));
				return new String((stored != null) ? stored : new byte[0], StandardCharsets.US_ASCII);
			}
		}

		private long increment(String id) {
			try (RedisConnection connection = this.connections.getConnection()) {
				long written = 0;
				while (written == 0) {
					written = tryIncrement(connection, id);
				}
				return written;
			}
		}

		/** Answers 0 if another request of the same visitor was faster. */
		private long tryIncrement(RedisConnection connection, String id) {
			byte[] stored = connection.stringCommands().get(key(id));
			long next = (stored != null) ? Long.parseLong(new String(stored, StandardCharsets.US_ASCII)) + 1 : 1;
			Long done = connection.scriptingCommands()
				.evalSha(this.script, ReturnType.INTEGER, 1, key(id), (stored != null) ? stored : new byte[0],
						String.valueOf(next).getBytes(StandardCharsets.US_ASCII));
			return (done != null && done == 1) ? next : 0;
		}

		private static byte[] key(String id) {
			return ("floor:" + id).getBytes(StandardCharsets.US_ASCII);
		}

	}

	/** One SELECT, and one UPDATE of the version that was read. */
	@RestController
	@ConditionalOnProperty(name = "floor", havingValue = "sql")
	static class SqlFloor {

		private final JdbcTemplate sql;

		SqlFloor(JdbcTemplate sql) {
			this.sql = sql;
			sql.execute("CREATE TABLE IF NOT EXISTS floor (id uuid PRIMARY KEY, version bigint, data bytea) "
					+ "WITH (fillfactor=70)");
		}

		@GetMapping("/floor")
		String count(@CookieValue(name = "floor", required = false) @Nullable String id, HttpServletResponse response) {
			return visit(id, response, this::increment);
		}

		@GetMapping("/floor/read")
		String read(@CookieValue("floor") String id) {
			return String.valueOf(find(UUID.fromString(id)));
		}

		private List<Long> find(UUID id) {
			return this.sql.query("SELECT version, data FROM floor WHERE id = ?",
					(row, number) -> Long.parseLong(new String(row.getBytes(2), StandardCharsets.US_ASCII)), id);
		}

		private long increment(String text) {
			UUID id = UUID.fromString(text);
			long written = 0;
			while (written == 0) {
				written = tryIncrement(id);
			}
			return written;
		}

		/** Answers 0 if another request of the same visitor was faster. */
		private long tryIncrement(UUID id) {
			List<Long> stored = find(id);
			if (stored.isEmpty()) {
				this.sql.update("INSERT INTO floor VALUES (?, 1, ?)", id, bytes(1));
				return 1;
			}
			long version = stored.get(0);
			int updated = this.sql.update(
					"UPDATE floor SET version = version + 1, data = ? WHERE id = ? AND version = ?", bytes(version + 1),
					id, version);
			return (updated == 1) ? version + 1 : 0;
		}

		private static byte[] bytes(long number) {
			return String.valueOf(number).getBytes(StandardCharsets.US_ASCII);
		}

	}

}
