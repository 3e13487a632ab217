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
 * One session for each user: the second login ends the first.
 * <p>
 * After spring-security-samples, servlet/java-configuration/max-sessions and
 * servlet/spring-boot/java/session-management/maximum-sessions.
 */
class MaximumSessionsFlowTests extends FlowTests {

	@Configuration(proxyBeanMethods = false)
	@Import(FlowUsers.class)
	static class Application {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			http.formLogin(Customizer.withDefaults());
			http.sessionManagement((sessions) -> sessions
				.sessionConcurrency((concurrency) -> concurrency.maximumSessions(1).expiredUrl("/login?expired")));
			return http.build();
		}

	}

	@Override
	Class<?> application() {
		return Application.class;
	}

	@Test
	void theSecondLoginEndsTheFirst() {
		WebClient first = loggedIn("user");
		WebClient second = elsewhere(visitor());
		assertRedirect(second.login("user", "password"), "/");
		assertAtTheDoor(first);
		assertHome(second, "user");
		assertThat(sessions().findByPrincipal("user")).hasSize(1);
	}

	@Test
	void anotherUsersLoginEndsNobodys() {
		WebClient user = loggedIn("user");
		WebClient admin = loggedIn("admin");
		assertHome(user, "user");
		assertHome(admin, "admin");
	}

	@Test
	void whoWasEndedLogsInAgain() {
		WebClient first = loggedIn("user");
		WebClient second = loggedIn("user");
		assertAtTheDoor(first);
		assertRedirect(first.login("user", "password"), "/");
		assertHome(first, "user");
		assertAtTheDoor(second);
	}

}
