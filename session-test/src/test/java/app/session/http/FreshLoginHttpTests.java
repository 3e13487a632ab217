package app.session.http;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

import app.session.FreshLogin;
import app.session.LoginNotFreshException;
import app.session.Session;
import app.session.SessionPolicy;
import app.session.SessionPolicy.Mode;
import app.session.http.TestApplication.MovableClock;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Handlers that demand a fresh login, in all dispatches of Spring MVC.
 */
class FreshLoginHttpTests extends HttpTests {

	private static final Duration FIVE = Duration.ofMinutes(5);

	private Browser visitor;

	@Override
	Class<?>[] sources() {
		return new Class<?>[] { TestApplication.class, BudgetHttpTests.Counting.class, Vault.class, Polite.class,
				Senders.class };
	}

	@BeforeEach
	void aVisitorWhoIsLoggedIn() {
		this.visitor = browser();
		this.visitor.get("/login/alice");
		calls();
	}

	private List<String> calls() {
		return bean(CountingRepository.class).takeCalls();
	}

	private void advance(Duration duration) {
		bean(MovableClock.class).advance(duration);
	}

	private void assertOpen(String path, String body) {
		HttpResponse<String> response = this.visitor.get(path);
		assertThat(response.body()).as(path).isEqualTo(body);
		assertThat(response.statusCode()).as(path).isEqualTo(200);
	}

	private void assertShut(Browser visitor, String path) {
		bean(Vault.class).opened = false;
		HttpResponse<String> response = visitor.get(path);
		assertThat(response.statusCode()).as(path).isEqualTo(403);
		assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
		assertThat(response.headers().firstValue("Retry-After")).isEmpty();
		assertThat(response.body()).contains("\"status\":403").doesNotContain("PT5M");
		assertThat(Browser.setCookies(response)).isEmpty();
		assertThat(bean(Vault.class).opened).isFalse();
	}

	@Test
	void exactlyAsOldAsMayBeIsFreshAndAMillisecondMoreIsNot() {
		assertOpen("/vault", "alice");
		advance(FIVE);
		assertOpen("/vault", "alice");
		advance(Duration.ofMillis(1));
		assertShut(this.visitor, "/vault");
		this.visitor.get("/login/alice");
		assertOpen("/vault", "alice");
	}

	@Test
	void aClockThatWentBackIsTrustedForNoLonger() {
		advance(FIVE.negated());
		assertOpen("/vault", "alice");
		advance(Duration.ofMillis(-1));
		assertShut(this.visitor, "/vault");
		advance(FIVE.plusMillis(1));
	}

	@Test
	void itCostsTheOneReadAndLeavesNothingBehind() {
		assertOpen("/vault", "alice");
		assertThat(calls()).containsExactly("find");
		assertOpen("/vault/untouched", "unused");
		assertThat(calls()).containsExactly("find");
		advance(FIVE.plusMillis(1));
		this.visitor.get("/count");
		calls();
		assertShut(this.visitor, "/vault");
		assertThat(calls()).containsExactly("find");
	}

	@Test
	void whoIsAnonymousIsNotLetIn() {
		assertShut(browser(), "/vault");
		assertThat(calls()).isEmpty();
		Browser forger = browser();
		forger.cookie(this.visitor.cookie() + "x");
		assertShut(forger, "/vault");
		assertThat(calls()).isEmpty();
		Browser known = browser();
		known.get("/count");
		assertShut(known, "/vault");
		this.visitor.get("/logout");
		assertShut(this.visitor, "/vault");
	}

	@Test
	void aRetiredIdIsNotLetIn() {
		Browser old = this.visitor.twin();
		this.visitor.get("/login/alice");
		assertShut(old, "/vault");
		assertOpen("/vault", "alice");
	}

	@Test
	void theMethodsDemandComesBeforeThatOfItsClass() {
		advance(FIVE.plusMillis(1));
		assertOpen("/vault/of-class", "alice");
		assertShut(this.visitor, "/vault");
		advance(Duration.ofMinutes(20));
		assertShut(this.visitor, "/vault/of-class");
	}

