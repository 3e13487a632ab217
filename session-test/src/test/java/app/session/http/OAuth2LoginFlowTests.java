package app.session.http;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.annotation.RegisteredOAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.web.HttpSessionOAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.core.user.OAuth2User;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A login at a provider, by OAuth 2 and by OpenID Connect. What the application asked the
 * provider for, and the client's tokens, are kept in the session.
 * <p>
 * After spring-security-samples, servlet/spring-boot/java/oauth2/login and its
 * OAuth2LoginApplicationTests.
 */
class OAuth2LoginFlowTests extends FlowTests {

	private final OAuth2Provider provider = new OAuth2Provider();

	@Configuration(proxyBeanMethods = false)
	@Import(Tokens.class)
	static class Application {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			http.authorizeHttpRequests((requests) -> requests.requestMatchers("/note/**", "/note")
				.permitAll()
				.anyRequest()
				.authenticated());
			http.oauth2Login(Customizer.withDefaults());
			return http.build();
		}

		@Bean
		OAuth2AuthorizedClientRepository clients() {
			return new HttpSessionOAuth2AuthorizedClientRepository();
		}

	}

	@RestController
	static class Tokens {

		@GetMapping("/token/plain")
		String plain(@RegisteredOAuth2AuthorizedClient("plain") OAuth2AuthorizedClient client) {
			return client.getAccessToken().getTokenValue() + " " + client.getRefreshToken().getTokenValue();
		}

		@GetMapping("/token/oidc")
		String oidc(@RegisteredOAuth2AuthorizedClient("oidc") OAuth2AuthorizedClient client) {
			return client.getAccessToken().getTokenValue() + " " + client.getRefreshToken().getTokenValue();
		}

		@GetMapping("/attribute/{name}")
		String attribute(@AuthenticationPrincipal OAuth2User user, @PathVariable String name) {
			return String.valueOf(user.getAttributes().get(name));
		}

	}

	@Override
	Class<?> application() {
		return Application.class;
	}

	@Override
	List<String> properties() {
		String registration = "spring.security.oauth2.client.registration.";
		String provider = "spring.security.oauth2.client.provider.";
		return Stream.of("plain", "oidc")
			.flatMap((name) -> Stream.of(registration + name + ".client-id=client",
					registration + name + ".client-secret=secret",
					registration + name + ".authorization-grant-type=authorization_code",
					registration + name + ".redirect-uri={baseUrl}/login/oauth2/code/{registrationId}",
					registration + name + ".scope=" + (name.equals("oidc") ? "openid,profile" : "profile"),
					provider + name + ".authorization-uri=" + this.provider.url() + "/authorize",
					provider + name + ".token-uri=" + this.provider.url() + "/token",
					provider + name + ".user-info-uri=" + this.provider.url() + "/user",
					provider + name + ".jwk-set-uri=" + this.provider.url() + "/keys",
					provider + name + ".user-name-attribute=" + (name.equals("oidc") ? "sub" : "login")))
			.toList();
	}

	@AfterAll
	void closeProvider() {
		this.provider.close();
	}

	private static String absolute(HttpResponse<String> response) {
		assertThat(response.statusCode()).isEqualTo(302);
		return response.headers().firstValue("Location").orElseThrow();
	}

	/** To the provider and back, up to what the provider tells the browser to ask for. */
	private String askedBack(WebClient client, String registration) {
		String there = absolute(client.get("/oauth2/authorization/" + registration));
		assertThat(there).startsWith(this.provider.url() + "/authorize?response_type=code&client_id=client");
		return absolute(client.get(there));
	}

	private WebClient loggedInBy(String registration) {
		WebClient client = visitor();
		assertRedirect(client.get(askedBack(client, registration)), "/");
		return client;
	}

	@ParameterizedTest
	@ValueSource(strings = { "plain", "oidc" })
	void theProvidersUserIsLoggedInOnEveryNode(String registration) {
		WebClient client = visitor();
		client.get("/note/kept");
		client.get("/other?a=b");
		String before = client.sessionCookie();
		WebClient attacker = elsewhere(client);
		assertRedirect(client.get(askedBack(client, registration)), "/other?a=b&continue");
		assertThat(client.sessionCookie()).isNotEqualTo(before);
		assertHome(client, "joe");
		assertPrincipal(client, "joe");
		assertThat(elsewhere(client).get("/attribute/roles").body()).isEqualTo("[a, b]");
		assertThat(elsewhere(client).get("/attribute/age").body()).isEqualTo("42");
		assertThat(elsewhere(client).get("/note").body()).isEqualTo("kept");
		assertThat(elsewhere(client).get("/fresh").body()).isEqualTo("Fresh joe");
		assertThat(attacker.get("/").statusCode()).isEqualTo(302);
		assertThat(client.get("/names").body()).doesNotContain("AUTHORIZATION_REQUEST");
	}

	@ParameterizedTest
	@ValueSource(strings = { "plain", "oidc" })
	void theTokensAreKeptInTheSession(String registration) {
		WebClient client = loggedInBy(registration);
		String token = "access" + this.provider.tokens() + " refresh";
		assertThat(elsewhere(client).get("/token/" + registration).body()).isEqualTo(token);
		assertThat(client.get("/names").body()).contains("AUTHORIZED_CLIENTS");
	}

	@Test
	void whatComesBackIsGoodForOneLogin() {
		WebClient client = visitor();
		String back = askedBack(client, "plain");
		WebClient twin = client.twin(client);
		assertRedirect(client.get(back), "/");
		assertRedirect(client.get(back), "/login?error");
		assertThat(WebClient.location(twin.get(back))).isEqualTo("/login?error");
		assertThat(twin.get("/").statusCode()).isEqualTo(302);
	}

	@Test
	void whatAnotherAskedForIsRefused() {
		WebClient victim = visitor();
		askedBack(victim, "plain");
		String attackers = askedBack(visitor(), "plain");
		assertRedirect(victim.get(attackers), "/login?error");
		assertRedirect(visitor().get(attackers), "/login?error");
		assertThat(victim.get("/").statusCode()).isEqualTo(302);
	}

	@Test
	void aLogoutEndsTheSessionAndItsTokens() {
		WebClient client = loggedInBy("oidc");
		WebClient other = elsewhere(client);
		client.logout();
		assertThat(other.get("/").statusCode()).isEqualTo(302);
		assertThat(client.get("/token/oidc").statusCode()).isEqualTo(302);
		assertThat(client.get("/").statusCode()).isEqualTo(302);
	}

}
