package app.session.http;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationManagerFactories;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.authorization.EnableMultiFactorAuthentication;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two factors, password and mail, and the times when they were shown.
 * <p>
 * After spring-security-samples,
 * servlet/spring-boot/java/authentication/mfa/formLogin+ott.
 */
class MultiFactorFlowTests extends FlowTests {

	private static final String NEEDS_MAIL = "/login?factor.type=ott&factor.reason=missing";

	private static final String NEEDS_PASSWORD = "/login?factor.type=password&factor.reason=missing";

	@Configuration(proxyBeanMethods = false)
	@EnableMultiFactorAuthentication(
			authorities = { FactorGrantedAuthority.PASSWORD_AUTHORITY, FactorGrantedAuthority.OTT_AUTHORITY })
	@Import({ FlowUsers.class, FlowMail.class, Factors.class })
	static class Application {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			AuthorizationManager<Object> passwordIn5m = AuthorizationManagerFactories.multiFactor()
				.requireFactor((factor) -> factor.passwordAuthority().validDuration(Duration.ofMinutes(5)))
				.requireFactor((factor) -> factor.ottAuthority())
				.build()
				.authenticated();
			http.authorizeHttpRequests((requests) -> requests.requestMatchers("/factors")
				.access(passwordIn5m)
				.requestMatchers("/whose", "/logout")
				.permitAll()
				.anyRequest()
				.authenticated());
			http.formLogin(Customizer.withDefaults());
			http.oneTimeTokenLogin(Customizer.withDefaults());
			return http.build();
		}

	}

	@RestController
	static class Factors {

		@GetMapping("/factors")
		String factors(Authentication authentication) {
			return authentication.getAuthorities()
				.stream()
				.filter((authority) -> authority instanceof FactorGrantedAuthority factor
						&& factor.getIssuedAt() != null)
				.map(GrantedAuthority::getAuthority)
				.sorted()
				.toList()
				.toString();
		}

	}

	@Override
	Class<?> application() {
		return Application.class;
	}

	private void showMail(WebClient client, String page) {
		client.submit(page, "/ott/generate", Map.of("username", "user"));
		String token = nodes().bean(0, FlowMail.class).token();
		assertThat(client.submit("/login/ott", "/login/ott", Map.of("token", token)).statusCode()).isEqualTo(302);
	}

	@Test
	void whoHasShownBothComesIn() {
		WebClient client = visitor();
		assertAtTheDoor(client);
		client.login("user", "password");
		assertRedirect(elsewhere(client).get("/"), NEEDS_MAIL);
		assertPrincipal(client, "user");
		String before = client.sessionCookie();
		showMail(client, NEEDS_MAIL);
		assertThat(client.sessionCookie()).isNotEqualTo(before);
		assertHome(client, "user");
		assertPrincipal(client, "user");
		assertThat(elsewhere(client).get("/factors").body()).isEqualTo("[FACTOR_OTT, FACTOR_PASSWORD]");
		assertThat(sessions().findByPrincipal("user")).isNotEmpty();
	}

	@Test
	void theOrderMakesNoDifference() {
		WebClient client = visitor();
		showMail(client, "/login");
		assertRedirect(elsewhere(client).get("/"), NEEDS_PASSWORD);
		assertThat(client.login("user", "password").statusCode()).isEqualTo(302);
		assertThat(elsewhere(client).get("/factors").body()).isEqualTo("[FACTOR_OTT, FACTOR_PASSWORD]");
		assertThat(elsewhere(client).get("/fresh").body()).isEqualTo("Fresh user");
	}

	@Test
	void bothAreGoneAfterALogout() {
		WebClient client = visitor();
		client.login("user", "password");
		showMail(client, NEEDS_MAIL);
		assertHome(client, "user");
		client.logout();
		client.login("user", "password");
		assertRedirect(elsewhere(client).get("/factors"), NEEDS_MAIL);
	}

}
