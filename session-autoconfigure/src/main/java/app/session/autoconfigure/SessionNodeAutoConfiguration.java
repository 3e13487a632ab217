package app.session.autoconfigure;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import app.session.SessionRepository;
import app.session.autoconfigure.SessionProperties.Interop;
import app.session.core.TokenFormat;
import app.session.store.ClientHeldSessions;
import app.session.store.TextRecords;
import app.session.store.node.ExpressForm;
import app.session.store.node.ExpressSignature;
import app.session.store.node.ExpressTokens;
import app.session.store.node.Keygrip;
import app.session.store.node.KoaCookieTokens;
import app.session.store.node.KoaForm;
import app.session.store.node.KoaTokens;
import app.session.store.node.NodeLife;
import app.session.store.node.NodeStore;
import app.session.store.redis.RedisTexts;
import app.session.web.ClientWay;
import app.session.web.ClientWays;
import app.session.web.NodeCookieCarrier;
import app.session.web.SessionCookie;
import org.jspecify.annotations.Nullable;

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
		return cookie.named(interop(properties) == Interop.KOA ? "koa.sess" : "connect.sid");
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

	/**
	 * koa-session keeps a session for a day if nothing is said, express-session until the
	 * browser closes.
	 */
	private static NodeLife life(SessionProperties properties, SessionNodeProperties node) {
		Boolean given = node.browserSession();
		boolean express = interop(properties) == Interop.EXPRESS && properties.cookie().maxAge() == null;
		return new NodeLife(SessionSettings.engine(properties), (given != null) ? given : express);
	}

	/**
	 * @return {@code null} if nothing is signed
	 */
	private static @Nullable Keygrip keygrip(SessionNodeProperties node) {
		if (!node.signed()) {
			return null;
		}
		return new Keygrip(keys(node), node.algorithm());
	}

	private static List<String> keys(SessionNodeProperties node) {
		if (node.keys().isEmpty() || node.keys().contains("")) {
			throw PropertyChecks.invalid("node.keys", null,
					"There is none, or one is empty, and the cookie of the application in Node is signed.",
					"Set it to that application's keys, in their order: koa's app.keys, express-session's secret.");
		}
		return node.keys();
	}

	@Bean
	@ConditionalOnMissingBean(TokenFormat.class)
	TokenFormat nodeSessionTokens(ObjectProvider<TextRecords> texts, SessionProperties properties,
			SessionNodeProperties node, SessionCookie cookie, ObjectProvider<InstantSource> clock,
			ApplicationEventPublisher publisher) {
		boolean koa = interop(properties) == Interop.KOA;
		InstantSource time = clock.getIfUnique(InstantSource::system);
		if (koa && properties.store().equals("cookie")) {
			return new KoaCookieTokens(cookie.name(), keygrip(node), new KoaForm(life(properties, node)), time,
					new SecureRandom());
		}
		TextRecords records = texts.getIfAvailable();
		if (records == null) {
			throw PropertyChecks.invalid("interop", koa ? "koa" : "express",
					"The records of the application in Node are in Redis, or in koa's cookie.",
					"Set app.session.store=redis and add spring-boot-starter-data-redis, or set "
							+ "app.session.store=cookie beside koa.");
		}
		return koa ? koa(records, properties, node, cookie, time, publisher)
				: express(records, properties, node, cookie, time, publisher);
	}

	private static TokenFormat koa(TextRecords records, SessionProperties properties, SessionNodeProperties node,
			SessionCookie cookie, InstantSource clock, ApplicationEventPublisher publisher) {
		NodeStore store = new NodeStore(records, "", new KoaForm(life(properties, node)), new SecureRandom(), clock,
				new ApplicationEvents(publisher));
		return new KoaTokens(cookie.name(), keygrip(node), Objects.requireNonNullElse(node.prefix(), ""), store);
	}

	private static TokenFormat express(TextRecords records, SessionProperties properties, SessionNodeProperties node,
			SessionCookie cookie, InstantSource clock, ApplicationEventPublisher publisher) {
		ExpressForm form = new ExpressForm(life(properties, node), settings(cookie));
		NodeStore store = new NodeStore(records, Objects.requireNonNullElse(node.prefix(), "sess:"), form,
				new SecureRandom(), clock, new ApplicationEvents(publisher));
		return new ExpressTokens(new ExpressSignature(keys(node)), store);
	}

	/** What express-session writes of its cookie into a record, in its order. */
	private static Map<String, Object> settings(SessionCookie cookie) {
		Map<String, Object> settings = new LinkedHashMap<>();
		settings.put("httpOnly", cookie.httpOnly());
		settings.put("path", cookie.path());
		if (cookie.domain() != null) {
			settings.put("domain", cookie.domain());
		}
		return settings;
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
