package app.session.autoconfigure;

import java.time.InstantSource;
import java.util.List;

import app.session.SessionRepository;
import app.session.autoconfigure.SessionProperties.CookieStore.Revocation;
import app.session.autoconfigure.SessionProperties.Interop;
import app.session.core.TokenFormat;
import app.session.store.ClientHeldSessions;
import app.session.store.TextRecords;
import app.session.store.redis.RedisTexts;
import app.session.web.ClientWay;
import app.session.web.ClientWays;
import app.session.web.NodeCookieCarrier;
import app.session.web.SessionCookie;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of what is shared with an application in Node, for
 * {@code app.session.interop}: its cookie and its records in place of ours.
 */
@AutoConfiguration(after = SessionRedisAutoConfiguration.class,
		before = { SessionAutoConfiguration.class, SessionCookieStoreAutoConfiguration.class,
				SessionServletAutoConfiguration.class })
@ConditionalOnBooleanProperty(name = "app.session.enabled", matchIfMissing = true)
@ConditionalOnProperty("app.session.interop")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties({ SessionProperties.class, SessionNodeProperties.class })
public final class SessionNodeAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	SessionCookie sessionCookie(SessionProperties properties, Environment environment) {
		SessionCookie cookie = SessionSettings.cookie(properties);
		if (SetProperty.find(environment, "app.session.cookie.name") != null) {
			return cookie;
		}
		return cookie.named(interop(properties) == Interop.KOA ? NodeFormats.KOA_COOKIE : NodeFormats.EXPRESS_COOKIE);
	}

	@Bean
	@ConditionalOnMissingBean
	ClientWays sessionClientWays(TokenFormat format, SessionCookie cookie, SessionProperties properties,
			SessionNodeProperties node) {
		boolean signedApart = interop(properties) == Interop.KOA && node.signed();
		return new ClientWays(List.of(new ClientWay(new NodeCookieCarrier(cookie, signedApart), format)), List.of());
	}

	private static Interop interop(SessionProperties properties) {
		Interop interop = properties.interop();
		if (interop == null) {
			throw new IllegalStateException("app.session.interop is not set");
		}
		return interop;
	}

	@Bean
	@ConditionalOnMissingBean(TokenFormat.class)
	TokenFormat nodeSessionTokens(ObjectProvider<TextRecords> texts, SessionProperties properties,
			SessionNodeProperties node, SessionCookie cookie, ObjectProvider<InstantSource> clock,
			ApplicationEventPublisher publisher) {
		NodeFormats formats = new NodeFormats(properties, node, clock.getIfUnique(InstantSource::system),
				new ApplicationEvents(publisher));
		checkBeside(properties);
		boolean koa = interop(properties) == Interop.KOA;
		if (koa && properties.store().equals("cookie")) {
			return formats.koaInCookie(cookie.name());
		}
		TextRecords records = texts.getIfAvailable();
		if (records == null) {
			throw PropertyChecks.invalid("interop", koa ? "koa" : "express",
					"The records of the application in Node are in Redis, or in koa's cookie.",
					"Set app.session.store=redis and add spring-boot-starter-data-redis, or set "
							+ "app.session.store=cookie beside koa.");
		}
		return koa ? formats.koa(records, cookie.name()) : formats.express(records, cookie);
	}

	/** What could have no effect on sessions that are another application's as well. */
	private static void checkBeside(SessionProperties properties) {
		String action = "Leave it out as long as app.session.interop is set.";
		if (properties.migrateFrom() != null) {
			throw PropertyChecks.invalid("migrate-from", properties.migrateFrom(),
					"Sessions are shared with an application in Node, so none is moved.", action);
		}
		if (properties.header().name() != null) {
			throw PropertyChecks.invalid("header.name", properties.header().name(),
					"The application in Node looks for its cookie alone.", action);
		}
		if (properties.cookieStore().revocation() != Revocation.NONE) {
			throw PropertyChecks.invalid("cookie-store.revocation", properties.cookieStore().revocation(),
					"koa's cookie has no place for it.", action);
		}
		if (properties.principal().maxSessions() != null) {
			throw PropertyChecks.invalid("principal.max-sessions", properties.principal().maxSessions(),
					"The application in Node counts no sessions of a principal.", action);
		}
	}

	/** Records in Redis. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(name = "org.springframework.data.redis.connection.RedisConnectionFactory")
	@ConditionalOnProperty(name = "app.session.store", havingValue = "redis")
	static class RecordsConfiguration {

		@Bean
		@ConditionalOnMissingBean(TextRecords.class)
		RedisTexts nodeSessionTexts(RedisStores stores) {
			return new RedisTexts(stores.connections());
		}

	}

	/** Nothing on the server. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnProperty(name = "app.session.store", havingValue = "cookie")
	static class CookieConfiguration {

		@Bean
		@ConditionalOnMissingBean(SessionRepository.class)
		ClientHeldSessions nodeSessionRepository() {
			return new ClientHeldSessions();
		}

	}

}
