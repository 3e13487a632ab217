package app.session.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import app.session.SessionLimit;
import app.session.SessionLimit.WhenFull;
import app.session.Session;
import app.session.Sessions;
import app.session.core.EngineSettings;
import app.session.core.EngineSettings.OnStoreFailure;
import app.session.core.SessionEngine;
import app.session.store.memory.MemorySessionRepository;
import app.session.web.RequestSessions;
import app.session.web.SessionCookie;
import app.session.web.SessionFilter;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ApplicationContext;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each property reaches what it is for.
 */
class SessionPropertiesTests {

	private final WebApplicationContextRunner runner = new WebApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(SessionAutoConfiguration.class, SessionServletAutoConfiguration.class));

	@Test
	void withoutPropertiesTheDefaultsAreThoseOfTheParts() {
		this.runner.run((context) -> {
			assertThat(settings(context)).isEqualTo(EngineSettings.DEFAULTS);
			assertThat(context.getBean(SessionCookie.class)).isEqualTo(SessionCookie.DEFAULTS);
			assertThat(context.getBean(FilterRegistrationBean.class).getOrder()).isEqualTo(SessionFilter.ORDER);
		});
	}

	@Test
	void enabledFalseLeavesNoFilterAndNoEngine() {
		this.runner.withPropertyValues("app.session.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(FilterRegistrationBean.class)
				.doesNotHaveBean(SessionEngine.class)
				.doesNotHaveBean(SessionProperties.class));
	}

	@Test
	void storeNamesTheStore() {
		this.runner.withPropertyValues("app.session.store=memory")
			.run((context) -> assertThat(context).hasSingleBean(MemorySessionRepository.class));
	}

	@Test
	void timeoutIsThatOfTheEngineAndInSecondsWithoutAUnit() {
		run("app.session.timeout=10m",
				(context) -> assertThat(settings(context).timeout()).isEqualTo(Duration.ofMinutes(10)));
		run("app.session.timeout=90",
				(context) -> assertThat(settings(context).timeout()).isEqualTo(Duration.ofSeconds(90)));
	}

	@Test
	void maxLifetimeIsThatOfTheEngine() {
		run("app.session.max-lifetime=8h",
				(context) -> assertThat(settings(context).maxLifetime()).isEqualTo(Duration.ofHours(8)));
	}

	@Test
	void anonymousTimeoutIsThatOfTheEngine() {
		run("app.session.anonymous-timeout=5m",
				(context) -> assertThat(settings(context).anonymousTimeout()).isEqualTo(Duration.ofMinutes(5)));
	}

	@Test
	void touchFractionIsThatOfTheEngine() {
		run("app.session.touch-fraction=0", (context) -> assertThat(settings(context).touchFraction()).isZero());
	}

	@Test
	void storeTimeoutIsThatOfTheEngine() {
		run("app.session.store-timeout=500ms",
				(context) -> assertThat(settings(context).storeTimeout()).isEqualTo(Duration.ofMillis(500)));
	}

	@Test
	void onStoreFailureIsThatOfTheEngine() {
		this.runner.run((context) -> assertThat(settings(context).onStoreFailure()).isEqualTo(OnStoreFailure.FAIL));
		run("app.session.on-store-failure=anonymous",
				(context) -> assertThat(settings(context).onStoreFailure()).isEqualTo(OnStoreFailure.ANONYMOUS));
	}

	@Test
	void withoutAutoCommitOnlySaveSaves() {
		run("app.session.auto-commit=false", (context) -> {
			assertThat(get(context, "/", (session) -> session.set("a", 1)).getCookies()).isEmpty();
			assertThat(get(context, "/", (session) -> {
				session.set("a", 1);
				session.save();
			}).getCookies()).hasSize(1);
		});
	}

	@Test
	void discardOnErrorDropsTheChangesOfAFailedRequest() {
		run("app.session.discard-on-error=true",
				(context) -> assertThat(new Visitor(context).get("/", (request, response) -> {
					RequestSessions.of(request).set("a", 1);
					response.setStatus(500);
				}).getCookies()).isEmpty());
		run("app.session.discard-on-error=false",
				(context) -> assertThat(new Visitor(context).get("/", (request, response) -> {
					RequestSessions.of(request).set("a", 1);
					response.setStatus(500);
				}).getCookies()).hasSize(1));
	}

	@Test
	void onlyIncludedPathsHaveASession() {
		run("app.session.include-paths=/shop/**,/account", (context) -> {
			assertThat(hasSession(context, "/shop/cart")).isTrue();
			assertThat(hasSession(context, "/account")).isTrue();
			assertThat(hasSession(context, "/other")).isFalse();
		});
	}

	@Test
	void excludedPathsHaveNoSession() {
		run("app.session.exclude-paths=/api/**", (context) -> {
			assertThat(hasSession(context, "/api/items")).isFalse();
			assertThat(hasSession(context, "/favicon.ico")).isTrue();
		});
	}

	@Test
	void whatNoHandlerAnswersIsExcludedFromTheStart() {
		this.runner.run((context) -> {
			for (String path : List.of("/favicon.ico", "/webjars/a/b.css", "/actuator/health",
					"/actuator/health/readiness")) {
				assertThat(hasSession(context, path)).as(path).isFalse();
			}
			for (String path : List.of("/", "/error", "/actuator/info", "/images/1")) {
				assertThat(hasSession(context, path)).as(path).isTrue();
			}
		});
	}

	@Test
	void filterOrderIsThatOfTheFilter() {
		run("app.session.filter-order=7",
				(context) -> assertThat(context.getBean(FilterRegistrationBean.class).getOrder()).isEqualTo(7));
	}

	@Test
	void theLimitsAreThoseOfTheEngine() {
		run("app.session.limits.max-attributes=3",
				(context) -> assertThat(settings(context).maxAttributes()).isEqualTo(3));
		run("app.session.limits.max-size=64KB",
				(context) -> assertThat(settings(context).maxBytes()).isEqualTo(65_536));
		run("app.session.limits.max-name-length=9",
				(context) -> assertThat(settings(context).maxNameLength()).isEqualTo(9));
	}

	@Test
	void memoryMaxSessionsBoundsTheStore() {
		run("app.session.memory.max-sessions=10", (context) -> {
			for (int i = 0; i < 50; i++) {
				get(context, "/", (session) -> session.set("a", 1));
			}
			assertThat(context.getBean(MemorySessionRepository.class).count()).isBetween(1L, 10L);
		});
	}

	@Test
	void thePrincipalsLimitIsThatOfTheEngine() {
		run("app.session.principal.max-sessions=3",
				(context) -> assertThat(settings(context).limit()).isEqualTo(new SessionLimit(3, WhenFull.END_OLDEST)));
		this.runner.withPropertyValues("app.session.principal.max-sessions=1", "app.session.principal.when-full=refuse")
			.run((context) -> assertThat(settings(context).limit()).isEqualTo(new SessionLimit(1, WhenFull.REFUSE)));
	}

	@Test
	void aLoginRecordsTheClientOnlyIfItIsToldTo() {
		this.runner.run((context) -> assertThat(login(context)).satisfies((info) -> {
			assertThat(info.authenticationTime()).isNotNull();
			assertThat(info.address()).isNull();
			assertThat(info.userAgent()).isNull();
		}));
		run("app.session.principal.record-client=true", (context) -> assertThat(login(context)).satisfies((info) -> {
			assertThat(info.address()).isEqualTo("127.0.0.1");
			assertThat(info.userAgent()).isEqualTo("Browser/1");
		}));
	}

	private static Sessions.Info login(ApplicationContext context) {
		MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");
		request.addHeader("User-Agent", "Browser/1");
		new Visitor(context).send(request, (handled, response) -> RequestSessions.of(handled).setPrincipal("alice"));
		return context.getBean(Sessions.class).findByPrincipal("alice").get(0);
	}

	@Test
	void thePropertiesNeverPrintTheKeys() {
		run("app.session.keys=" + TestKeys.FIRST,
				(context) -> assertThat(context.getBean(SessionProperties.class)).asString()
					.contains("keys=1")
					.doesNotContain(TestKeys.FIRST));
	}

	private void run(String property, Consumer<ApplicationContext> test) {
		this.runner.withPropertyValues(property).run(test::accept);
	}

	private static EngineSettings settings(ApplicationContext context) {
		return (EngineSettings) assertThat(context.getBean(SessionEngine.class)).extracting("settings").actual();
	}

	private static boolean hasSession(ApplicationContext context, String path) {
		boolean[] found = new boolean[1];
		new Visitor(context).get(path, (request, response) -> found[0] = RequestSessions.find(request).isPresent());
		return found[0];
	}

	private static MockHttpServletResponse get(ApplicationContext context, String path, Consumer<Session> handler) {
		return new Visitor(context).get(path, (request, response) -> handler.accept(RequestSessions.of(request)));
	}

}
