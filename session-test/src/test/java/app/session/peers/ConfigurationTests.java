package app.session.peers;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * What is wrong with a configuration stops the application, and is said by the name of
 * the property.
 */
class ConfigurationTests {

	private static ConfigurableApplicationContext start(Class<?> source, String... properties) {
		SpringApplicationBuilder application = new SpringApplicationBuilder(HandlerApplication.class, source)
			.web(WebApplicationType.SERVLET)
			.properties(Map.of("server.port", "0", "server.address", "127.0.0.1", "spring.main.banner-mode", "off"));
		return application.run(properties);
	}

	private static String refusal(Class<?> source, String... properties) {
		Throwable failure = catchThrowable(() -> start(source, properties).close());
		assertThat(failure).isNotNull();
		StringBuilder messages = new StringBuilder();
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			messages.append(cause.getMessage()).append('\n');
		}
		return messages.toString();
	}

	/** Not the first visitor who writes finds out. */
	@Test
	@Expectation({ "b.2", "b.67" })
	void aStoreThatMayBeSharedNeedsAKey() {
		assertThat(refusal(OwnStore.class)).contains("app.session.keys");
		assertThat(refusal(OwnStore.class, "--app.session.keys=")).contains("app.session.keys");
	}

	/** A random one signs then; koa-session's cookie goes out unsigned. */
	@Test
	@Expectation({ "b.3", "signed" })
	void theStoreInMemoryNeedsNoKeyAndSignsAllTheSame() {
		try (ConfigurableApplicationContext context = start(HandlerApplication.class)) {
			Visitor visitor = Visitor.of(context);
			visitor.visit((session) -> session.set("message", "hello"));
			assertThat(visitor.cookie().getValue()).hasSize(108);
			assertThat(visitor.ask((session) -> session.get("message", String.class)).body()).isEqualTo("hello");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "some time", "session", "NaN", "Infinity" })
	@Expectation({ "b.6", "b.70" })
	void aMaxAgeThatIsNoLengthOfTimeIsRefused(String maxAge) {
		assertThat(refusal(HandlerApplication.class, "--app.session.cookie.max-age=" + maxAge))
			.contains("app.session.cookie.max-age");
	}

	@ParameterizedTest
	@ValueSource(strings = { "name=a;b", "name=a=b", "name=a b", "path=/;Secure", "path=nowhere", "domain=a;b",
			"same-site=bogus", "priority=bogus", "secure=bogus" })
	@Expectation("b.73")
	void whatNoCookieMayHaveIsRefused(String property) {
		assertThat(refusal(HandlerApplication.class, "--app.session.cookie." + property))
			.contains("app.session.cookie." + property.substring(0, property.indexOf('=')));
	}

}
