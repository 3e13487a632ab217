package app.session.autoconfigure;

import java.time.InstantSource;

import app.session.SessionRedisConnectionFactory;
import app.session.SessionRepository;
import app.session.store.redis.RedisConnections;
import app.session.store.redis.RedisSessionRepository;
import app.session.store.redis.RedisStoreSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * Auto-configuration of the store in Redis, for {@code app.session.store=redis}.
 */
@AutoConfiguration(before = SessionAutoConfiguration.class,
		afterName = "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration")
@ConditionalOnBooleanProperty(name = "app.session.enabled", matchIfMissing = true)
@ConditionalOnProperty(name = "app.session.store", havingValue = "redis")
@ConditionalOnMissingBean(SessionRepository.class)
@EnableConfigurationProperties({ SessionProperties.class, SessionRedisProperties.class })
public final class SessionRedisAutoConfiguration {

	private static final String STARTER = "Add spring-boot-starter-data-redis, or choose another store.";

	private static InvalidSessionPropertyException impossible(String reason, String action) {
		return PropertyChecks.invalid("store", "redis", reason, action);
	}

	/** The store. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(RedisConnectionFactory.class)
	static class StoreConfiguration {

		@Bean
		RedisSessionRepository redisSessionRepository(SessionProperties properties, SessionRedisProperties redis,
				@SessionRedisConnectionFactory ObjectProvider<RedisConnectionFactory> own,
				ObjectProvider<RedisConnectionFactory> factory, ObjectProvider<InstantSource> clock,
				ApplicationEventPublisher publisher) {
			PropertyChecks.check(properties);
			PropertyChecks.check(redis);
			RedisConnections connections = connections(properties, own.getIfUnique(), factory.getIfUnique());
			if (connections.isCluster()) {
				checkForCluster(redis, connections);
			}
			RedisStoreSettings settings = new RedisStoreSettings(redis.keyPrefix(), properties.storeTimeout(),
					properties.maxLifetime(), redis.sweepInterval(), redis.replicasForLogout());
			return new RedisSessionRepository(connections, settings, clock.getIfUnique(InstantSource::system),
					new ApplicationEvents(publisher));
		}

		private static void checkForCluster(SessionRedisProperties redis, RedisConnections connections) {
			try {
				PropertyChecks.checkForCluster(redis);
			}
			catch (InvalidSessionPropertyException ex) {
				connections.close();
				throw ex;
			}
		}

		private static RedisConnections connections(SessionProperties properties, @Nullable RedisConnectionFactory own,
				@Nullable RedisConnectionFactory factory) {
			if (own != null) {
				return RedisConnections.of(own);
			}
			if (factory == null) {
				throw impossible("There is not exactly one RedisConnectionFactory bean.",
						"Add spring-boot-starter-data-redis, or mark one bean @SessionRedisConnectionFactory.");
			}
			try {
				return RedisConnections.like(factory, properties.storeTimeout());
			}
			catch (IllegalArgumentException ex) {
				throw impossible(ex.getMessage() + ".",
						"Mark a RedisConnectionFactory bean @SessionRedisConnectionFactory: it is used as it is.");
			}
		}

	}

	/** Instead of it, the reason why there is none. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingClass("org.springframework.data.redis.connection.RedisConnectionFactory")
	static class LibraryMissingConfiguration {

		@Bean
		@SuppressWarnings("DoNotCallSuggester")
		SessionRepository redisSessionRepository() {
			throw impossible("Spring Data Redis is not on the class path.", STARTER);
		}

	}

}
