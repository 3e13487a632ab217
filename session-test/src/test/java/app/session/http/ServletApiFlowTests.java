package app.session.http;

import java.util.Map;
import java.util.concurrent.Callable;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.junit.jupiter.api.Test;

import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The Servlet API's own login and logout, and the user in an asynchronous controller and
 * in an error page.
 * <p>
 * After spring-security, docs/modules/ROOT/pages/servlet/integrations/servlet-api.adoc
 * and mvc.adoc.
 */
class ServletApiFlowTests extends FlowTests {

	@Configuration(proxyBeanMethods = false)
	@Import({ FlowUsers.class, Controller.class, ErrorPage.class })
	static class Application {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			http.authorizeHttpRequests((requests) -> requests.requestMatchers("/enter", "/note/**", "/note", "/whose")
				.permitAll()
				.anyRequest()
				.authenticated());
			http.formLogin(Customizer.withDefaults());
			http.csrf((csrf) -> csrf.ignoringRequestMatchers("/enter", "/leave"));
			return http.build();
		}

	}

	@RestController
	static class Controller {

		@PostMapping("/enter")
		String enter(HttpServletRequest request, @RequestParam String username, @RequestParam String password) {
			try {
				request.login(username, password);
				return "entered as " + request.getUserPrincipal().getName() + " " + request.isUserInRole("USER");
			}
			catch (ServletException ex) {
				return "refused";
			}
		}

		@PostMapping("/leave")
		String leave(HttpServletRequest request) throws ServletException {
			request.logout();
			return "left " + request.getRemoteUser();
		}

		@GetMapping("/me")
		String me(@AuthenticationPrincipal UserDetails user) {
			return user.getUsername() + " " + user.getAuthorities();
		}

		@GetMapping("/later")
		Callable<String> later(HttpSession session) {
			return () -> {
				session.setAttribute("note", "later");
				return "Later " + SecurityContextHolder.getContext().getAuthentication().getName();
			};
		}

		@GetMapping("/fails")
		String fails(HttpSession session) {
			session.setAttribute("note", "failed");
			throw new IllegalStateException("on purpose");
		}

		@GetMapping("/fails-later")
		Callable<String> failsLater() {
			return () -> {
				throw new IllegalStateException("on purpose");
			};
		}

	}

	@RestController
	static class ErrorPage implements ErrorController {

		@RequestMapping("/error")
		String error(HttpServletRequest request) {
			return request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) + " for " + request.getRemoteUser();
		}

	}

	@Override
	Class<?> application() {
		return Application.class;
	}

	@Test
	void theRequestLogsInAndOut() {
		WebClient client = visitor();
		client.get("/note/kept");
		WebClient attacker = elsewhere(client);
		Map<String, String> form = Map.of("username", "user", "password", "password");
		assertThat(client.post("/enter", form).body()).isEqualTo("entered as user true");
		assertHome(client, "user");
		assertPrincipal(client, "user");
		assertThat(elsewhere(client).get("/note").body()).isEqualTo("kept");
		assertThat(elsewhere(client).get("/fresh").body()).isEqualTo("Fresh user");
		assertAtTheDoor(attacker);
		assertThat(client.post("/enter", form).body()).isEqualTo("refused");
		WebClient other = elsewhere(client);
		assertThat(client.post("/leave", Map.of()).body()).isEqualTo("left null");
		assertAtTheDoor(client);
		assertAtTheDoor(other);
	}

	@Test
	void theWrongPasswordLogsNobodyIn() {
		WebClient client = visitor();
		assertThat(client.post("/enter", Map.of("username", "user", "password", "wrong")).body()).isEqualTo("refused");
		assertAtTheDoor(client);
		assertPrincipal(client, "null");
	}

	@Test
	void aControllerGetsTheUser() {
		WebClient client = loggedIn("admin");
		assertThat(elsewhere(client).get("/me").body()).startsWith("admin ").contains("ROLE_ADMIN");
	}

	@Test
	void anAsynchronousControllerKnowsTheUserAndTheSession() {
		WebClient client = loggedIn("user");
		assertThat(elsewhere(client).get("/later").body()).isEqualTo("Later user");
		assertThat(client.get("/note").body()).isEqualTo("later");
	}

	@Test
	void anErrorPageKnowsTheUserAndWhatWasSetIsKept() {
		WebClient client = loggedIn("user");
		assertThat(elsewhere(client).get("/fails").body()).isEqualTo("500 for user");
		assertThat(client.get("/note").body()).isEqualTo("failed");
		assertThat(elsewhere(client).get("/fails-later").body()).isEqualTo("500 for user");
		assertThat(elsewhere(client).get("/nowhere").body()).isEqualTo("404 for user");
	}

}
