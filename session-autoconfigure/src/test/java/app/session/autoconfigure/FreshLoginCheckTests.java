package app.session.autoconfigure;

import app.session.FreshLogin;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An annotation that makes no sense is found at the start.
 */
class FreshLoginCheckTests {

	private final WebApplicationContextRunner web = new WebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(WebMvcAutoConfiguration.class, SessionAutoConfiguration.class,
				SessionServletAutoConfiguration.class, SessionWebMvcAutoConfiguration.class));

	@Test
	void anApplicationWhoseAnnotationsMakeSenseStarts() {
		this.web.withBean(Right.class).run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void oneWithAnAnnotationThatMakesNoneDoesNotAndNamesTheHandler() {
		this.web.withBean(Wrong.class)
			.run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.hasMessageContaining("@FreshLogin(\"5\")")
				.hasMessageContaining("Wrong#open()")
				.hasMessageContaining("with its unit"));
	}

	@RestController
	static class Right {

		@FreshLogin("5m")
		@GetMapping("/open")
		String open() {
			return "open";
		}

	}

	@RestController
	@FreshLogin("5")
	static class Wrong {

		@GetMapping("/open")
		String open() {
			return "open";
		}

	}

}
