package app.session.http;

import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A login by a token that was sent by mail.
 * <p>
 * After spring-security-samples,
 * servlet/spring-boot/java/authentication/one-time-token/magic-link.
 */
class OneTimeTokenFlowTests extends FlowTests {

	@Configuration(proxyBeanMethods = false)
	@Import({ FlowUsers.class, FlowMail.class })
	static class Application {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			http.formLogin(Customizer.withDefaults());
			http.oneTimeTokenLogin(Customizer.withDefaults());
			return http.build();
		}

	}

	@Override
	Class<?> application() {
		return Application.class;
	}

	private String mailed(WebClient client) {
		assertRedirect(client.submit("/login", "/ott/generate", Map.of("username", "user")), "/login/ott");
		return nodes().bean(0, FlowMail.class).token();
	}

	@Test
	void theTokenLogsIn() {
		WebClient client = visitor();
		client.get("/other?a=b");
		String token = mailed(client);
		String before = client.sessionCookie();
		assertRedirect(client.submit("/login/ott?token=" + token, "/login/ott", Map.of("token", token)),
				"/other?a=b&continue");
		assertThat(client.sessionCookie()).isNotEqualTo(before);
		assertHome(client, "user");
		assertPrincipal(client, "user");
		assertThat(elsewhere(client).get("/fresh").body()).isEqualTo("Fresh user");
	}

	@Test
	void theTokenLogsInOnce() {
		WebClient client = visitor();
		String token = mailed(client);
		assertRedirect(client.submit("/login/ott", "/login/ott", Map.of("token", token)), "/");
		WebClient other = visitor();
		assertRedirect(other.submit("/login/ott", "/login/ott", Map.of("token", token)), "/login?error");
		assertAtTheDoor(other);
	}

	@Test
	void anotherTokenDoesNot() {
		WebClient client = visitor();
		mailed(client);
		assertRedirect(client.submit("/login/ott", "/login/ott", Map.of("token", "1234")), "/login?error");
		assertAtTheDoor(client);
	}

}
