package app.session.http;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;

import app.session.Sessions;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Spring Security's {@code maximumSessions}, which is the number of sessions that are
 * alive at any moment, on each store and for both ways of dealing with one too many.
 */
@ParameterizedClass
@CsvSource({ "MEMORY,false", "MEMORY,true", "REDIS,false", "REDIS,true", "POSTGRESQL,false", "POSTGRESQL,true",
		"MEMORY_ON_JETTY,true" })
@TestInstance(Lifecycle.PER_CLASS)
class ConcurrentLoginsHttpTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private static final int MAXIMUM = 2;

	private static final int LOGINS = MAXIMUM + 4;

	private SecuredNodes nodes;

	@Parameter(0)
	private SecuredStore store;

	@Parameter(1)
	private boolean preventLogin;

	@BeforeParameterizedClassInvocation
	void start() {
		this.nodes = this.store.start(
				List.of("test.maximum-sessions=" + MAXIMUM, "test.prevent-login=" + this.preventLogin,
						"app.session.store-timeout=10s", "spring.main.allow-bean-definition-overriding=true"),
				SecurityLoginHttpTests.SlowUsers.class);
	}

	@AfterParameterizedClassInvocation
	void stop() {
		this.nodes.close();
	}

	private static boolean isLoggedIn(WebClient client) {
		return client.get("/").statusCode() == 200;
	}

	private static String user() {
		return "user" + System.nanoTime();
	}

	@Test
	void oneLoginTooMany() {
		String user = user();
		List<WebClient> clients = new ArrayList<>();
		List<HttpResponse<String>> responses = new ArrayList<>();
		for (int i = 0; i <= MAXIMUM; i++) {
			WebClient client = this.nodes.client(i);
			responses.add(client.login(user, "password"));
			clients.add(client);
		}
		HttpResponse<String> last = responses.get(MAXIMUM);
		assertThat(WebClient.location(last)).isEqualTo(this.preventLogin ? "/login?error" : "/");
		assertThat(isLoggedIn(clients.get(0))).isEqualTo(this.preventLogin);
		assertThat(isLoggedIn(clients.get(1))).isTrue();
		assertThat(isLoggedIn(clients.get(MAXIMUM))).isEqualTo(!this.preventLogin);
		if (this.preventLogin) {
			assertThat(clients.get(MAXIMUM).get("/last-error").body())
				.isEqualTo("SessionAuthenticationException: Maximum sessions of 2 for this principal exceeded");
		}
	}

	@Test
	void whoHasLoggedOutMakesRoom() {
		String user = user();
		WebClient first = this.nodes.client(0);
		first.login(user, "password");
		WebClient second = this.nodes.client(1);
		second.login(user, "password");
		first.logout();
		WebClient third = this.nodes.client(0);
		assertThat(WebClient.location(third.login(user, "password"))).isEqualTo("/");
		assertThat(isLoggedIn(second)).isTrue();
		assertThat(isLoggedIn(third)).isTrue();
	}

	@Test
	void whoIsLoggedInMayLogInAgain() {
		String user = user();
		WebClient first = this.nodes.client(0);
		first.login(user, "password");
		WebClient second = this.nodes.client(1);
		second.login(user, "password");
		assertThat(WebClient.location(second.login(user, "password"))).isEqualTo("/");
		assertThat(isLoggedIn(first)).isTrue();
		assertThat(isLoggedIn(second)).isTrue();
	}

	@RepeatedTest(5)
	void neverMoreAreAliveThanMayBe() throws Exception {
		String user = user();
		List<WebClient> answered = new CopyOnWriteArrayList<>();
		List<Callable<HttpResponse<String>>> logins = new ArrayList<>();
		for (int i = 0; i < LOGINS; i++) {
			WebClient client = this.nodes.client(i);
			String token = WebClient.token(client.get("/login"));
			logins.add(() -> {
				HttpResponse<String> response = client.post("/login",
						Map.of("username", user, "password", "password", "_csrf", token));
				answered.add(client);
				assertNoMoreAlive(answered);
				return response;
			});
		}
		for (HttpResponse<String> response : Together.call(LIMIT, logins)) {
			// A login that was displaced before it was over is told so.
			assertThat(response.statusCode()).isIn(this.preventLogin ? List.of(302) : List.of(302, 409));
		}
		assertThat(answered).hasSize(LOGINS);
		assertThat(answered.stream().filter(ConcurrentLoginsHttpTests::isAlive)).hasSize(MAXIMUM);
		assertThat(this.nodes.bean(0, Sessions.class).findByPrincipal(user)).hasSize(MAXIMUM);
	}

	/**
	 * While others log in. Each of these has its cookie before this begins to look, and
	 * none comes back to life: whoever is seen alive was so at the beginning.
	 */
	private static void assertNoMoreAlive(List<WebClient> answered) {
		List<WebClient> known = List.copyOf(answered);
		assertThat(known.stream().filter(ConcurrentLoginsHttpTests::isAlive).count()).isLessThanOrEqualTo(MAXIMUM);
	}

	/** By requests that leave the client's cookies to its own thread. */
	private static boolean isAlive(WebClient client) {
		return isLoggedIn(client.twin(client));
	}

}
