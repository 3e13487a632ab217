package app.session.http;

import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

import app.session.store.memory.MemorySessionRepository;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Store calls and cookies with Spring Security on the way, over HTTP.
 */
@TestInstance(Lifecycle.PER_CLASS)
class SecurityBudgetHttpTests {

	private SecuredNodes nodes;

	@Configuration(proxyBeanMethods = false)
	static class Counting {

		@Bean
		CountingRepository repository() {
			return new CountingRepository(new MemorySessionRepository(1000, InstantSource.system(), (event) -> {
			}));
		}

	}

	@BeforeAll
	void start() {
		this.nodes = new SecuredNodes(1, List.of(), Counting.class);
	}

	@AfterAll
	void stop() {
		this.nodes.close();
	}

	@BeforeEach
	void forget() {
		calls();
	}

	private WebClient client() {
		return this.nodes.client(0);
	}

	private WebClient loggedIn() {
		WebClient client = client();
		client.login("alice", "password");
		assertThat(client.get("/").body()).isEqualTo("Hello alice");
		calls();
		return client;
	}

	private List<String> calls() {
		return this.nodes.bean(0, CountingRepository.class).takeCalls();
	}

	private void costs(HttpResponse<String> response, int status, boolean cookie, String... calls) {
		assertThat(response.statusCode()).isEqualTo(status);
		assertThat(calls()).containsExactly(calls);
		assertThat(Browser.setCookies(response)).hasSize(cookie ? 1 : 0);
	}

	@Test
	void aPublicPage() {
		costs(client().get("/public"), 200, false);
		costs(loggedIn().get("/public"), 200, false);
	}

	@Test
	void aProtectedPage() {
		costs(loggedIn().get("/private"), 200, false, "find");
	}

	@Test
	void aProtectedPageWithoutALoginRemembersWhereToGoOn() {
		costs(client().get("/private"), 302, true, "create");
		costs(client().get("/private", "Accept", "application/json"), 401, false);
	}

	@Test
	void aPasswordWithEveryRequestNeedsNoSession() {
		costs(client().get("/private", "Authorization", "Basic YWxpY2U6cGFzc3dvcmQ="), 200, false);
	}

	@Test
	void theLoginPageKeepsItsToken() {
		costs(client().get("/login"), 200, true, "create");
	}

	@Test
	void aLogin() {
		WebClient client = client();
		String token = WebClient.token(client.get("/login"));
		calls();
		costs(client.post("/login", Map.of("username", "alice", "password", "password", "_csrf", token)), 302, true,
				"find", "update");
	}

	@Test
	void aLogout() {
		WebClient client = loggedIn();
		String token = WebClient.token(client.get("/logout"));
		calls();
		costs(client.post("/logout", Map.of("_csrf", token)), 302, true, "find", "delete");
	}

	@Test
	void ourOwnSessionInAPublicPage() {
		costs(loggedIn().get("/count"), 200, false, "find", "update");
	}

}
