package app.session.http;

import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A page for who comes back with a session that is over.
 * <p>
 * After spring-security,
 * docs/modules/ROOT/pages/servlet/authentication/session-management.adoc ("Detecting
 * Timeouts").
 */
class InvalidSessionFlowTests extends FlowTests {

	@Configuration(proxyBeanMethods = false)
	@Import(FlowUsers.class)
	static class Application {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			http.authorizeHttpRequests(
					(requests) -> requests.requestMatchers("/note").permitAll().anyRequest().authenticated());
			http.formLogin(Customizer.withDefaults());
			http.sessionManagement((sessions) -> sessions.invalidSessionUrl("/note"));
			return http.build();
		}

	}

	@Override
	Class<?> application() {
		return Application.class;
	}

	@Test
	void whoComesBackWithADeadSessionIsToldOnceAndGoesOn() {
		WebClient client = loggedIn("user");
		sessions().revokeAll("user");
		assertRedirect(client.get("/"), "/note");
		assertThat(elsewhere(client).get("/note").body()).isEqualTo("null");
		assertRedirect(client.get("/"), "/login");
		assertRedirect(client.login("user", "password"), "/?continue");
		assertHome(client, "user");
	}

	@Test
	void whoHasNoSessionIsToldNothing() {
		assertAtTheDoor(visitor());
		assertThat(visitor().get("/note").body()).isEqualTo("no session");
	}

	@Test
	void whoIsLoggedInIsToldNothing() {
		WebClient client = loggedIn("user");
		assertHome(client, "user");
		assertHome(client, "user");
	}

	@Test
	void aForgedCookieIsNoSession() {
		WebClient client = visitor();
		client.cookies().put("session", "A".repeat(108));
		assertRedirect(client.get("/"), "/login");
	}

}
