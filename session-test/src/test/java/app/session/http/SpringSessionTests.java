package app.session.http;

import app.session.Sessions;
import app.session.autoconfigure.SessionAutoConfiguration;
import app.session.autoconfigure.SessionServletAutoConfiguration;
import app.session.autoconfigure.SessionWebMvcAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.session.jdbc.autoconfigure.JdbcSessionAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.session.web.http.SessionRepositoryFilter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * An application that has Spring Session on its class path as well.
 */
@ExtendWith(OutputCaptureExtension.class)
class SpringSessionTests {

	private final WebApplicationContextRunner ours = new WebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SessionAutoConfiguration.class, SessionServletAutoConfiguration.class,
				SessionWebMvcAutoConfiguration.class));

	private final WebApplicationContextRunner both = this.ours
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class, JdbcTemplateAutoConfiguration.class,
				DataSourceTransactionManagerAutoConfiguration.class,
				org.springframework.boot.session.autoconfigure.SessionAutoConfiguration.class,
				JdbcSessionAutoConfiguration.class));

	@Test
	void twoThatAnswerForTheHttpSessionStopTheApplicationWhichSaysWhy(CapturedOutput output) {
		SpringApplicationBuilder application = new SpringApplicationBuilder(SpringSessionHttpTests.Application.class)
			.web(WebApplicationType.SERVLET)
			.properties("server.port=0", "server.address=127.0.0.1", "spring.datasource.url=jdbc:h2:mem:twice",
					"app.session.http-session.enabled=true");
		assertThatThrownBy(application::run).hasMessageContaining("app.session.http-session.enabled");
		assertThat(output.getOut()).contains("APPLICATION FAILED TO START",
				"The property app.session.http-session.enabled is 'true'",
				"Spring Session is on the class path, and answers request.getSession() as well, with a cookie and a "
						+ "store of its own.",
				"Remove the dependency on Spring Session (spring-boot-starter-session-*, spring-session-*), or set "
						+ "app.session.http-session.enabled=false to keep it beside the Session that handlers take as an "
						+ "argument.");
	}

	@Test
	void itIsEnoughThatSpringSessionIsOnTheClassPath() {
		this.ours.withPropertyValues("app.session.http-session.enabled=true")
			.run((context) -> assertThat(context).getFailure()
				.hasMessageContaining("Spring Session is on the class path"));
	}

	@Test
	void withTheHttpSessionLeftToItBothLive() {
		this.both.withPropertyValues("app.session.http-session.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(Sessions.class)
				.hasSingleBean(SessionRepositoryFilter.class));
	}

	@Test
	void withoutOursItLives() {
		this.both.withPropertyValues("app.session.enabled=false", "app.session.http-session.enabled=true")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(Sessions.class)
				.hasSingleBean(SessionRepositoryFilter.class));
	}

	@Test
	void theModuleOfSpringBootAloneDoesNoHarm() {
		this.both.withClassLoader(new FilteredClassLoader("org.springframework.session"))
			.withPropertyValues("app.session.http-session.enabled=true")
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(Sessions.class));
	}

}
