package app.session.http;

import java.net.http.HttpResponse;
import java.util.Map;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.SessionManagementConfigurer;
import org.springframework.security.web.SecurityFilterChain;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of the session at a login, by each way that Spring Security has.
 * <p>
 * After spring-security,
 * docs/modules/ROOT/pages/servlet/authentication/session-management.adoc ("Understanding
 * Session Fixation Attack Protection").
 */
class SessionFixationFlowTests extends FlowTests {

	@Configuration(proxyBeanMethods = false)
	@Import(FlowUsers.class)
	static class Application {

		@Bean
		SecurityFilterChain change(HttpSecurity http) {
			return chain(http, "change", (fixation) -> fixation.changeSessionId());
		}

		@Bean
		SecurityFilterChain migrate(HttpSecurity http) {
			return chain(http, "migrate", (fixation) -> fixation.migrateSession());
		}

		@Bean
		SecurityFilterChain fresh(HttpSecurity http) {
			return chain(http, "new", (fixation) -> fixation.newSession());
		}

		@Bean
		SecurityFilterChain none(HttpSecurity http) {
			return chain(http, "none", (fixation) -> fixation.none());
		}

		/** What is not below the path of one of the others. */
		@Bean
		SecurityFilterChain rest(HttpSecurity http) {
			http.authorizeHttpRequests((requests) -> requests.requestMatchers("/note/**", "/note", "/whose")
				.permitAll()
				.anyRequest()
				.authenticated());
			http.formLogin(Customizer.withDefaults());
			return http.build();
		}

		private static SecurityFilterChain chain(HttpSecurity http, String name,
				Customizer<SessionManagementConfigurer<HttpSecurity>.SessionFixationConfigurer> fixation) {
			http.securityMatcher("/" + name + "/**");
			http.csrf((csrf) -> csrf.disable());
			http.formLogin((form) -> form.loginProcessingUrl("/" + name + "/login"));
			http.sessionManagement((sessions) -> sessions.sessionFixation(fixation));
			return http.build();
		}

	}

	@Override
	Class<?> application() {
		return Application.class;
	}

	@ParameterizedTest
	@CsvSource({ "change,kept", "migrate,kept", "new,null", "none,kept" })
	void theOldIdIsDeadAndTheNoteKeptOrNot(String way, String note) {
		WebClient client = visitor();
		client.get("/note/kept");
		WebClient attacker = elsewhere(client);
		HttpResponse<String> login = client.post("/" + way + "/login",
				Map.of("username", "user", "password", "password"));
		assertRedirect(login, "/");
		assertThat(client.sessionCookie()).isNotEqualTo(attacker.sessionCookie());
		assertPrincipal(client, "user");
		assertHome(client, "user");
		assertThat(elsewhere(client).get("/note").body()).isEqualTo(note);
		assertAtTheDoor(attacker);
		assertThat(attacker.get("/note").body()).isNotEqualTo("kept");
		assertPrincipal(attacker, "null");
	}

	@ParameterizedTest
	@CsvSource({ "change", "migrate", "new", "none" })
	void aLoginWithoutASessionBeforeIsOne(String way) {
		WebClient client = visitor();
		assertRedirect(client.post("/" + way + "/login", Map.of("username", "user", "password", "password")), "/");
		assertPrincipal(client, "user");
		assertHome(client, "user");
	}

}
