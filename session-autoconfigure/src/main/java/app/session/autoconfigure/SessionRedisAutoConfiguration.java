package app.session.autoconfigure;

import java.time.InstantSource;

import app.session.SessionRedisConnectionFactory;
import app.session.SessionRepository;
import app.session.store.redis.RedisSessionRepository;

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
 * Auto-configuration of the store in Redis, for {@code app.session.store=redis} and what
 * else needs Redis.
 */
@AutoConfiguration(before = SessionAutoConfiguration.class,
		afterName = "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration")
@ConditionalOnBooleanProperty(name = "app.session.enabled", matchIfMissing = true)
@ConditionalOnStore("redis")
@EnableConfigurationProperties({ SessionProperties.class, SessionRedisProperties.class })
public final class SessionRedisAutoConfiguration {

	private static final String STARTER = "Add spring-boot-starter-data-redis, or choose another store.";

	/** The store. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(RedisConnectionFactory.class)
	static class StoreConfiguration {

		@Bean
		RedisStores sessionRedisStores(SessionProperties properties, SessionRedisProperties redis,
				@SessionRedisConnectionFactory ObjectProvider<RedisConnectionFactory> own,
				ObjectProvider<RedisConnectionFactory> factory, ObjectProvider<InstantSource> clock,
				ApplicationEventPublisher publisher) {
			return new RedisStores(properties, redis, own.getIfUnique(), factory.getIfUnique(),
					clock.getIfUnique(InstantSource::system), new ApplicationEvents(publisher));
		}

		@Bean
		@ConditionalOnMissingBean(SessionRepository.class)
		@ConditionalOnProperty(name = "app.session.store", havingValue = "redis")
		RedisSessionRepository redisSessionRepository(RedisStores stores) {
			return stores.repository();
		}

	}

	/** Instead of it, the reason why there is none. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingClass("org.springframework.data.redis.connection.RedisConnectionFactory")
	static class LibraryMissingConfiguration {

		@Bean
		@ConditionalOnMissingBean(SessionRepository.class)
		@ConditionalOnProperty(name = "app.session.store", havingValue = "redis")
		@SuppressWarnings("DoNotCallSuggester")
		SessionRepository redisSessionRepository() {
			throw PropertyChecks.invalid("store", "redis", "Spring Data Redis is not on the class path.", STARTER);
		}

	}

}
