package app.session.http;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.security.core.session.SessionRegistryImpl;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.session.HttpSessionEventPublisher;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application from before our starter, which brings the registry and the publisher of
 * events that Spring Security needs without it.
 * <p>
 * After spring-security,
 * docs/modules/ROOT/pages/servlet/authentication/session-management.adoc ("Configuring
 * Concurrent Session Control").
 */
class OwnRegistryFlowTests extends FlowTests {

	private static final int MAXIMUM = 2;

	@Configuration(proxyBeanMethods = false)
	@Import(FlowUsers.class)
	static class Application {

		@Bean
		SessionRegistry sessionRegistry() {
			return new SessionRegistryImpl();
		}

		@Bean
		HttpSessionEventPublisher httpSessionEventPublisher() {
			return new HttpSessionEventPublisher();
		}

		@Bean
		SecurityFilterChain chain(HttpSecurity http, SessionRegistry registry) {
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			http.formLogin(Customizer.withDefaults());
			http.sessionManagement(
					(sessions) -> sessions.maximumSessions(MAXIMUM).sessionRegistry(registry).expiredUrl("/expired"));
			return http.build();
		}

	}

	@Override
	Class<?> application() {
		return Application.class;
	}

	@Test
	void neverMoreAreAliveThanMayBeOnAllNodes() {
		WebClient first = loggedIn("user");
		WebClient second = elsewhere(visitor());
		assertRedirect(second.login("user", "password"), "/");
		WebClient third = loggedIn("user");
		assertThat(sessions().findByPrincipal("user")).hasSize(MAXIMUM);
		assertThat(first.get("/").statusCode()).isEqualTo(302);
		assertHome(second, "user");
		assertHome(third, "user");
		WebClient fourth = elsewhere(visitor());
		assertRedirect(fourth.login("user", "password"), "/");
		assertThat(second.get("/").statusCode()).isEqualTo(302);
		assertHome(third, "user");
		assertHome(fourth, "user");
		assertThat(sessions().findByPrincipal("user")).hasSize(MAXIMUM);
	}

	@RepeatedTest(3)
	void neverMoreAreAliveThanMayBeWhenManyLogInAtOnce() throws Exception {
		List<WebClient> clients = new ArrayList<>();
		List<Callable<HttpResponse<String>>> logins = new ArrayList<>();
		for (int i = 0; i < MAXIMUM + 3; i++) {
			WebClient client = nodes().client(i);
			String token = WebClient.token(client.get("/login"));
			clients.add(client);
			logins.add(() -> client.post("/login", Map.of("username", "user", "password", "password", "_csrf", token)));
		}
		for (HttpResponse<String> response : Together.call(Duration.ofSeconds(30), logins)) {
			assertThat(response.statusCode()).isIn(302, 409);
		}
		assertThat(sessions().findByPrincipal("user")).hasSize(MAXIMUM);
		long alive = clients.stream().filter((client) -> client.get("/").statusCode() == 200).count();
		assertThat(alive).isLessThanOrEqualTo(MAXIMUM);
	}

	@Test
	void aSessionThatTheRegistryExpiresIsLoggedOut() {
		WebClient client = loggedIn("admin");
		SessionRegistry registry = nodes().bean(0, SessionRegistry.class);
		String id = client.get("/id").body();
		registry.registerNewSession(id, "admin");
		assertThat(registry.getSessionInformation(id)).isNotNull();
		registry.getSessionInformation(id).expireNow();
		assertRedirect(client.get("/"), "/expired");
		assertAtTheDoor(client);
		assertThat(sessions().findByPrincipal("admin")).isEmpty();
	}

}
