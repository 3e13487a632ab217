package app.session.http;

import java.util.List;

import app.session.Session;
import jakarta.servlet.http.HttpSession;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Spring Session answers for the {@code HttpSession}, and a handler takes ours beside it.
 */
class SpringSessionHttpTests extends HttpTests {

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Shop.class)
	static class Application {

		@Bean
		TomcatServletWebServerFactory webServer() {
			return new TomcatServletWebServerFactory();
		}

	}

	@RestController
	static class Shop {

		@GetMapping("/theirs")
		String theirs(HttpSession session) {
			session.setAttribute("name", "theirs");
			return session.getClass().getName();
		}

		@GetMapping("/ours")
		long ours(Session session) {
			return session.increment("views");
		}

	}

	@Override
	Class<?>[] sources() {
		return new Class<?>[] { Application.class };
	}

	@Override
	String[] properties() {
		return new String[] { "app.session.http-session.enabled=false", "spring.datasource.url=jdbc:h2:mem:theirs",
				"server.servlet.session.cookie.name=THEIRS" };
	}

	@Test
	void eachHasItsCookieAndItsStore() {
		Browser theirs = browser();
		assertThat(Browser.setCookies(theirs.get("/theirs"))).singleElement().asString().startsWith("THEIRS=");
		Browser ours = browser();
		assertThat(Browser.setCookies(ours.get("/ours"))).singleElement().asString().startsWith("session=");
		assertThat(ours.get("/ours").body()).isEqualTo("2");
		assertThat(theirs.get("/theirs").body()).startsWith("org.springframework.session.");
		assertThat(bean(JdbcTemplate.class).queryForList("select attribute_name from spring_session_attributes",
				String.class))
			.isEqualTo(List.of("name"));
	}

}
