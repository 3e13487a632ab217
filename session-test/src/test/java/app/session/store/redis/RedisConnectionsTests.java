package app.session.store.redis;

import java.time.Duration;

import app.session.server.RedisProcess;
import app.session.server.RedisServers;
import org.junit.jupiter.api.Test;

import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where the store's own connections lead.
 */
class RedisConnectionsTests {

	/** Such a factory answers localhost and Redis's own port when it is asked. */
	@Test
	void aFactoryMadeOfAnyConfigurationIsFollowed() {
		RedisProcess server = RedisServers.embedded();
		RedisConfiguration destination = LettuceConnectionFactory
			.createRedisConfiguration("redis://127.0.0.1:" + server.port());
		LettuceConnectionFactory factory = new LettuceConnectionFactory(destination,
				LettuceClientConfiguration.defaultConfiguration());
		try (RedisConnections connections = RedisConnections.like(factory, Duration.ofSeconds(20));
				RedisConnection connection = connections.open()) {
			assertThat(connection.serverCommands().info("server").getProperty("tcp_port"))
				.isEqualTo(String.valueOf(server.port()));
		}
	}

}
