package app.session.http;

import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.switchuser.SwitchUserFilter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An administrator who becomes one of the users, and goes back.
 * <p>
 * After spring-security, SwitchUserFilter of
 * web/src/main/java/org/springframework/security/web/authentication/switchuser and its
 * tests.
 */
class SwitchUserFlowTests extends FlowTests {

	@Configuration(proxyBeanMethods = false)
	@Import(FlowUsers.class)
	static class Application {

		@Bean
		SecurityFilterChain chain(HttpSecurity http, UserDetailsService users) {
			http.authorizeHttpRequests((requests) -> requests.requestMatchers("/login/impersonate")
				.hasRole("ADMIN")
				.requestMatchers("/error")
				.permitAll()
				.anyRequest()
				.authenticated());
			http.formLogin(Customizer.withDefaults());
			SwitchUserFilter filter = new SwitchUserFilter();
			filter.setUserDetailsService(users);
			filter.setTargetUrl("/");
			filter.afterPropertiesSet();
			http.addFilter(filter);
			return http.build();
		}

	}

	@Override
	Class<?> application() {
		return Application.class;
	}

	private WebClient switched() {
		WebClient client = loggedIn("admin");
		assertRedirect(client.submit("/logout", "/login/impersonate", Map.of("username", "user")), "/");
		return client;
	}

	@Test
	void theSessionIsTheUsersAndTheOldIdIsDead() {
		WebClient client = loggedIn("admin");
		WebClient before = elsewhere(client);
		client.submit("/logout", "/login/impersonate", Map.of("username", "user"));
		assertHome(client, "user");
		assertPrincipal(client, "user");
		assertThat(before.get("/").statusCode()).isEqualTo(302);
	}

	@Test
	void theUsersPasswordWasNotShown() {
		WebClient client = switched();
		assertThat(elsewhere(client).get("/since").body()).isEqualTo("unknown");
		assertRedirect(client.get("/fresh"), "/login");
	}

	@Test
	void theAdministratorComesBackWithTheLoginFromBefore() {
		WebClient client = switched();
		assertRedirect(client.submit("/logout", "/logout/impersonate", Map.of()), "/");
		assertHome(client, "admin");
		assertPrincipal(client, "admin");
		assertThat(elsewhere(client).get("/fresh").body()).isEqualTo("Fresh admin");
		assertThat(client.submit("/logout", "/login/impersonate", Map.of("username", "user")).statusCode())
			.isEqualTo(302);
		assertHome(client, "user");
	}

	@Test
	void aUserBecomesNobodyElse() {
		WebClient client = loggedIn("user");
		assertThat(client.submit("/logout", "/login/impersonate", Map.of("username", "admin")).statusCode())
			.isEqualTo(403);
		assertHome(client, "user");
		assertPrincipal(client, "user");
	}

}
