package app.session.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import app.session.core.EngineSettings;
import app.session.core.SessionEngine;
import app.session.web.SessionCookie;
import app.session.web.SessionCookie.SameSite;
import app.session.web.SessionCookie.Secure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.context.servlet.AnnotationConfigServletWebApplicationContext;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.PropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.mock.web.MockServletContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Spring Boot's properties of the servlet session are the fallback of ours.
 */
@ExtendWith(OutputCaptureExtension.class)
class ServletSessionDefaultsTests {

	private static final String HTTP_SESSION = "app.session.http-session.enabled=true";

	private static final String REQUEST_EVENTS = "spring.mvc.publish-request-handled-events";

	private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(PropertyPlaceholderAutoConfiguration.class,
				SessionAutoConfiguration.class, SessionServletAutoConfiguration.class, WebMvcAutoConfiguration.class));

	@Test
	void withNeitherTheDefaultsAreOurs() {
		run((context) -> {
			assertThat(settings(context)).isEqualTo(EngineSettings.DEFAULTS);
			assertThat(cookie(context)).isEqualTo(SessionCookie.DEFAULTS);
		}, HTTP_SESSION);
	}

	@ParameterizedTest
	@CsvSource({ "600, 10m", "10m, 10m", "PT10M, 10m", "1500ms, 1500ms", "${minutes:7}m, 7m" })
	void theTimeoutIsTakenInSecondsWithoutAUnit(String timeout, String expected) {
		run((context) -> assertThat(settings(context).timeout()).isEqualTo(duration(expected)),
				"server.servlet.session.timeout=" + timeout);
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "-1", "0s", "-30m", "PT-1S" })
	void aTimeoutOfNeverIsAsLongAsTheSessionLives(String never) {
		run((context) -> assertThat(settings(context).timeout()).isEqualTo(Duration.ofHours(24)),
				"server.servlet.session.timeout=" + never);
		run((context) -> assertThat(settings(context).timeout()).isEqualTo(Duration.ofDays(7)),
				"server.servlet.session.timeout=" + never, "app.session.max-lifetime=7d");
	}

	@Test
	void eachPropertyOfTheCookieIsTaken() {
		run((context) -> {
			assertThat(cookie(context)).isEqualTo(new SessionCookie("SESSION", "/shop", "example.org", SameSite.STRICT,
					Secure.TRUE, false, true, false, false, null));
			assertThat(settings(context).cookieMaxAge()).isEqualTo(Duration.ofHours(1));
		}, HTTP_SESSION, "server.servlet.session.cookie.name=SESSION", "server.servlet.session.cookie.path=/shop",
				"server.servlet.session.cookie.domain=example.org", "server.servlet.session.cookie.http-only=false",
				"server.servlet.session.cookie.secure=yes", "server.servlet.session.cookie.max-age=3600",
				"server.servlet.session.cookie.same-site=strict", "server.servlet.session.cookie.partitioned=true");
	}

	@Test
	void oursWins() {
		run((context) -> {
			assertThat(cookie(context)).isEqualTo(new SessionCookie("ours", "/", "ours.example", SameSite.LAX,
					Secure.AUTO, true, false, false, false, null));
			assertThat(settings(context).cookieMaxAge()).isEqualTo(Duration.ofHours(2));
			assertThat(settings(context).timeout()).isEqualTo(Duration.ofMinutes(5));
		}, HTTP_SESSION, "app.session.timeout=5m", "app.session.cookie.name=ours", "app.session.cookie.path=/",
				"app.session.cookie.domain=ours.example", "app.session.cookie.httpOnly=true",
				"app.session.cookie.secure=auto", "app.session.cookie.max_age=2h", "app.session.cookie.sameSite=lax",
				"app.session.cookie.partitioned=false", "server.servlet.session.timeout=10m",
				"server.servlet.session.cookie.name=SESSION", "server.servlet.session.cookie.path=/shop",
				"server.servlet.session.cookie.domain=example.org", "server.servlet.session.cookie.http-only=false",
				"server.servlet.session.cookie.secure=true", "server.servlet.session.cookie.max-age=3600",
				"server.servlet.session.cookie.same-site=strict", "server.servlet.session.cookie.partitioned=true");
	}

	@ParameterizedTest
	@ValueSource(strings = { "cookie.max-age=-1", "cookie.same-site=omitted", "cookie.same-site=OMITTED",
			"cookie.domain=", "cookie.name=" })
	void whatSaysNothingIsOurDefault(String property) {
		run((context) -> {
			assertThat(cookie(context)).isEqualTo(SessionCookie.DEFAULTS);
			assertThat(settings(context).cookieMaxAge()).isNull();
		}, HTTP_SESSION, "server.servlet.session." + property);
	}

	@Test
	void besideTheContainersSessionTheNameIsTheContainers() {
		run((context) -> {
			assertThat(cookie(context).name()).isEqualTo("session");
			assertThat(cookie(context).path()).isEqualTo("/shop");
		}, "app.session.http-session.enabled=false", "server.servlet.session.cookie.name=SESSION",
				"server.servlet.session.cookie.path=/shop");
	}

	@Test
	void aNameThatIsTakenIsCheckedAsOursIsAndTheAnalysisSaysWhereItIsSet() {
		assertThat(failure(HTTP_SESSION, "server.servlet.session.cookie.name=__Host-SESSION").getDescription())
			.isEqualTo("The property app.session.cookie.name is '__Host-SESSION' "
					+ "(server.servlet.session.cookie.name from \"server.servlet.session.cookie.name\" from "
					+ "property source \"test\"): The prefix is added to the name where it is possible.");
	}

	@ParameterizedTest
	@CsvSource({ "timeout=25h, It is longer than app.session.max-lifetime", "cookie.max-age=0, at once",
			"cookie.path=shop, No browser takes it", "cookie.max-age=500d, for so long" })
	void whatMakesNoSenseHereStopsTheApplication(String property, String reason) {
		assertThat(failure("server.servlet.session." + property).getDescription())
			.contains("(server.servlet.session." + property.split("=")[0] + " from ", reason);
	}

	@Test
	void requestsAreNotAskedForTheirPrincipalAtTheirEnd() {
		run((context) -> assertThat(publishes(context)).isFalse(), HTTP_SESSION);
		run((context) -> assertThat(publishes(context)).isTrue(), HTTP_SESSION, REQUEST_EVENTS + "=true");
		run((context) -> assertThat(publishes(context)).isTrue(), "app.session.http-session.enabled=false");
		run((context) -> assertThat(publishes(context)).isTrue(), HTTP_SESSION, "app.session.enabled=false");
	}

	@Test
	void whatDoesNothingIsSaidOnce(CapturedOutput output) {
		run((context) -> {
		}, HTTP_SESSION, "server.servlet.session.persistent=true", "server.servlet.session.tracking-modes=cookie,url",
				"server.servlet.session.store-dir=sessions");
		assertThat(output.getOut()).containsOnlyOnce("server.servlet.session.tracking-modes, "
				+ "server.servlet.session.persistent, server.servlet.session.store-dir: without effect");
	}

	@Test
	void nothingIsSaidOfWhatDoesNoHarm(CapturedOutput output) {
		run((context) -> {
		}, HTTP_SESSION, "server.servlet.session.persistent=false", "server.servlet.session.tracking-modes=COOKIE");
		run((context) -> {
		}, "app.session.http-session.enabled=false", "server.servlet.session.persistent=true");
		assertThat(output.getOut()).doesNotContain("without effect");
	}

	@Test
	void environmentVariablesAreTaken() {
		Map<String, Object> variables = Map.of("SERVER_SERVLET_SESSION_TIMEOUT", "600",
				"SERVER_SERVLET_SESSION_COOKIE_HTTPONLY", "false", "SERVER_SERVLET_SESSION_COOKIE_SAMESITE", "strict",
				"SERVER_SERVLET_SESSION_COOKIE_NAME", "SESSION", "APP_SESSION_COOKIE_SAMESITE", "lax",
				"APP_SESSION_HTTPSESSION_ENABLED", "true");
		try (ConfigurableApplicationContext context = application(variables).run()) {
			assertThat(settings(context).timeout()).isEqualTo(Duration.ofMinutes(10));
			assertThat(cookie(context)).isEqualTo(new SessionCookie("SESSION", "/", null, SameSite.LAX, Secure.AUTO,
					false, false, false, false, null));
		}
	}

	@Test
	void theApplicationsOwnDefaultsWin() {
		try (ConfigurableApplicationContext context = application(Map.of("SERVER_SERVLET_SESSION_TIMEOUT", "10m"))
			.properties("app.session.timeout=5m", HTTP_SESSION, REQUEST_EVENTS + "=true")
			.run()) {
			assertThat(settings(context).timeout()).isEqualTo(Duration.ofMinutes(5));
			assertThat(publishes(context)).isTrue();
		}
	}

	@Test
	void aFileThatTheApplicationNamesWinsAndIsTaken(@TempDir Path directory) throws IOException {
		Path file = Files.writeString(directory.resolve("file.properties"),
				"app.session.timeout=5m\n" + REQUEST_EVENTS + "=true\n" + "server.servlet.session.cookie.path=/shop\n");
		try (ConfigurableApplicationContext context = application(Map.of("SERVER_SERVLET_SESSION_TIMEOUT", "10m"))
			.sources(WithFile.class)
			.properties("file=" + file.toUri(), HTTP_SESSION)
			.run()) {
			assertThat(settings(context).timeout()).isEqualTo(Duration.ofMinutes(5));
			assertThat(cookie(context).path()).isEqualTo("/shop");
			assertThat(publishes(context)).isTrue();
		}
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ PropertyPlaceholderAutoConfiguration.class, SessionAutoConfiguration.class,
			SessionServletAutoConfiguration.class, WebMvcAutoConfiguration.class })
	static class Application {

	}

	@Configuration(proxyBeanMethods = false)
	@PropertySource("${file}")
	static class WithFile {

	}

	/** A real one, but for the server. */
	private static SpringApplicationBuilder application(Map<String, Object> variables) {
		StandardEnvironment environment = new StandardEnvironment();
		String name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
		environment.getPropertySources().replace(name, new SystemEnvironmentPropertySource(name, variables));
		return new SpringApplicationBuilder(Application.class).environment(environment)
			.web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.contextFactory((type) -> {
				AnnotationConfigServletWebApplicationContext context = new AnnotationConfigServletWebApplicationContext();
				context.setServletContext(new MockServletContext());
				return context;
			});
	}

	private void run(Consumer<ApplicationContext> test, String... properties) {
		this.runner.withPropertyValues(properties).run((context) -> {
			assertThat(context).hasNotFailed();
			test.accept(context);
		});
	}

	private FailureAnalysis failure(String... properties) {
		AtomicReference<ConfigurableEnvironment> environment = new AtomicReference<>();
		AtomicReference<FailureAnalysis> analysis = new AtomicReference<>();
		this.runner.withInitializer((context) -> environment.set(context.getEnvironment()))
			.withPropertyValues(properties)
			.run((context) -> {
				assertThat(context).hasFailed();
				analysis.set(new InvalidSessionPropertyFailureAnalyzer(environment.get())
					.analyze(context.getStartupFailure()));
			});
		return analysis.get();
	}

	private static Duration duration(String text) {
		return DurationStyle.detectAndParse(text);
	}

	private static boolean publishes(ApplicationContext context) {
		return context.getBean(WebMvcProperties.class).isPublishRequestHandledEvents();
	}

	private static SessionCookie cookie(ApplicationContext context) {
		return context.getBean(SessionCookie.class);
	}

	private static EngineSettings settings(ApplicationContext context) {
		return (EngineSettings) assertThat(context.getBean(SessionEngine.class)).extracting("settings").actual();
	}

}
