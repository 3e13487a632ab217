package app.session.autoconfigure;

import java.security.SecureRandom;
import java.time.InstantSource;

import app.session.PrincipalIndex;
import app.session.SessionRepository;
import app.session.autoconfigure.SessionProperties.CookieStore;
import app.session.autoconfigure.SessionProperties.CookieStore.Revocation;
import app.session.crypto.KeyRing;
import app.session.crypto.SealedFormat;
import app.session.store.SharedStore;
import app.session.store.cookie.SealedTokens;
import app.session.web.SessionCookie;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of the store in the cookie, for {@code app.session.store=cookie}.
 */
@AutoConfiguration(before = SessionAutoConfiguration.class,
		after = { SessionRedisAutoConfiguration.class, SessionJdbcAutoConfiguration.class })
@ConditionalOnBooleanProperty(name = "app.session.enabled", matchIfMissing = true)
@ConditionalOnProperty(name = "app.session.store", havingValue = "cookie")
@ConditionalOnMissingBean(SessionRepository.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties(SessionProperties.class)
public final class SessionCookieStoreAutoConfiguration {

	private static final String EPOCHS = "sessionEpochs";

	@Bean
	@ConditionalOnMissingBean
	SealedTokens sealedTokens(KeyRing ring, SessionCookie cookie, SessionProperties properties, Environment environment,
			ObjectProvider<InstantSource> clock, @Qualifier(EPOCHS) ObjectProvider<PrincipalIndex> epochs) {
		CookieStore store = properties.cookieStore();
		Integer maxSessions = properties.principal().maxSessions();
		if (maxSessions != null) {
			throw PropertyChecks.invalid("principal.max-sessions", maxSessions,
					"The sessions are held by their clients, and nobody counts them.",
					"Leave it out, or set app.session.store to memory, redis or jdbc.");
		}
		PrincipalIndex index = epochs.getIfAvailable();
		if (index == null && store.revocation() != Revocation.NONE) {
			throw PropertyChecks.invalid("cookie-store.revocation", store.revocation(),
					"What is needed for it is not on the class path.",
					"Add spring-boot-starter-data-redis, or spring-boot-starter-jdbc and the driver of the database, "
							+ "or leave it out.");
		}
		SealedFormat format = new SealedFormat(ring, SessionSettings.application(properties, environment),
				cookie.name(), new SecureRandom());
		return new SealedTokens(format, cookie.name(), store.compression(), SessionSettings.engine(properties),
				clock.getIfUnique(InstantSource::system), index);
	}

	@Bean
	@ConditionalOnMissingBean(SessionRepository.class)
	SessionRepository cookieSessionRepository(SealedTokens tokens) {
		return tokens.sessions();
	}

	/** Principals in Redis. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(name = "org.springframework.data.redis.connection.RedisConnectionFactory")
	@ConditionalOnProperty(name = "app.session.cookie-store.revocation", havingValue = "redis")
	static class RedisEpochsConfiguration {

		@Bean(name = EPOCHS, defaultCandidate = false)
		SharedStore sessionEpochs(ObjectProvider<RedisStores> stores) {
			return stores.getObject().repository();
		}

	}

	/** Principals in a SQL database. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(name = { "org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails",
			"com.zaxxer.hikari.HikariDataSource" })
	@ConditionalOnProperty(name = "app.session.cookie-store.revocation", havingValue = "jdbc")
	static class JdbcEpochsConfiguration {

		@Bean(name = EPOCHS, defaultCandidate = false)
		SharedStore sessionEpochs(ObjectProvider<JdbcStores> stores) {
			return stores.getObject().repository();
		}

	}

}