	@Test
	void aPolicyHoldsBesideIt() {
		assertOpen("/vault/read-only", "alice");
		assertThat(calls()).containsExactly("find");
		assertOpen("/vault/serialized", "1");
		advance(FIVE.plusMillis(1));
		assertShut(this.visitor, "/vault/read-only");
		assertShut(this.visitor, "/vault/serialized");
		advance(Duration.ofMinutes(-1));
		assertOpen("/vault/serialized", "2");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/vault/later", "/vault/later-and-logged-out", "/vault/later-and-older" })
	void aLateResultIsNotAskedForAgain(String path) {
		assertOpen(path, "later");
	}

	@Test
	void anErrorPageIsShownWhateverTheLogin() {
		HttpResponse<String> response = this.visitor.get("/vault/broken");
		assertThat(response.statusCode()).isEqualTo(500);
		assertThat(response.body()).contains("\"status\":500");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/forward", "/dispatch" })
	void aHandlerThatARequestIsSentOnToAsksToo(String path) {
		assertOpen(path, "alice");
		assertThat(calls()).containsExactly("find");
		advance(FIVE.plusMillis(1));
		assertShut(this.visitor, path);
	}

	@Test
	void aRequestThatLoggedOutIsNotSentOn() {
		assertShutWithoutCookie("/forward-logged-out");
	}

	@Test
	void aRequestIsSentOnFromOneDemandToAStricterOne() {
		assertOpen("/vault/forward", "alice");
		advance(FIVE.plusMillis(1));
		assertShut(this.visitor, "/vault/forward");
	}

	private void assertShutWithoutCookie(String path) {
		bean(Vault.class).opened = false;
		assertThat(this.visitor.get(path).statusCode()).isEqualTo(403);
		assertThat(bean(Vault.class).opened).isFalse();
	}

	@Test
	void theApplicationAnswersItselfIfItWants() {
		assertOpen("/polite", "alice");
		advance(FIVE.plusMillis(1));
		HttpResponse<String> response = this.visitor.get("/polite");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).isEqualTo("Log in again: PT5M, not PT5M0.001S");
		assertThat(browser().get("/polite").body()).isEqualTo("Log in again: PT5M, not null");
	}

	@RestController
	@FreshLogin("20m")
	static class Vault {

		private final MovableClock clock;

		volatile boolean opened;

		Vault(MovableClock clock) {
			this.clock = clock;
		}

		@FreshLogin("5m")
		@GetMapping("/vault")
		String open(Session session) {
			this.opened = true;
			return String.valueOf(session.getPrincipal());
		}

		@FreshLogin("5m")
		@GetMapping("/vault/untouched")
		String untouched() {
			this.opened = true;
			return "unused";
		}

		@GetMapping("/vault/of-class")
		String ofClass(Session session) {
			return open(session);
		}

		@FreshLogin("5m")
		@SessionPolicy(Mode.READ_ONLY)
		@GetMapping("/vault/read-only")
		String readOnly(Session session) {
			return open(session);
		}

		@FreshLogin("5m")
		@SessionPolicy(Mode.SERIALIZED)
		@GetMapping("/vault/serialized")
		int serialized(Session session) {
			this.opened = true;
			int visits = session.get("visits", Integer.class, 0) + 1;
			session.set("visits", visits);
			return visits;
		}

		@FreshLogin("5m")
		@GetMapping("/vault/later")
		Callable<String> later() {
			return () -> "later";
		}

		@FreshLogin("5m")
		@GetMapping("/vault/later-and-logged-out")
		Callable<String> laterAndLoggedOut(Session session) {
			return () -> {
				session.invalidate();
				return "later";
			};
		}

		@FreshLogin("5m")
		@GetMapping("/vault/later-and-older")
		Callable<String> laterAndOlder() {
			return () -> {
				this.clock.advance(FIVE.plusMillis(1));
				return "later";
			};
		}

		@FreshLogin("5m")
		@GetMapping("/vault/broken")
		String broken(Session session) {
			session.invalidate();
			throw new IllegalStateException("broken");
		}

		@GetMapping("/vault/forward")
		void forward(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
			request.getRequestDispatcher("/vault").forward(request, response);
		}

	}

	@RestController
	static class Polite {

		@FreshLogin("5m")
		@GetMapping("/polite")
		String polite(Session session) {
			return String.valueOf(session.getPrincipal());
		}

		@ExceptionHandler
		String notFresh(LoginNotFreshException ex) {
			return "Log in again: " + ex.getDemanded() + ", not " + ex.getAge();
		}

	}

	/** What sends requests on, and answers for nothing. */
	@RestController
	static class Senders {

		@GetMapping("/forward")
		void forward(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
			request.getRequestDispatcher("/vault").forward(request, response);
		}

		@GetMapping("/forward-logged-out")
		void forwardLoggedOut(Session session, HttpServletRequest request, HttpServletResponse response)
				throws ServletException, IOException {
			session.invalidate();
			request.getRequestDispatcher("/vault").forward(request, response);
		}

		@GetMapping("/dispatch")
		void dispatch(HttpServletRequest request, HttpServletResponse response) {
			request.startAsync().dispatch("/vault");
		}

	}

}
