package app.session.autoconfigure;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;

import app.session.SessionRepository;
import app.session.Sessions;
import app.session.codec.AttributeCodec;
import app.session.core.EngineSettings;
import app.session.core.SessionEngine;
import app.session.crypto.KeyRing;
import app.session.crypto.SessionIdGenerator;
import app.session.crypto.SignedIdFormat;
import app.session.web.ClientWays;
import app.session.store.memory.MemorySessionRepository;
import app.session.web.FreshLoginInterceptor;
import app.session.web.RequestSessions;
import app.session.web.SessionArgumentResolver;
import app.session.web.SessionCookie;
import app.session.web.SessionFilter;
import app.session.web.SessionPolicyInterceptor;
import app.session.web.WebSettings;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * A bean of the application's own takes the place of each of ours.
 */
class BackOffTests {

	private static final AutoConfigurations ALL = AutoConfigurations.of(SessionAutoConfiguration.class,
			SessionServletAutoConfiguration.class, SessionWebMvcAutoConfiguration.class);

	private final WebApplicationContextRunner web = new WebApplicationContextRunner().withConfiguration(ALL);

	@Test
	void theStoreGivesWayToTheApplicationsOwnWhateverThePropertySays() {
		for (String store : List.of("memory", "of my own")) {
			this.web.withBean(SessionRepository.class, () -> mock(SessionRepository.class))
				.withPropertyValues("app.session.keys=" + TestKeys.FIRST, "app.session.store=" + store)
				.run((context) -> assertThat(context).hasNotFailed()
					.hasSingleBean(SessionRepository.class)
					.doesNotHaveBean(MemorySessionRepository.class));
		}
	}

	@Test
	void theStoreInMemoryMayBeMadeByTheApplicationAndNeedsNoKeys() {
		MemorySessionRepository own = new MemorySessionRepository(10, InstantSource.system(), (event) -> {
		});
		this.web.withBean(MemorySessionRepository.class, () -> own)
			.run((context) -> assertThat(context.getBean(SessionRepository.class)).isSameAs(own));
	}

	@Test
	void theGeneratorOfIdsGivesWay() {
		backsOff(SessionIdGenerator.class, new SessionIdGenerator(new SecureRandom()));
	}

	@Test
	void theCodecGivesWay() {
		backsOff(AttributeCodec.class, new AttributeCodec(AttributeCodec.mapperBuilder().build()));
	}

	@Test
	void theEngineGivesWay() {
		backsOff(SessionEngine.class, new SessionEngine(mock(SessionRepository.class),
				new AttributeCodec(AttributeCodec.mapperBuilder().build()), new SessionIdGenerator(new SecureRandom()),
				EngineSettings.DEFAULTS, InstantSource.system(), (event) -> {
				}));
	}

	@Test
	void theSessionsGiveWay() {
		backsOff(Sessions.class, mock(Sessions.class));
	}

	@Test
	void theKeyRingGivesWay() {
		backsOff(KeyRing.class, KeyRing.random(new SecureRandom()));
	}

	@Test
	void theCookieGivesWay() {
		backsOff(SessionCookie.class, SessionCookie.DEFAULTS);
	}

	@Test
	void theFormatOfTheCookieGivesWay() {
		backsOff(SignedIdFormat.class, new SignedIdFormat(KeyRing.random(new SecureRandom()), "test", "session"));
	}

	@Test
	void theFilterGivesWay() {
		this.web.withUserConfiguration(OwnFilter.class)
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(SessionFilter.class)
				.doesNotHaveBean("sessionFilterRegistration"));
		this.web.withUserConfiguration(OwnFilterRegistration.class)
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(FilterRegistrationBean.class)
				.doesNotHaveBean("sessionFilterRegistration"));
	}

	@Test
	void theArgumentResolverGivesWay() {
		backsOff(SessionArgumentResolver.class, new SessionArgumentResolver());
	}

	@Test
	void thePolicyInterceptorGivesWay() {
		backsOff(SessionPolicyInterceptor.class, new SessionPolicyInterceptor());
	}

	@Test
	void theInterceptorForFreshLoginsGivesWay() {
		backsOff(FreshLoginInterceptor.class, new FreshLoginInterceptor());
	}

	@Test
	void ofSeveralClocksNoneIsTaken() {
		this.web.withBean("one", Clock.class, Clock::systemUTC)
			.withBean("other", Clock.class, Clock::systemDefaultZone)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	private <T> void backsOff(Class<T> type, T own) {
		this.web.withBean(type, () -> own).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(type)).isSameAs(own);
		});
	}

	private static long visit(Visitor visitor) {
		long[] count = new long[1];
		visitor.get("/", (request, response) -> count[0] = RequestSessions.of(request).increment("views"));
		return count[0];
	}

	private static SessionFilter filter(ApplicationContext context) {
		return new SessionFilter(context.getBean(SessionEngine.class), context.getBean(ClientWays.class),
				SessionCookie.DEFAULTS, WebSettings.DEFAULTS, null, (event) -> {
				});
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnFilter {

		@Bean
		SessionFilter ownFilter(ApplicationContext context) {
			return filter(context);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnFilterRegistration {

		@Bean
		FilterRegistrationBean<SessionFilter> ownRegistration(ApplicationContext context) {
			return new FilterRegistrationBean<>(filter(context));
		}

	}

}
