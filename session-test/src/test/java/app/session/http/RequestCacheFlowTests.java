package app.session.http;

import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.WebRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The request that has to wait for a login.
 * <p>
 * After spring-security, docs/modules/ROOT/pages/servlet/architecture.adoc ("Saving
 * Requests Between Authentication").
 */
class RequestCacheFlowTests extends FlowTests {

	@Configuration(proxyBeanMethods = false)
	@Import({ FlowUsers.class, Search.class })
	static class Application {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			http.authorizeHttpRequests(
					(requests) -> requests.requestMatchers("/names").permitAll().anyRequest().authenticated());
			http.formLogin(Customizer.withDefaults());
			http.csrf((csrf) -> csrf.ignoringRequestMatchers("/search"));
			return http.build();
		}

	}

	@RestController
	static class Search {

		@GetMapping("/search")
		String search(WebRequest request) {
			return request.getParameter("q") + " in " + request.getHeader("Accept-Language");
		}

		@PostMapping("/search")
		String send() {
			return "sent";
		}

	}

	@Override
	Class<?> application() {
		return Application.class;
	}

	@Test
	void itIsMadeAgainWithItsQueryAndHeadersAndThenForgotten() {
		WebClient client = visitor();
		client.get("/search?q=a%20b%26c&page=2", "Accept-Language", "fr");
		assertThat(elsewhere(client).get("/names").body()).contains("SPRING_SECURITY_SAVED_REQUEST");
		assertRedirect(client.login("user", "password"), "/search?q=a%20b%26c&page=2&continue");
		assertThat(client.get("/search?q=a%20b%26c&page=2&continue", "Accept-Language", "de").body())
			.isEqualTo("a b&c in fr");
		assertThat(client.get("/names").body()).doesNotContain("SAVED_REQUEST");
		assertThat(client.get("/search?q=a%20b%26c&page=2&continue", "Accept-Language", "de").body())
			.isEqualTo("a b&c in de");
	}

	@Test
	void theLastOneCounts() {
		WebClient client = visitor();
		client.get("/search?q=first");
		elsewhere(client).get("/search?q=second");
		assertRedirect(client.login("user", "password"), "/search?q=second&continue");
	}

	@Test
	void whatWasSentIsNotSaved() {
		WebClient client = visitor();
		assertRedirect(client.post("/search", Map.of("q", "secret")), "/login");
		assertThat(client.get("/names").body()).doesNotContain("SAVED_REQUEST");
		assertRedirect(client.login("user", "password"), "/");
	}

	@Test
	void whatAScriptAskedForIsNotSaved() {
		WebClient client = visitor();
		client.get("/search?q=script", "Accept", "application/json", "X-Requested-With", "XMLHttpRequest");
		assertThat(client.sessionCookie()).isNull();
	}

}
