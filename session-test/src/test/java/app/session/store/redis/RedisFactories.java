package app.session.store.redis;

import java.time.Duration;

import app.session.server.RedisCluster;
import app.session.server.RedisProcess;

import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.jedis.JedisClientConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Factories as an application has them.
 */
final class RedisFactories {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private RedisFactories() {
	}

	static LettuceConnectionFactory lettuce(RedisProcess server) {
		return lettuce(new RedisStandaloneConfiguration("127.0.0.1", server.port()));
	}

	static LettuceConnectionFactory lettuce(RedisStandaloneConfiguration configuration) {
		return started(new LettuceConnectionFactory(configuration,
				LettuceClientConfiguration.builder().commandTimeout(TIMEOUT).build()));
	}

	static LettuceConnectionFactory lettuce(RedisCluster cluster) {
		return started(new LettuceConnectionFactory(new RedisClusterConfiguration(cluster.addresses()),
				LettuceClientConfiguration.builder().commandTimeout(TIMEOUT).build()));
	}

	static JedisConnectionFactory jedis(RedisProcess server) {
		return started(new JedisConnectionFactory(new RedisStandaloneConfiguration("127.0.0.1", server.port()),
				JedisClientConfiguration.defaultConfiguration()));
	}

	static JedisConnectionFactory jedis(RedisCluster cluster) {
		return started(new JedisConnectionFactory(new RedisClusterConfiguration(cluster.addresses()),
				JedisClientConfiguration.defaultConfiguration()));
	}

	private static LettuceConnectionFactory started(LettuceConnectionFactory factory) {
		factory.afterPropertiesSet();
		return factory;
	}

	private static JedisConnectionFactory started(JedisConnectionFactory factory) {
		factory.afterPropertiesSet();
		return factory;
	}

}
