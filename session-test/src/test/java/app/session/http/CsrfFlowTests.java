package app.session.http;

import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The token of a form, kept in the session.
 * <p>
 * After spring-security, docs/modules/ROOT/pages/servlet/exploits/csrf.adoc.
 */
class CsrfFlowTests extends FlowTests {

	@Configuration(proxyBeanMethods = false)
	@Import({ FlowUsers.class, Form.class })
	static class Application {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			http.authorizeHttpRequests(
					(requests) -> requests.requestMatchers("/form", "/error").permitAll().anyRequest().authenticated());
			http.formLogin(Customizer.withDefaults());
			return http.build();
		}

	}

	@RestController
	static class Form {

		@GetMapping("/form")
		String form(CsrfToken token) {
			return "<input type=\"hidden\" name=\"" + token.getParameterName() + "\" value=\"" + token.getToken()
					+ "\">";
		}

		@PostMapping("/form")
		String sent() {
			return "sent";
		}

	}

	@Override
	Class<?> application() {
		return Application.class;
	}

	@Test
	void aFormWithItsTokenIsTakenByEveryNode() {
		WebClient client = visitor();
		String token = WebClient.token(client.get("/form"));
		assertThat(elsewhere(client).post("/form", Map.of("_csrf", token)).body()).isEqualTo("sent");
		assertThat(client.post("/form", Map.of("_csrf", token)).body()).isEqualTo("sent");
	}

	@Test
	void aFormWithoutItIsRefusedAndSoIsOneWithTheTokenOfAnother() {
		WebClient client = visitor();
		client.get("/form");
		String other = WebClient.token(visitor().get("/form"));
		assertThat(client.post("/form", Map.of()).statusCode()).isEqualTo(403);
		assertThat(client.post("/form", Map.of("_csrf", other)).statusCode()).isEqualTo(403);
		assertThat(visitor().post("/form", Map.of("_csrf", other)).statusCode()).isEqualTo(403);
	}

	@Test
	void theTokenIsAnotherAfterALogin() {
		WebClient client = visitor();
		String before = WebClient.token(client.get("/form"));
		client.login("user", "password");
		assertHome(client, "user");
		assertThat(client.post("/form", Map.of("_csrf", before)).statusCode()).isEqualTo(403);
		String after = WebClient.token(elsewhere(client).get("/form"));
		assertThat(client.cookies()).containsKey("session");
		assertThat(client.submit("/form", "/form", Map.of()).body()).isEqualTo("sent");
		assertThat(after).isNotEqualTo(before);
	}

	@Test
	void theTokenIsAnotherAfterALogout() {
		WebClient client = loggedIn("user");
		String before = WebClient.token(client.get("/form"));
		client.logout();
		assertThat(client.post("/form", Map.of("_csrf", before)).statusCode()).isEqualTo(403);
	}

}
