package app.session.http;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One session for each user: there is no second login.
 * <p>
 * After spring-security-samples,
 * servlet/spring-boot/java/session-management/maximum-sessions-prevent-login.
 */
class PreventLoginFlowTests extends FlowTests {

	@Configuration(proxyBeanMethods = false)
	@Import(FlowUsers.class)
	static class Application {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			http.formLogin(Customizer.withDefaults());
			http.sessionManagement((sessions) -> sessions
				.sessionConcurrency((concurrency) -> concurrency.maximumSessions(1).maxSessionsPreventsLogin(true)));
			return http.build();
		}

	}

	@Override
	Class<?> application() {
		return Application.class;
	}

	@AfterEach
	void logOutEverywhere() {
		sessions().revokeAll("user");
	}

	@Test
	void theSecondLoginIsPreventedAndTheFirstGoesOn() {
		WebClient first = loggedIn("user");
		WebClient second = elsewhere(visitor());
		assertRedirect(second.login("user", "password"), "/login?error");
		assertAtTheDoor(second);
		assertHome(first, "user");
		assertThat(sessions().findByPrincipal("user")).hasSize(1);
	}

	@Test
	void aLogoutMakesRoom() {
		WebClient first = loggedIn("user");
		WebClient second = visitor();
		assertRedirect(second.login("user", "password"), "/login?error");
		first.logout();
		assertRedirect(second.login("user", "password"), "/");
		assertHome(second, "user");
	}

	@Test
	void aSessionThatWasRevokedMakesRoom() {
		WebClient first = loggedIn("user");
		sessions().revokeAll("user");
		WebClient second = loggedIn("user");
		assertAtTheDoor(first);
		assertHome(second, "user");
	}

}
