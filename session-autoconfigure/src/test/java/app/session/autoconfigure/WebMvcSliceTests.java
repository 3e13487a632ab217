package app.session.autoconfigure;

import java.util.Optional;

import app.session.Session;
import app.session.SessionObject;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A test of a controller alone has the session too, from the filter to the cookie.
 */
@WebMvcTest
class WebMvcSliceTests {

	@Autowired
	private MockMvcTester mvc;

	@Test
	void aControllersArgumentAnswersAndTheCookieGoesThereAndBack() {
		MvcTestResult first = this.mvc.get().uri("/views").exchange();
		assertThat(first).hasStatusOk().bodyText().isEqualTo("1");
		assertThat(first).cookies().containsCookie("session").isHttpOnly("session", true);
		assertThat(this.mvc.get().uri("/views").cookie(first.getResponse().getCookies()).exchange()).bodyText()
			.isEqualTo("2");
		assertThat(this.mvc.get().uri("/views")).bodyText().isEqualTo("1");
	}

	@Test
	void aFormOfTheSessionIsMadeOfTheSessionAndNotOfTheQuery() {
		MvcTestResult first = this.mvc.get().uri("/views").exchange();
		assertThat(this.mvc.get().uri("/visit?views=7").cookie(first.getResponse().getCookies()).exchange()).bodyText()
			.isEqualTo("1");
	}

	@Test
	void anOptionalSessionIsThereOnlyIfThereIsOne() {
		assertThat(this.mvc.get().uri("/known")).bodyText().isEqualTo("false");
		MvcTestResult first = this.mvc.get().uri("/views").exchange();
		assertThat(this.mvc.get().uri("/known").cookie(first.getResponse().getCookies()).exchange()).bodyText()
			.isEqualTo("true");
	}

	@SessionObject
	record Visit(int views) {
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Views.class)
	static class Application {

	}

	@RestController
	static class Views {

		@GetMapping("/views")
		String views(Session session) {
			return String.valueOf(session.increment("views"));
		}

		@GetMapping("/visit")
		String visit(Visit visit) {
			return String.valueOf(visit.views());
		}

		@GetMapping("/known")
		String known(Optional<Session> session) {
			return String.valueOf(session.isPresent());
		}

	}

}
