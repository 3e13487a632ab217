package app.session.http;

import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When Spring Security may make a session.
 * <p>
 * After spring-security,
 * docs/modules/ROOT/pages/servlet/authentication/session-management.adoc ("Configuring
 * Persistence for Stateless Authentication", "Force Eager Session Creation").
 */
class SessionCreationFlowTests extends FlowTests {

	private static final String BASIC = "Basic dXNlcjpwYXNzd29yZA==";

	@Configuration(proxyBeanMethods = false)
	@Import({ FlowUsers.class, Paths.class })
	static class Application {

		@Bean
		SecurityFilterChain stateless(HttpSecurity http) {
			return chain(http, "stateless", SessionCreationPolicy.STATELESS);
		}

		@Bean
		SecurityFilterChain never(HttpSecurity http) {
			return chain(http, "never", SessionCreationPolicy.NEVER);
		}

		@Bean
		SecurityFilterChain always(HttpSecurity http) {
			return chain(http, "always", SessionCreationPolicy.ALWAYS);
		}

		@Bean
		SecurityFilterChain rest(HttpSecurity http) {
			http.authorizeHttpRequests(
					(requests) -> requests.requestMatchers("/note/**").permitAll().anyRequest().authenticated());
			http.formLogin(Customizer.withDefaults());
			return http.build();
		}

		private static SecurityFilterChain chain(HttpSecurity http, String name, SessionCreationPolicy policy) {
			http.securityMatcher("/" + name + "/**");
			http.csrf((csrf) -> csrf.disable());
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			http.formLogin((form) -> form.loginProcessingUrl("/" + name + "/login"));
			http.httpBasic(Customizer.withDefaults());
			http.sessionManagement((sessions) -> sessions.sessionCreationPolicy(policy));
			return http.build();
		}

	}

	@RestController
	static class Paths {

		@GetMapping({ "/stateless/page", "/never/page", "/always/page" })
		String page(java.security.Principal user) {
			return "Page of " + user.getName();
		}

	}

	@Override
	Class<?> application() {
		return Application.class;
	}

	private void assertSession(WebClient client, boolean present) {
		assertThat(client.sessionCookie() != null).isEqualTo(present);
	}

	@Test
	void withoutStateThePasswordComesWithEveryRequestAndThereIsNoSession() {
		WebClient client = visitor();
		assertThat(client.get("/stateless/page").statusCode()).isIn(302, 401);
		assertSession(client, false);
		assertThat(client.get("/stateless/page", "Authorization", BASIC).body()).isEqualTo("Page of user");
		assertSession(client, false);
		assertThat(client.get("/stateless/page").statusCode()).isIn(302, 401);
		assertSession(client, false);
		client.post("/stateless/login", Map.of("username", "user", "password", "password"));
		assertThat(client.get("/stateless/page").statusCode()).isIn(302, 401);
	}

	@Test
	void withoutStateASessionThatIsThereCountsForNothing() {
		WebClient client = loggedIn("user");
		assertThat(client.get("/stateless/page").statusCode()).isIn(302, 401);
		assertHome(client, "user");
	}

	@Test
	void whereNoneIsEverMadeOneThatIsThereIsUsed() {
		WebClient client = visitor();
		client.post("/never/login", Map.of("username", "user", "password", "password"));
		assertSession(client, false);
		client = visitor();
		client.get("/note/there");
		assertThat(client.post("/never/login", Map.of("username", "user", "password", "password")).statusCode())
			.isEqualTo(302);
		assertThat(elsewhere(client).get("/never/page").body()).isEqualTo("Page of user");
		assertPrincipal(client, "user");
	}

	@Test
	void whereOneIsAlwaysMadeEveryLoginIsKept() {
		WebClient client = visitor();
		assertThat(client.get("/always/page", "Authorization", BASIC).body()).isEqualTo("Page of user");
		assertThat(elsewhere(client).get("/always/page").body()).isEqualTo("Page of user");
		client = visitor();
		client.post("/always/login", Map.of("username", "user", "password", "password"));
		assertThat(elsewhere(client).get("/always/page").body()).isEqualTo("Page of user");
		assertPrincipal(client, "user");
	}

}
