package app.session.store.redis;

import java.lang.reflect.Field;
import java.time.Duration;
import java.util.Optional;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.ReadFrom;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslVerifyMode;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.resource.ClientResources;

import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.RedisStaticMasterReplicaConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.connection.lettuce.RedisCredentialsProviderFactory;
import org.springframework.util.ReflectionUtils;

/**
 * The application's settings of Lettuce with the store's time limit. Without a connection
 * a command fails at once, where Lettuce would keep it until there is one again: nobody
 * waits for it any more by then.
 *
 * @param application the application's settings
 * @param timeout the store's time limit
 */
record LettuceSettings(LettuceClientConfiguration application, Duration timeout) implements LettuceClientConfiguration {

	/**
	 * A factory that leads where another leads.
	 * @param shared whether all share one connection, or each has its own
	 */
	static LettuceConnectionFactory factory(LettuceConnectionFactory application, Duration timeout, boolean shared) {
		LettuceConnectionFactory factory = new LettuceConnectionFactory(destination(application),
				new LettuceSettings(application.getClientConfiguration(), timeout));
		factory.setShareNativeConnection(shared);
		factory.afterPropertiesSet();
		return factory;
	}

	/**
	 * Not every factory tells where it leads: if it was made of a
	 * {@link RedisConfiguration} of any kind, it pretends localhost.
	 */
	private static RedisConfiguration destination(LettuceConnectionFactory application) {
		Field field = ReflectionUtils.findField(LettuceConnectionFactory.class, "configuration");
		if (field != null) {
			ReflectionUtils.makeAccessible(field);
			Object configuration = ReflectionUtils.getField(field, application);
			if (configuration instanceof RedisStaticMasterReplicaConfiguration) {
				throw new IllegalArgumentException(
						"A factory for a master and its replicas does not tell where they are");
			}
			if (configuration instanceof RedisConfiguration destination) {
				return destination;
			}
		}
		return told(application);
	}

	private static RedisConfiguration told(LettuceConnectionFactory application) {
		RedisConfiguration cluster = application.getClusterConfiguration();
		if (cluster != null) {
			return cluster;
		}
		RedisConfiguration sentinel = application.getSentinelConfiguration();
		if (sentinel != null) {
			return sentinel;
		}
		RedisConfiguration socket = application.getSocketConfiguration();
		return (socket != null) ? socket : application.getStandaloneConfiguration();
	}

	@Override
	public boolean isUseSsl() {
		return this.application.isUseSsl();
	}

	@Override
	@Deprecated
	@SuppressWarnings("InlineMeSuggester")
	public boolean isVerifyPeer() {
		return getVerifyMode() != SslVerifyMode.NONE;
	}

	@Override
	public SslVerifyMode getVerifyMode() {
		return this.application.getVerifyMode();
	}

	@Override
	public boolean isStartTls() {
		return this.application.isStartTls();
	}

	@Override
	public Optional<ClientResources> getClientResources() {
		return this.application.getClientResources();
	}

	@Override
	public Optional<ClientOptions> getClientOptions() {
		ClientOptions options = this.application.getClientOptions().orElseGet(ClientOptions::create);
		SocketOptions socket = options.getSocketOptions();
		Duration connect = socket.getConnectTimeout();
		return Optional.of(options.mutate()
			.disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
			.socketOptions(socket.mutate()
				.connectTimeout((connect.compareTo(this.timeout) < 0) ? connect : this.timeout)
				.build())
			.timeoutOptions(TimeoutOptions.enabled(this.timeout))
			.build());
	}

	@Override
	public Optional<String> getClientName() {
		return this.application.getClientName();
	}

	/** The master. */
	@Override
	public Optional<ReadFrom> getReadFrom() {
		return Optional.empty();
	}

	@Override
	public Optional<RedisCredentialsProviderFactory> getRedisCredentialsProviderFactory() {
		return this.application.getRedisCredentialsProviderFactory();
	}

	@Override
	public Duration getCommandTimeout() {
		return this.timeout;
	}

	@Override
	public Duration getShutdownTimeout() {
		return this.application.getShutdownTimeout();
	}

	@Override
	public Duration getShutdownQuietPeriod() {
		return this.application.getShutdownQuietPeriod();
	}

}
