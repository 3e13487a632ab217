package app.session.http;

import app.session.FreshLogin;
import app.session.Session;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * What the applications of the flows have in common: a server, and pages that show what
 * is in the session. Each flow brings its own configuration of Spring Security.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(FlowNode.Pages.class)
class FlowNode {

	@Bean
	TomcatServletWebServerFactory webServer() {
		return new TomcatServletWebServerFactory();
	}

	/** Its pages. */
	@RestController
	static class Pages {

		@GetMapping("/")
		String home(HttpServletRequest request) {
			return "Hello " + request.getRemoteUser();
		}

		@GetMapping("/other")
		String other(HttpServletRequest request) {
			return "Other of " + request.getRemoteUser() + ", asked for " + request.getQueryString();
		}

		@GetMapping("/whose")
		String whose(Session session) {
			return String.valueOf(session.getPrincipal());
		}

		@GetMapping("/names")
		String names(Session session) {
			return session.names().toString();
		}

		@GetMapping("/since")
		String since(Session session) {
			return (session.getAuthenticationTime() != null) ? "known" : "unknown";
		}

		@FreshLogin("5m")
		@GetMapping("/fresh")
		String fresh(HttpServletRequest request) {
			return "Fresh " + request.getRemoteUser();
		}

		@GetMapping("/id")
		String id(HttpSession session) {
			return session.getId();
		}

		@GetMapping("/note/{text}")
		String write(HttpSession session, @PathVariable String text) {
			session.setAttribute("note", text);
			return text;
		}

		@GetMapping("/note")
		String read(HttpServletRequest request) {
			HttpSession session = request.getSession(false);
			return (session != null) ? String.valueOf(session.getAttribute("note")) : "no session";
		}

	}

}
