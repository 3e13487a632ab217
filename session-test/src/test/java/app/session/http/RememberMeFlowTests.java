package app.session.http;

import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.web.SecurityFilterChain;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Remember-me by a signed token.
 * <p>
 * After spring-security-samples, servlet/java-configuration/authentication/remember-me.
 */
class RememberMeFlowTests extends FlowTests {

	@Configuration(proxyBeanMethods = false)
	@Import(FlowUsers.class)
	static class Application {

		@Bean
		SecurityFilterChain chain(HttpSecurity http, UserDetailsService users) {
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			http.formLogin(Customizer.withDefaults());
			http.rememberMe((rememberMe) -> rememberMe.key("of all nodes").userDetailsService(users));
			return http.build();
		}

	}

	@Override
	Class<?> application() {
		return Application.class;
	}

	@Test
	void whoIsRememberedIsLoggedInToANewSession() {
		WebClient client = remembered();
		assertThat(client.get("/").body()).isEqualTo("Hello user");
		assertThat(client.sessionCookie()).isNotNull();
		client.cookies().remove("remember-me");
		assertHome(client, "user");
		assertPrincipal(client, "user");
	}

	@Test
	void whoIsNotToBeRememberedIsNot() {
		WebClient client = loggedIn("user");
		assertThat(client.cookies()).doesNotContainKey("remember-me");
		client.cookies().clear();
		assertAtTheDoor(client);
	}

	@Test
	void whoIsRememberedHasShownNoPassword() {
		WebClient client = remembered();
		client.get("/");
		assertThat(elsewhere(client).get("/since").body()).isEqualTo("unknown");
		assertRedirect(client.get("/fresh?a=b"), "/login");
		assertRedirect(client.login("user", "password"), "/fresh?a=b&continue");
		assertThat(elsewhere(client).get("/fresh?a=b&continue").body()).isEqualTo("Fresh user");
		assertThat(client.get("/since").body()).isEqualTo("known");
	}

	@Test
	void theIdFromBeforeIsNotThatOfWhoIsRemembered() {
		WebClient client = remembered();
		client.cookies().clear();
		client.get("/");
		WebClient attacker = elsewhere(client);
		assertThat(attacker.sessionCookie()).isNotNull();
		WebClient victim = remembered();
		victim.cookies().put("session", attacker.sessionCookie());
		assertThat(victim.get("/").body()).isEqualTo("Hello user");
		assertThat(victim.sessionCookie()).isNotEqualTo(attacker.sessionCookie());
		assertAtTheDoor(attacker);
		assertHome(victim, "user");
	}

	@Test
	void aLogoutForgetsTheVisitor() {
		WebClient client = remembered();
		client.get("/");
		assertRedirect(client.logout(), "/login?logout");
		assertThat(client.cookies()).doesNotContainKey("remember-me");
		assertAtTheDoor(client);
	}

	@Test
	void aForgedTokenIsNobodys() {
		WebClient client = visitor();
		client.cookies().put("remember-me", "dXNlcjo5OTk5OTk5OTk5OTk5OlNIQTI1Njpmb3JnZWQ");
		assertAtTheDoor(client);
	}

}
