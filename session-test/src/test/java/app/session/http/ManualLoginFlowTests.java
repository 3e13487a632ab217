package app.session.http;

import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.logout.SecurityContextLogoutHandler;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application that logs in and out in a controller of its own.
 * <p>
 * After spring-security,
 * docs/modules/ROOT/pages/servlet/authentication/session-management.adoc ("Storing the
 * Authentication manually", "Properly Clearing an Authentication") and logout.adoc
 * ("Creating a Custom Logout Endpoint").
 */
class ManualLoginFlowTests extends FlowTests {

	@Configuration(proxyBeanMethods = false)
	@Import({ FlowUsers.class, LoginController.class })
	static class Application {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			http.authorizeHttpRequests((requests) -> requests.requestMatchers("/sign-in", "/whose", "/note/**", "/note")
				.permitAll()
				.anyRequest()
				.authenticated());
			http.formLogin(Customizer.withDefaults());
			http.csrf((csrf) -> csrf.disable());
			return http.build();
		}

		@Bean
		AuthenticationManager authenticationManager(UserDetailsService users) {
			return new ProviderManager(new DaoAuthenticationProvider(users));
		}

	}

	@RestController
	static class LoginController {

		private final SecurityContextRepository contexts = new HttpSessionSecurityContextRepository();

		private final AuthenticationManager manager;

		LoginController(AuthenticationManager manager) {
			this.manager = manager;
		}

		@PostMapping("/sign-in")
		String signIn(@RequestParam String username, @RequestParam String password, HttpServletRequest request,
				HttpServletResponse response) {
			Authentication authentication = this.manager
				.authenticate(UsernamePasswordAuthenticationToken.unauthenticated(username, password));
			SecurityContext context = SecurityContextHolder.createEmptyContext();
			context.setAuthentication(authentication);
			SecurityContextHolder.setContext(context);
			this.contexts.saveContext(context, request, response);
			return "in";
		}

		/** Does not say that it is to be kept. */
		@PostMapping("/act-as")
		String actAs(@RequestParam String username) {
			SecurityContextHolder.getContext()
				.setAuthentication(
						UsernamePasswordAuthenticationToken.authenticated(username, null, java.util.List.of()));
			return "as " + username;
		}

		@PostMapping("/sign-out")
		String signOut(Authentication authentication, HttpServletRequest request, HttpServletResponse response) {
			new SecurityContextLogoutHandler().logout(request, response, authentication);
			return "out";
		}

		/** The session goes on, with nobody in it. */
		@PostMapping("/empty")
		String empty(HttpServletRequest request, HttpServletResponse response) {
			SecurityContext context = SecurityContextHolder.createEmptyContext();
			SecurityContextHolder.setContext(context);
			this.contexts.saveContext(context, request, response);
			return "emptied";
		}

	}

	@Override
	Class<?> application() {
		return Application.class;
	}

	private WebClient signedIn() {
		WebClient client = visitor();
		assertThat(client.post("/sign-in", Map.of("username", "user", "password", "password")).body()).isEqualTo("in");
		assertHome(client, "user");
		return client;
	}

	@Test
	void whatTheControllerSavesIsTheLogin() {
		WebClient client = signedIn();
		assertPrincipal(client, "user");
		assertThat(elsewhere(client).get("/fresh").body()).isEqualTo("Fresh user");
		assertThat(sessions().findByPrincipal("user")).isNotEmpty();
	}

	@Test
	void theIdFromBeforeIsDeadAlthoughTheControllerDidNotChangeIt() {
		WebClient client = visitor();
		client.get("/note/kept");
		WebClient attacker = elsewhere(client);
		client.post("/sign-in", Map.of("username", "user", "password", "password"));
		assertHome(client, "user");
		assertThat(elsewhere(client).get("/note").body()).isEqualTo("kept");
		assertAtTheDoor(attacker);
	}

	@Test
	void whoSignsOutIsOutEverywhere() {
		WebClient client = signedIn();
		WebClient other = elsewhere(client);
		assertThat(client.post("/sign-out", Map.of()).body()).isEqualTo("out");
		assertAtTheDoor(other);
		assertAtTheDoor(client);
	}

	@Test
	void anEmptiedContextIsStoredAsEmpty() {
		WebClient client = signedIn();
		client.get("/note/kept");
		WebClient before = elsewhere(client);
		assertThat(client.post("/empty", Map.of()).body()).isEqualTo("emptied");
		assertAtTheDoor(client);
		assertPrincipal(client, "null");
		assertThat(elsewhere(client).get("/note").body()).isEqualTo("kept");
		assertAtTheDoor(before);
	}

	@Test
	void whatIsNotSavedIsNotKept() {
		WebClient client = signedIn();
		assertThat(client.post("/act-as", Map.of("username", "somebody")).body()).isEqualTo("as somebody");
		assertPrincipal(client, "user");
		assertHome(client, "user");
	}

}
