package app.session.autoconfigure;

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
import app.session.core.SessionEngine;
import app.session.crypto.KeyRing;
import app.session.store.memory.MemorySessionRepository;
import app.session.web.RequestSessions;
import app.session.web.SessionArgumentResolver;
import app.session.web.SessionPolicyInterceptor;
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
	void theStoreInMemoryEndsItsThreadWithTheApplication() {
		this.web.run((context) -> {
			Object thread = ReflectionTestUtils.getField(context.getBean(MemorySessionRepository.class), "thread");
			assertThat(thread).extracting("shutdown").isEqualTo(false);
			context.close();
			assertThat(thread).extracting("shutdown").isEqualTo(true);
		});
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
	void theMapperIsCustomizedInOrder() {
		this.web.withUserConfiguration(Customizers.class).run((context) -> {
			AttributeCodec codec = context.getBean(AttributeCodec.class);
			assertThat(context.getBean(Customizers.class).calls).containsExactly("first", "second");
			// Another mapper is for values of an HttpSession.
			codec.encodeObject("a", List.of());
			assertThat(context.getBean(Customizers.class).calls).containsExactly("first", "second", "first", "second");
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

	private static long visit(Visitor visitor) {
		long[] count = new long[1];
		visitor.get("/", (request, response) -> count[0] = RequestSessions.of(request).increment("views"));
		return count[0];
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
