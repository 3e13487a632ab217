package app.session.http;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

import app.session.peers.Expectation;
import app.session.store.memory.MemorySessionRepository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Store calls and cookies of each kind of request, over HTTP.
 */
class BudgetHttpTests extends HttpTests {

	private final Browser[] known = new Browser[1];

	@Configuration(proxyBeanMethods = false)
	static class Counting {

		@Bean
		CountingRepository repository(InstantSource clock) {
			return new CountingRepository(new MemorySessionRepository(1000, clock, (event) -> {
			}));
		}

	}

	@Override
	Class<?>[] sources() {
		return new Class<?>[] { TestApplication.class, Counting.class };
	}

	@BeforeEach
	void aKnownVisitor() {
		Browser browser = browser();
		browser.get("/login/alice");
		browser.get("/count");
		this.known[0] = browser;
		calls();
	}

	private List<String> calls() {
		return bean(CountingRepository.class).takeCalls();
	}

	private void costs(Browser browser, String path, boolean cookie, String... calls) {
		HttpResponse<String> response = browser.get(path);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(calls()).containsExactly(calls);
		assertThat(Browser.setCookies(response)).hasSize(cookie ? 1 : 0);
	}

	@Test
	void noCookieAndNoUse() {
		costs(browser(), "/nothing", false);
		costs(browser(), "/unused", false);
		costs(browser(), "/whole", false);
	}

	@Test
	void aForgedCookie() {
		Browser forger = browser();
		forger.cookie(this.known[0].cookie() + "x");
		costs(forger, "/whole", false);
	}

	@Test
	@Expectation({ "K22", "X8" })
	void aValidCookieAndNoUse() {
		costs(this.known[0], "/nothing", false);
		costs(this.known[0], "/unused", false);
	}

	@Test
	void aValidCookieAndNoUseWhenATouchIsDue() {
		bean(TestApplication.MovableClock.class).advance(Duration.ofMinutes(3));
		HttpResponse<String> response = this.known[0].get("/nothing");
		assertThat(Browser.setCookies(response)).isEmpty();
		// The touch comes after the answer.
		List<String> calls = new ArrayList<>();
		await().until(() -> calls.addAll(calls()));
		assertThat(calls).containsExactly("touch");
		costs(this.known[0], "/nothing", false);
	}

	@Test
	void aNewSession() {
		costs(browser(), "/count", true, "create");
		costs(browser(), "/set/a/b", true, "create");
	}

	@Test
	void aRead() {
		costs(this.known[0], "/whole", false, "find");
	}

	@Test
	void aChange() {
		costs(this.known[0], "/set/a/b", false, "find", "update");
		costs(this.known[0], "/count", false, "find", "update");
	}

	@Test
	void aSecondExactOperationAndASetAfterOne() {
		costs(this.known[0], "/count-twice", false, "find", "update", "update");
		costs(this.known[0], "/count-then-set", false, "find", "update", "update");
	}

	@Test
	void anIdChange() {
		costs(this.known[0], "/change-id", true, "find", "update");
	}

	@Test
	void aLogin() {
		costs(this.known[0], "/login/bob", true, "find", "update");
	}

	@Test
	void aLogout() {
		costs(this.known[0], "/logout", true, "find", "delete");
		assertThat(this.known[0].cookie()).isNull();
	}

}
