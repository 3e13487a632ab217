package app.session.http;

import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.rememberme.InMemoryTokenRepositoryImpl;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Remember-me by a token that is kept, and changes with each use.
 * <p>
 * After spring-security, docs/modules/ROOT/pages/servlet/authentication/rememberme.adoc
 * ("Persistent Token Approach").
 */
class PersistentRememberMeFlowTests extends FlowTests {

	@Configuration(proxyBeanMethods = false)
	@Import(FlowUsers.class)
	static class Application {

		@Bean
		SecurityFilterChain chain(HttpSecurity http, UserDetailsService users) {
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			http.formLogin(Customizer.withDefaults());
			http.rememberMe((rememberMe) -> rememberMe.key("of all nodes")
				.userDetailsService(users)
				.tokenRepository(new InMemoryTokenRepositoryImpl()));
			return http.build();
		}

	}

	@Override
	Class<?> application() {
		return Application.class;
	}

	@Test
	void whoIsRememberedIsLoggedInToANewSessionWithANewToken() {
		WebClient client = remembered();
		String token = client.cookies().get("remember-me");
		assertThat(client.get("/").body()).isEqualTo("Hello user");
		assertThat(client.cookies().get("remember-me")).isNotEqualTo(token);
		assertPrincipal(client, "user");
		assertThat(elsewhere(client).get("/since").body()).isEqualTo("unknown");
	}

	@Test
	void aTokenThatIsUsedTwiceIsStolenAndEndsBoth() {
		WebClient client = remembered();
		WebClient thief = client.twin(client);
		assertThat(client.get("/").body()).isEqualTo("Hello user");
		assertThat(thief.get("/").statusCode()).isNotEqualTo(200);
		client.cookies().remove("session");
		assertAtTheDoor(client);
	}

}
