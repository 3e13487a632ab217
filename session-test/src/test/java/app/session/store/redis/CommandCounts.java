package app.session.store.redis;

import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a server says it was asked, those commands included that scripts called.
 */
public final class CommandCounts {

	/** What the test itself asks, and what opens a connection. */
	private static final Set<String> OF_THE_TEST = Set.of("info", "hello", "client", "ping", "auth", "select",
			"script");

	private final RedisConnectionFactory factory;

	private Map<String, Long> before;

	/**
	 * Begins to count.
	 * @param factory leads to the server
	 */
	public CommandCounts(RedisConnectionFactory factory) {
		this.factory = factory;
		this.before = all();
	}

	/**
	 * How often each command was executed since the last call.
	 */
	public Map<String, Long> take() {
		Map<String, Long> now = all();
		Map<String, Long> since = new TreeMap<>();
		now.forEach((command, calls) -> {
			long more = calls - this.before.getOrDefault(command, 0L);
			if (more > 0 && !OF_THE_TEST.contains(command)) {
				since.put(command, more);
			}
		});
		this.before = now;
		return since;
	}

	/**
	 * Fails unless all that was executed since the last call is these.
	 */
	public void assertTaken(RedisOperation... operations) {
		assertThat(take()).isEqualTo(RedisOperation.commands(operations));
	}

	private Map<String, Long> all() {
		try (RedisConnection connection = this.factory.getConnection()) {
			Properties stats = connection.serverCommands().info("commandstats");
			Map<String, Long> calls = new TreeMap<>();
			for (String name : stats.stringPropertyNames()) {
				String count = stats.getProperty(name).replaceAll("^calls=(\\d+),.*", "$1");
				calls.put(name.replace("cmdstat_", ""), Long.valueOf(count));
			}
			return calls;
		}
	}

}
