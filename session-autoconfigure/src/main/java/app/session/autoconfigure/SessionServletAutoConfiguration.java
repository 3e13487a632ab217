package app.session.autoconfigure;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

import app.session.SessionRepository;
import app.session.autoconfigure.SessionProperties.Header;
import app.session.autoconfigure.SessionProperties.HttpSession;
import app.session.core.SessionEngine;
import app.session.core.SignedTokens;
import app.session.core.TokenFormat;
import app.session.crypto.KeyRing;
import app.session.crypto.Keys;
import app.session.crypto.SignedIdFormat;
import app.session.store.memory.MemorySessionRepository;
import app.session.web.ClientWay;
import app.session.web.ClientWays;
import app.session.web.CookieCarrier;
import app.session.web.HeaderCarrier;
import app.session.web.SessionCookie;
import app.session.web.SessionFilter;
import app.session.web.WebSettings;
import app.session.web.servlet.HttpSessions;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingFilterBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.web.util.pattern.PathPattern;

/**
 * Auto-configuration of the cookie and of the filter that gives each request its session.
 */
@AutoConfiguration(after = SessionAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "app.session.enabled", matchIfMissing = true)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({ Filter.class, FilterRegistrationBean.class, PathPattern.class })
@Import(HttpSessionConfiguration.class)
public final class SessionServletAutoConfiguration {

	private static final Log logger = LogFactory.getLog(SessionServletAutoConfiguration.class);

	@Bean
	static ServletSessionDefaults servletSessionDefaults(ConfigurableEnvironment environment) {
		return new ServletSessionDefaults(environment);
	}

	// Whose clients hold something else needs no keys of ours.
	@Bean
	@ConditionalOnMissingBean({ KeyRing.class, ClientWays.class })
	KeyRing sessionKeyRing(SessionProperties properties, ObjectProvider<SessionRepository> repository) {
		List<String> keys = properties.keys();
		if (!keys.isEmpty()) {
			return SessionSettings.keyRing(keys);
		}
		// The store in the cookie is made with these keys, and so is not there yet.
		if (properties.store().equals("cookie") || !(repository.getObject() instanceof MemorySessionRepository)) {
			throw PropertyChecks.invalid("keys", null,
					"There is none, and the store may be shared: no other node, and not this one after a restart, "
							+ "could read a cookie signed by a random key.",
					"Make a key with '" + Keys.COMMAND + "', and give it to all nodes as app.session.keys.");
		}
		logger.info("Session cookies are signed by a random key, since app.session.keys is not set: "
				+ "as the sessions in memory, they end with this process");
		return KeyRing.random(new SecureRandom());
	}

	@Bean
	@ConditionalOnMissingBean
	SessionCookie sessionCookie(SessionProperties properties) {
		SessionCookie cookie = SessionSettings.cookie(properties);
		if (!cookie.httpOnly()) {
			logger.warn("app.session.cookie.http-only is false: a script that gets into a page can take the session "
					+ "away with it");
		}
		return cookie;
	}

	@Bean
	@ConditionalOnMissingBean({ SignedIdFormat.class, ClientWays.class })
	SignedIdFormat sessionIdFormat(KeyRing ring, SessionCookie cookie, SessionProperties properties,
			Environment environment) {
		return new SignedIdFormat(ring, SessionSettings.application(properties, environment), cookie.name());
	}

	@Bean
	@ConditionalOnMissingBean({ TokenFormat.class, ClientWays.class })
	TokenFormat sessionTokenFormat(SignedIdFormat format) {
		return new SignedTokens(format);
	}

	@Bean
	@ConditionalOnMissingBean
	ClientWays sessionClientWays(TokenFormat format, SessionCookie cookie, SessionProperties properties,
			ObjectProvider<FormerWay> former) {
		CookieChecks.check(properties.header());
		List<ClientWay> formerWays = former.orderedStream().map(FormerWay::way).toList();
		if (properties.header().only() && !formerWays.isEmpty()) {
			throw PropertyChecks.invalid("header.only", true,
					"Sessions are moved whose clients hold them in a cookie (app.session.migrate-from).",
					"Leave it out as long as sessions are moved.");
		}
		return new ClientWays(ways(properties.header(), cookie, format), formerWays);
	}

	private static List<ClientWay> ways(Header header, SessionCookie cookie, TokenFormat format) {
		List<ClientWay> ways = new ArrayList<>();
		String name = header.name();
		if (name != null) {
			ways.add(new ClientWay(new HeaderCarrier(name, header.only()), format));
		}
		if (!header.only()) {
			ways.add(new ClientWay(new CookieCarrier(cookie), format));
		}
		return ways;
	}

	@Bean
	@ConditionalOnMissingFilterBean
	FilterRegistrationBean<SessionFilter> sessionFilterRegistration(SessionEngine engine, ClientWays ways,
			SessionCookie cookie, SessionProperties properties, ObjectProvider<HttpSessions> httpSessions,
			ApplicationEventPublisher publisher) {
		WebSettings settings = SessionSettings.web(properties);
		FilterRegistrationBean<SessionFilter> registration = new FilterRegistrationBean<>(new SessionFilter(engine,
				ways, cookie, settings, httpSessions.getIfAvailable(), new ApplicationEvents(publisher)));
		registration.setDispatcherTypes(
				EnumSet.of(DispatcherType.REQUEST, DispatcherType.FORWARD, DispatcherType.ASYNC, DispatcherType.ERROR));
		registration.setOrder(properties.filterOrder());
		return registration;
	}

	/** Two that both stand in the place of the container's session are one too many. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(name = "org.springframework.session.web.http.SessionRepositoryFilter")
	static class SpringSessionConfiguration {

		/** Before any bean is made, or Spring Session might fail first. */
		@Bean
		static BeanFactoryPostProcessor springSessionCheck(Environment environment) {
			return (beanFactory) -> {
				if (HttpSession.of(environment).enabled()) {
					throw PropertyChecks.invalid("http-session.enabled", true,
							"Spring Session is on the class path, and answers request.getSession() as well, with a cookie and "
									+ "a store of its own.",
							"Remove the dependency on Spring Session (spring-boot-starter-session-*, spring-session-*), "
									+ "or set app.session.http-session.enabled=false to keep it beside the Session that "
									+ "handlers take as an argument.");
				}
			};
		}

	}

}
