package app.session.autoconfigure;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

import app.session.AttributeMapperCustomizer;
import app.session.SessionEvent;
import app.session.SessionRepository;
import app.session.Sessions;
import app.session.codec.AttributeCodec;
import app.session.core.EngineSettings;
import app.session.core.SessionEngine;
import app.session.crypto.KeyRing;
import app.session.crypto.SessionIdGenerator;
import app.session.crypto.SignedIdFormat;
import app.session.store.memory.MemorySessionRepository;
import app.session.web.RequestSessions;
import app.session.web.SessionArgumentResolver;
import app.session.web.SessionCookie;
import app.session.web.SessionFilter;
import app.session.web.SessionPolicyInterceptor;
import app.session.web.WebSettings;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.Cookie;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.test.util.ReflectionTestUtils;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * What is there when nothing is configured, and what gives way to the application's own.
 */
@ExtendWith(OutputCaptureExtension.class)
class SessionAutoConfigurationTests {

	private static final AutoConfigurations ALL = AutoConfigurations.of(SessionAutoConfiguration.class,
			SessionServletAutoConfiguration.class, SessionWebMvcAutoConfiguration.class);

	private final WebApplicationContextRunner web = new WebApplicationContextRunner().withConfiguration(ALL);

	private final ApplicationContextRunner plain = new ApplicationContextRunner().withConfiguration(ALL);

	@Test
	void aWebApplicationNeedsNoConfiguration() {
		this.web.run((context) -> {
			assertThat(context).hasNotFailed()
				.hasSingleBean(MemorySessionRepository.class)
				.hasSingleBean(SessionEngine.class)
				.hasSingleBean(Sessions.class)
				.hasSingleBean(SessionArgumentResolver.class)
				.hasSingleBean(SessionPolicyInterceptor.class)
				.hasSingleBean(WebMvcConfigurer.class);
			Visitor visitor = new Visitor(context);
			assertThat(visit(visitor)).isEqualTo(1);
			assertThat(visit(visitor)).isEqualTo(2);
		});
	}

	@Test
	void theFilterIsThereForAllDispatchesAndForAsynchronousRequests() {
		this.web.run((context) -> {
			FilterRegistrationBean<?> registration = context.getBean(FilterRegistrationBean.class);
			assertThat(registration.isAsyncSupported()).isTrue();
			assertThat(registration.determineDispatcherTypes()).isEqualTo(EnumSet.of(DispatcherType.REQUEST,
					DispatcherType.FORWARD, DispatcherType.ASYNC, DispatcherType.ERROR));
		});
	}

	@Test
	void anApplicationWithoutWebLooksAfterSessionsAndNeedsNoKeys() {
		this.plain.withBean(SessionRepository.class, () -> mock(SessionRepository.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(Sessions.class)
				.doesNotHaveBean(KeyRing.class)
				.doesNotHaveBean(FilterRegistrationBean.class)
				.doesNotHaveBean(SessionArgumentResolver.class));
	}

	@Test
	void anApplicationWithoutSpringMvcStillHasTheFilter() {
		this.web.withClassLoader(new FilteredClassLoader(DispatcherServlet.class, WebMvcConfigurer.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(FilterRegistrationBean.class)
				.doesNotHaveBean(SessionArgumentResolver.class));
	}

	@Test
	void whenDisabledOnlyTheArgumentsAreLeftWhichSayWhyTheyFail() {
		this.web.withPropertyValues("app.session.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(SessionRepository.class)
				.doesNotHaveBean(Sessions.class)
				.doesNotHaveBean(KeyRing.class)
				.doesNotHaveBean(FilterRegistrationBean.class)
				.hasSingleBean(SessionArgumentResolver.class));
	}

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
	void theStoreInMemoryEndsItsThreadWithTheApplication() {
		this.web.run((context) -> {
			Object thread = ReflectionTestUtils.getField(context.getBean(MemorySessionRepository.class), "thread");
			assertThat(thread).extracting("shutdown").isEqualTo(false);
			context.close();
			assertThat(thread).extracting("shutdown").isEqualTo(true);
		});
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
	void theTimeIsThatOfTheApplicationsClock() {
		MutableClock clock = new MutableClock();
		this.web.withBean(InstantSource.class, () -> clock).run((context) -> {
			Visitor visitor = new Visitor(context);
			assertThat(visit(visitor)).isEqualTo(1);
			clock.forward(Duration.ofMinutes(29));
			assertThat(visit(visitor)).isEqualTo(2);
			clock.forward(Duration.ofMinutes(34));
			assertThat(visit(visitor)).isEqualTo(1);
		});
	}

	@Test
	void ofSeveralClocksNoneIsTaken() {
		this.web.withBean("one", Clock.class, Clock::systemUTC)
			.withBean("other", Clock.class, Clock::systemDefaultZone)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void theMapperIsCustomizedInOrder() {
		this.web.withUserConfiguration(Customizers.class).run((context) -> {
			context.getBean(AttributeCodec.class);
			assertThat(context.getBean(Customizers.class).calls).containsExactly("first", "second");
		});
	}

	@Test
	void eventsAreApplicationEventsAndAListenerThatThrowsChangesNothing() {
		this.web.withUserConfiguration(Listener.class).run((context) -> {
			Visitor visitor = new Visitor(context);
			assertThat(visit(visitor)).isEqualTo(1);
			MockHttpServletRequest forged = new MockHttpServletRequest("GET", "/");
			forged.setCookies(new Cookie("session", "forged"));
			visitor.send(forged, (request, response) -> RequestSessions.of(request).isNew());
			assertThat(context.getBean(Listener.class).events).hasExactlyElementsOfTypes(SessionEvent.Created.class,
					SessionEvent.InvalidCookie.class);
		});
	}

	@Test
	void aRandomKeyIsToldOfOnceAndOnlyOnce(CapturedOutput output) {
		this.web.run((context) -> assertThat(output.getOut().split("app\\.session\\.keys", -1)).hasSize(2));
		assertThat(output.getOut()).contains("INFO");
	}

	@Test
	void withKeysNothingIsSaidAtStart(CapturedOutput output) {
		this.web.withPropertyValues("app.session.keys=" + TestKeys.FIRST)
			.run((context) -> assertThat(output.getOut()).doesNotContain("app.session"));
	}

	@Test
	void aCookieForScriptsIsWarnedOf(CapturedOutput output) {
		this.web.withPropertyValues("app.session.cookie.http-only=false")
			.run((context) -> assertThat(output.getOut()).contains("WARN", "app.session.cookie.http-only"));
	}

	@Test
	void springBootFindsAllOfThem() {
		assertThat(ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader())).contains(
				SessionAutoConfiguration.class.getName(), SessionServletAutoConfiguration.class.getName(),
				SessionWebMvcAutoConfiguration.class.getName(), SessionSpringDocAutoConfiguration.class.getName());
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
		return new SessionFilter(context.getBean(SessionEngine.class), context.getBean(SignedIdFormat.class),
				SessionCookie.DEFAULTS, WebSettings.DEFAULTS, (event) -> {
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

	@Configuration(proxyBeanMethods = false)
	static class Customizers {

		private final List<String> calls = new ArrayList<>();

		@Bean
		@Order(2)
		AttributeMapperCustomizer second() {
			return (builder) -> this.calls.add("second");
		}

		@Bean
		@Order(1)
		AttributeMapperCustomizer first() {
			return (builder) -> this.calls.add("first");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Listener {

		private final List<SessionEvent> events = new ArrayList<>();

		@EventListener
		void on(SessionEvent event) {
			this.events.add(event);
			throw new IllegalStateException("A listener that fails");
		}

	}

}
