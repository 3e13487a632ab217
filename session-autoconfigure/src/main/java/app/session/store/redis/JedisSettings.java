package app.session.store.redis;

import java.time.Duration;

import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.builders.ClusterClientBuilder;

import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisSentinelConfiguration;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.jedis.JedisClientConfiguration;
import org.springframework.data.redis.connection.jedis.JedisClientConfiguration.JedisClientConfigurationBuilder;
import org.springframework.data.redis.connection.jedis.JedisClientConfiguration.JedisSslClientConfigurationBuilder;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;

/**
 * The application's settings of Jedis with the store's time limit.
 */
final class JedisSettings {

	private JedisSettings() {
	}

	/**
	 * A factory that leads where another leads.
	 * @param shared whether each command takes a connection out of the pool, or all of
	 * one {@link org.springframework.data.redis.connection.RedisConnection} keep theirs
	 */
	static JedisConnectionFactory factory(JedisConnectionFactory application, Duration timeout, boolean shared) {
		JedisConnectionFactory factory = unstarted(application, timeout);
		factory.setUseUnifiedJedis(shared);
		factory.afterPropertiesSet();
		return factory;
	}

	private static JedisConnectionFactory unstarted(JedisConnectionFactory application, Duration timeout) {
		JedisClientConfiguration client = client(application.getClientConfiguration(), timeout);
		RedisClusterConfiguration cluster = application.getClusterConfiguration();
		if (cluster != null) {
			return new JedisConnectionFactory(cluster, client);
		}
		RedisSentinelConfiguration sentinel = application.getSentinelConfiguration();
		if (sentinel != null) {
			return new JedisConnectionFactory(sentinel, client);
		}
		RedisStandaloneConfiguration standalone = application.getStandaloneConfiguration();
		return new JedisConnectionFactory((standalone != null) ? standalone : new RedisStandaloneConfiguration(),
				client);
	}

	private static JedisClientConfiguration client(JedisClientConfiguration application, Duration timeout) {
		JedisClientConfigurationBuilder builder = JedisClientConfiguration.builder()
			.readTimeout(timeout)
			.connectTimeout(shorter(application.getConnectTimeout(), timeout));
		application.getClientName().ifPresent(builder::clientName);
		builder.customizeClientConfig((config) -> {
			application.getClientConfigCustomizer().ifPresent((customizer) -> customizer.customize(config));
			config.socketTimeoutMillis((int) timeout.toMillis());
		});
		builder.customizeClient((client) -> {
			if (client instanceof ClusterClientBuilder<?> cluster) {
				// Jedis would try five times as long
				cluster.maxTotalRetriesDuration(timeout);
			}
			application.getClientCustomizer().ifPresent((customizer) -> customizer.customize(client));
		});
		if (application.isUseSsl()) {
			JedisSslClientConfigurationBuilder ssl = builder.useSsl();
			application.getSslSocketFactory().ifPresent(ssl::sslSocketFactory);
			application.getSslParameters().ifPresent(ssl::sslParameters);
			application.getHostnameVerifier().ifPresent(ssl::hostnameVerifier);
		}
		GenericObjectPoolConfig<?> pool = application.getPoolConfig()
			.<GenericObjectPoolConfig<?>>map(GenericObjectPoolConfig::clone)
			.orElseGet(ConnectionPoolConfig::new);
		pool.setMaxWait(shorter(pool.getMaxWaitDuration(), timeout));
		return builder.usePooling().poolConfig(pool).build();
	}

	/** What is negative has no end, and to connect in no time means the same to Jedis. */
	private static Duration shorter(Duration limit, Duration timeout) {
		boolean endless = limit.isNegative() || limit.isZero();
		return (!endless && limit.compareTo(timeout) < 0) ? limit : timeout;
	}

}
