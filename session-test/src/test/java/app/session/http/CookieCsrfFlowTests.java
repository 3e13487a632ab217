package app.session.http;

import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The token of a form, kept in a cookie of its own: no session is needed for it.
 * <p>
 * After spring-security, docs/modules/ROOT/pages/servlet/exploits/csrf.adoc ("Using the
 * CookieCsrfTokenRepository").
 */
class CookieCsrfFlowTests extends FlowTests {

	@Configuration(proxyBeanMethods = false)
	@Import({ FlowUsers.class, CsrfFlowTests.Form.class })
	static class Application {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			http.authorizeHttpRequests(
					(requests) -> requests.requestMatchers("/form", "/error").permitAll().anyRequest().authenticated());
			http.formLogin(Customizer.withDefaults());
			http.csrf((csrf) -> csrf.csrfTokenRepository(CookieCsrfTokenRepository.withHttpOnlyFalse())
				.csrfTokenRequestHandler(new CsrfTokenRequestAttributeHandler()));
			return http.build();
		}

	}

	@Override
	Class<?> application() {
		return Application.class;
	}

	@Test
	void aFormIsTakenWithoutASession() {
		WebClient client = visitor();
		client.get("/form");
		String token = client.cookies().get("XSRF-TOKEN");
		assertThat(token).isNotNull();
		assertThat(elsewhere(client).post("/form", Map.of("_csrf", token)).body()).isEqualTo("sent");
		assertThat(client.post("/form", Map.of()).statusCode()).isEqualTo(403);
		assertThat(client.sessionCookie()).isNull();
	}

	@Test
	void theTokenIsAnotherAfterALogin() {
		WebClient client = visitor();
		client.get("/form");
		String before = client.cookies().get("XSRF-TOKEN");
		assertRedirect(client.post("/login", Map.of("username", "user", "password", "password", "_csrf", before)), "/");
		assertHome(client, "user");
		assertPrincipal(client, "user");
		client.get("/form");
		assertThat(client.cookies().get("XSRF-TOKEN")).isNotNull().isNotEqualTo(before);
	}

}
