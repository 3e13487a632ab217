package app.session.http;

import java.io.IOException;
import java.security.Principal;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

import app.session.store.memory.MemorySessionRepository;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.filter.OncePerRequestFilter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * At the end of each request Spring MVC publishes an event with the name of its
 * principal, which who is logged in by the {@code HttpSession} is asked for.
 */
abstract class RequestEventHttpTests extends HttpTests {

	@SpringBootConfiguration(proxyBeanMethods = false)
	@Import({ Node.class, Handlers.class })
	static class Application {

		@Bean
		CountingRepository repository() {
			return new CountingRepository(new MemorySessionRepository(1000, InstantSource.system(), (event) -> {
			}));
		}

		@Bean
		PrincipalFilter principalFilter() {
			return new PrincipalFilter();
		}

	}

	@RestController
	static class Handlers {

		@GetMapping("/enter")
		String enter(HttpSession session) {
			session.setAttribute("user", "alice");
			return "in";
		}

		@GetMapping("/me")
		String me(Principal principal) {
			return principal.getName();
		}

	}

	/** Reads the session when it is asked, as Spring Security's request does. */
	static class PrincipalFilter extends OncePerRequestFilter {

		@Override
		protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
				throws ServletException, IOException {
			chain.doFilter(new HttpServletRequestWrapper(request) {

				@Override
				public @Nullable Principal getUserPrincipal() {
					HttpSession session = getSession(false);
					String user = (session != null) ? (String) session.getAttribute("user") : null;
					return (user != null) ? () -> user : null;
				}

			}, response);
		}

	}

	@Override
	Class<?>[] sources() {
		return new Class<?>[] { Application.class };
	}

	Browser visitor() {
		Browser visitor = browser();
		visitor.get("/enter");
		assertThat(visitor.get("/me").body()).isEqualTo("alice");
		bean(CountingRepository.class).takeCalls();
		return visitor;
	}

	/** As it is. */
	static class NotPublished extends RequestEventHttpTests {

		@Test
		void aRequestThatDoesNotUseTheSessionDoesNotLoadIt() {
			Browser visitor = visitor();
			visitor.get("/nothing");
			visitor.get("/nothing");
			// Its turn comes when the others are over, events and all.
			visitor.get("/me");
			assertThat(bean(CountingRepository.class).takeCalls()).containsExactly("find");
		}

	}

	/** As the application asks for it. */
	static class Published extends RequestEventHttpTests {

		@Override
		String[] properties() {
			return new String[] { "spring.mvc.publish-request-handled-events=true" };
		}

		@Test
		void eachRequestLoadsTheSession() {
			visitor().get("/nothing");
			// The event comes after the answer.
			List<String> calls = new ArrayList<>();
			await().until(() -> calls.addAll(bean(CountingRepository.class).takeCalls()));
			assertThat(calls).containsExactly("find");
		}

	}

}
