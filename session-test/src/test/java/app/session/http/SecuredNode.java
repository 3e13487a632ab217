package app.session.http;

import java.time.Duration;

import app.session.FreshLogin;
import app.session.Session;
import app.session.Sessions;
import app.session.security.AllSessionsLogoutHandler;
import app.session.security.FreshLogins;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.WebAttributes;
import org.springframework.security.web.authentication.logout.LogoutHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.SessionAttribute;

/**
 * An application with Spring Security, as its manual has one written: nothing in it knows
 * whose session it is.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(SecuredNode.Pages.class)
class SecuredNode {

	@Bean
	TomcatServletWebServerFactory webServer() {
		return new TomcatServletWebServerFactory();
	}

	@Bean
	UserDetailsService users() {
		return new InMemoryUserDetailsManager(user("alice"), user("bob"), user("carol"), user("dave"));
	}

	private static org.springframework.security.core.userdetails.UserDetails user(String name) {
		return User.withUsername(name).password("{noop}password").roles("USER").build();
	}

	@Bean
	SecurityFilterChain chain(HttpSecurity http, FreshLogins freshLogins, Sessions sessions, Environment environment) {
		http.authorizeHttpRequests((requests) -> requests.requestMatchers("/public", "/count", "/last-error")
			.permitAll()
			.requestMatchers("/fresh-by-rule")
			.access(freshLogins.within(Duration.ofMinutes(5)))
			.anyRequest()
			.authenticated());
		http.formLogin(Customizer.withDefaults());
		http.httpBasic(Customizer.withDefaults());
		http.logout((logout) -> logout.addLogoutHandler(new EverywhereIfAskedFor(sessions)));
		Integer maximum = environment.getProperty("test.maximum-sessions", Integer.class);
		if (maximum != null) {
			http.sessionManagement((management) -> management.maximumSessions(maximum)
				.maxSessionsPreventsLogin(environment.getProperty("test.prevent-login", Boolean.class, false)));
		}
		return http.build();
	}

	/** Logs out everywhere if the form says so. */
	record EverywhereIfAskedFor(Sessions sessions) implements LogoutHandler {

		@Override
		public void logout(HttpServletRequest request, HttpServletResponse response,
				@Nullable Authentication authentication) {
			if (request.getParameter("everywhere") != null) {
				new AllSessionsLogoutHandler(this.sessions).logout(request, response, authentication);
			}
		}

	}

	/** Its pages. */
	@RestController
	static class Pages {

		@GetMapping("/public")
		String open() {
			return "open to all";
		}

		@GetMapping("/last-error")
		String lastError(@SessionAttribute(name = WebAttributes.AUTHENTICATION_EXCEPTION,
				required = false) @Nullable Exception ex) {
			return (ex != null) ? ex.getClass().getSimpleName() + ": " + ex.getMessage() : "none";
		}

		@GetMapping("/count")
		String count(Session session) {
			return String.valueOf(session.increment("views"));
		}

		@GetMapping("/")
		String home(Authentication authentication) {
			return "Hello " + authentication.getName();
		}

		@GetMapping("/private")
		String secret(Authentication authentication) {
			return "of " + authentication.getName();
		}

		@FreshLogin("5m")
		@GetMapping("/fresh")
		String fresh() {
			return "freshly logged in";
		}

		@GetMapping("/fresh-by-rule")
		String freshByRule() {
			return "freshly logged in";
		}

		@GetMapping("/whose")
		String whose(Session session) {
			return session.getPrincipal() + " " + session.names();
		}

		@GetMapping("/session-id")
		String sessionId(HttpSession session) {
			return session.getId();
		}

	}

}
