package app.session.peers;

import java.net.http.HttpClient;
import java.net.URI;
import java.util.UUID;

import app.session.Session;
import app.session.SessionMigration;
import app.session.http.WebClient;
import jakarta.servlet.http.HttpSession;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.session.jdbc.autoconfigure.JdbcSessionAutoConfiguration;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A visitor of an application that had Spring Session goes on where he was.
 */
class SpringSessionMigrationTests {

	private final String url = "spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";

	private ConfigurableApplicationContext start(Class<?> handlers, String... properties) {
		String[] arguments = new String[properties.length + 3];
		arguments[0] = "--server.port=0";
		arguments[1] = "--server.address=127.0.0.1";
		arguments[2] = "--" + this.url;
		for (int i = 0; i < properties.length; i++) {
			arguments[i + 3] = "--" + properties[i];
		}
		return new SpringApplicationBuilder(Application.class, handlers).web(WebApplicationType.SERVLET).run(arguments);
	}

	private static URI uri(ConfigurableApplicationContext context) {
		return URI.create("http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port"));
	}

	@Test
	void theViewsGoOnAndTheRecordIsMoved() {
		WebClient visitor;
		try (ConfigurableApplicationContext old = start(Before.class, "app.session.enabled=false")) {
			visitor = new WebClient(HttpClient.newHttpClient(), uri(old));
			assertThat(visitor.get("/").body()).isEqualTo(Pages.views(1));
			assertThat(visitor.get("/").body()).isEqualTo(Pages.views(2));
		}
		assertThat(visitor.cookies()).containsOnlyKeys("SESSION");
		try (ConfigurableApplicationContext moving = start(After.class, "app.session.http-session.enabled=false",
				"app.session.migrate-from=spring-session-jdbc")) {
			WebClient mover = visitor.at(uri(moving));
			assertThat(moving.getBean(SessionMigration.class).remaining()).isEqualTo(1);
			assertThat(mover.get("/").body()).isEqualTo(Pages.views(3));
			assertThat(moving.getBean(SessionMigration.class).remaining()).isZero();
			assertThat(mover.cookies()).containsKeys("SESSION", "session");
			assertThat(mover.get("/").body()).isEqualTo(Pages.views(4));
			mover.cookies().remove("session");
			assertThat(mover.get("/").body()).as("the cookie of ours was lost on the way").isEqualTo(Pages.views(5));
		}
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		TomcatServletWebServerFactory webServer() {
			return new TomcatServletWebServerFactory();
		}

	}

	@RestController
	static class Before {

		@GetMapping("/")
		String views(HttpSession session) {
			Integer views = (Integer) session.getAttribute("views");
			int n = (views != null) ? views + 1 : 1;
			session.setAttribute("views", n);
			return Pages.views(n);
		}

	}

	@RestController
	@EnableAutoConfiguration(exclude = JdbcSessionAutoConfiguration.class)
	static class After {

		@GetMapping("/")
		String views(Session session) {
			return Pages.views(session.increment("views"));
		}

	}

}
