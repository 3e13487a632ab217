package app.session.http;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

import app.session.Sessions;
import app.session.http.ClockedNode.ServerClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.session.SessionInformation;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a login by Spring Security makes of the session, on each store.
 */
@ParameterizedClass
@EnumSource(SecuredStore.class)
@TestInstance(Lifecycle.PER_CLASS)
class SecurityLoginHttpTests {

	private SecuredNodes nodes;

	@Parameter
	private SecuredStore store;

	/** Users who are looked up slowly, if there is a gate of their name. */
	@Configuration(proxyBeanMethods = false)
	static class SlowUsers {

		@Bean
		ServerClock clock() {
			return new ServerClock(new AtomicReference<>(Duration.ZERO));
		}

		@Bean
		Gates gates() {
			return new Gates();
		}

		@Bean
		UserDetailsService users(Gates gates) {
			return (name) -> {
				if (name.startsWith("no")) {
					throw new UsernameNotFoundException("no such user");
				}
				User user = (User) User.withUsername(name).password("{noop}password").roles("USER").build();
				if (name.startsWith("slow")) {
					gates.pass(name);
				}
				return user;
			};
		}

	}

	@BeforeParameterizedClassInvocation
	void start() {
		this.nodes = this.store.start(List.of("spring.main.allow-bean-definition-overriding=true"), SlowUsers.class);
	}

	@AfterParameterizedClassInvocation
	void stop() {
		this.nodes.close();
	}

	private WebClient loggedIn(String name) {
		WebClient client = this.nodes.client(0);
		assertThat(client.login(name, "password").statusCode()).isEqualTo(302);
		assertThat(client.get("/").body()).isEqualTo("Hello " + name);
		return client;
	}

	private WebClient atTheOtherNode(WebClient client) {
		return client.twin(this.nodes.client(1));
	}

	private static boolean isLoggedIn(WebClient client) {
		return client.get("/").statusCode() == 200;
	}

	private Sessions sessions() {
		return this.nodes.bean(0, Sessions.class);
	}

	@Test
	void theSessionIsThatOfWhoeverIsLoggedIn() {
		WebClient client = loggedIn("anna");
		assertThat(atTheOtherNode(client).get("/whose").body()).startsWith("anna [SPRING_SECURITY_CONTEXT]");
		assertThat(sessions().findByPrincipal("anna")).hasSize(1);
		client.logout();
		assertThat(sessions().findByPrincipal("anna")).isEmpty();
	}

	@Test
	void theVisitorComesBackToThePageAskedForWithWhatWasInTheSession() {
		WebClient client = this.nodes.client(0);
		assertThat(client.get("/count").body()).isEqualTo("1");
		HttpResponse<String> refused = client.get("/private?a=b");
		assertThat(WebClient.location(refused)).isEqualTo("/login");
		HttpResponse<String> response = client.login("berta", "password");
		assertThat(WebClient.location(response)).isEqualTo("/private?a=b&continue");
		assertThat(atTheOtherNode(client).get("/private?a=b&continue").body()).isEqualTo("of berta");
		assertThat(client.get("/count").body()).isEqualTo("2");
	}

	@Test
	void theIdFromBeforeTheLoginIsDeadAtOnce() {
		WebClient client = this.nodes.client(0);
		client.get("/count");
		WebClient attacker = atTheOtherNode(client);
		String id = client.sessionCookie();
		client.login("clara", "password");
		assertThat(client.sessionCookie()).isNotEqualTo(id);
		assertThat(isLoggedIn(attacker)).isFalse();
		assertThat(isLoggedIn(client)).isTrue();
		assertThat(attacker.get("/count").body()).isEqualTo("1");
	}

	@Test
	void theIdThatTheApplicationSeesChangesAtLoginAndIsNotTheSecret() {
		WebClient client = loggedIn("doris");
		String first = client.get("/session-id").body();
		assertThat(client.sessionCookie()).doesNotContain(first);
		client.login("doris", "password");
		String second = client.get("/session-id").body();
		assertThat(second).isNotEqualTo(first).startsWith(first.substring(0, 22));
		assertThat(sessions().findByPrincipal("doris")).hasSize(1);
	}

	@Test
	void aLogoutIsOneOnAllNodesAndStaysOne() {
		WebClient client = loggedIn("emma");
		WebClient other = atTheOtherNode(client);
		assertThat(isLoggedIn(other)).isTrue();
		HttpResponse<String> response = client.logout();
		assertThat(WebClient.location(response)).isEqualTo("/login?logout");
		assertThat(client.sessionCookie()).isNull();
		assertThat(isLoggedIn(other)).isFalse();
		assertThat(isLoggedIn(client)).isFalse();
	}

	@Test
	void aWrongPasswordLogsNobodyInAndIsToldUntilOneDoes() {
		WebClient client = this.nodes.client(0);
		HttpResponse<String> response = client.login("fiona", "wrong");
		assertThat(WebClient.location(response)).isEqualTo("/login?error");
		assertThat(client.get("/last-error").body()).isEqualTo("BadCredentialsException: Bad credentials");
		assertThat(isLoggedIn(client)).isFalse();
		assertThat(client.get("/count").body()).isEqualTo("1");
		assertThat(sessions().findByPrincipal("fiona")).isEmpty();
		client.login("fiona", "password");
		assertThat(client.get("/last-error").body()).isEqualTo("none");
	}

	@Test
	void aSecondLoginOfAnotherUserInTheSameSessionIsTheirs() {
		WebClient client = loggedIn("gerda");
		client.login("hanna", "password");
		assertThat(client.get("/").body()).isEqualTo("Hello hanna");
		assertThat(sessions().findByPrincipal("gerda")).isEmpty();
		assertThat(sessions().findByPrincipal("hanna")).hasSize(1);
	}

	@Test
	void theSameFormSentTwiceLogsIn() {
		WebClient client = this.nodes.client(0);
		String token = WebClient.token(client.get("/login"));
		Map<String, String> form = Map.of("username", "slow-ida", "password", "password", "_csrf", token);
		WebClient again = atTheOtherNode(client);
		Gates gates = this.nodes.bean(0, Gates.class);
		Gates otherGates = this.nodes.bean(1, Gates.class);
		CompletableFuture<HttpResponse<String>> first = CompletableFuture
			.supplyAsync(() -> client.post("/login", form));
		gates.awaitArrival("slow-ida");
		CompletableFuture<HttpResponse<String>> second = CompletableFuture
			.supplyAsync(() -> again.post("/login", form));
		if (gates != otherGates) {
			otherGates.awaitArrival("slow-ida");
		}
		gates.open("slow-ida");
		otherGates.open("slow-ida");
		assertThat(first.join().statusCode()).isEqualTo(302);
		assertThat(second.join().statusCode()).isIn(302, 403);
		// Only one can have changed the id, and the browser has the cookie of that one.
		assertThat(isLoggedIn(client) || isLoggedIn(again)).isTrue();
		assertThat(sessions().findByPrincipal("slow-ida")).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "slow-jane", "slow-jill" })
	void whoIsOnTheWayInWithTheOldPasswordWhenAllSessionsAreEndedDoesNotGetIn(String name) {
		WebClient client = this.nodes.client(0);
		String token = WebClient.token(client.get("/login"));
		Gates gates = this.nodes.bean(0, Gates.class);
		Map<String, String> form = Map.of("username", name, "password", "password", "_csrf", token);
		// Whatever else the client sends.
		String[] headers = name.equals("slow-jill") ? new String[] { "Authorization", "x" } : new String[0];
		CompletableFuture<HttpResponse<String>> login = CompletableFuture
			.supplyAsync(() -> client.post("/login", form, headers));
		gates.awaitArrival(name);
		sessions().revokeAll(name);
		gates.open(name);
		assertThat(login.join().statusCode()).isEqualTo(409);
		assertThat(isLoggedIn(client)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/fresh", "/fresh-by-rule" })
	void whoseLoginIsNotFreshIsAskedToLogInAgainAndGoesOn(String page) {
		WebClient client = loggedIn("maria");
		assertThat(client.get(page).body()).isEqualTo("freshly logged in");
		ServerClock clock = this.nodes.bean(0, ServerClock.class);
		clock.advance(Duration.ofMinutes(6));
		HttpResponse<String> refused = client.get(page);
		assertThat(WebClient.location(refused)).startsWith("/login");
		assertThat(client.get("/private").body()).isEqualTo("of maria");
		// Spring Security knows when by the machine's clock.
		clock.advance(Duration.ofMinutes(-6));
		assertThat(WebClient.location(client.login("maria", "password"))).startsWith(page);
		assertThat(client.get(page).body()).isEqualTo("freshly logged in");
	}

	@Test
	void theRegistryListsTheSessionsOfAllNodesAndEndsThem() {
		WebClient here = loggedIn("karla");
		WebClient there = this.nodes.client(1);
		there.login("karla", "password");
		SessionRegistry registry = this.nodes.bean(1, SessionRegistry.class);
		List<SessionInformation> listed = registry.getAllSessions("karla", false);
		assertThat(listed).extracting(SessionInformation::getSessionId)
			.containsExactly(here.get("/session-id").body(), there.get("/session-id").body());
		assertThat(registry.getAllPrincipals()).contains("karla");
		assertThat(registry.getSessionInformation(listed.get(0).getSessionId())).isNotNull()
			.extracting(SessionInformation::getPrincipal)
			.isEqualTo("karla");
		listed.get(0).expireNow();
		assertThat(isLoggedIn(here)).isFalse();
		assertThat(isLoggedIn(there)).isTrue();
		assertThat(registry.getAllSessions(User.withUsername("karla").password("x").build(), true)).hasSize(1);
		assertThat(registry.getSessionInformation(listed.get(0).getSessionId())).isNull();
	}

	@Test
	void whoLogsOutEverywhereIsLoggedInNowhere() {
		WebClient here = loggedIn("paula");
		WebClient there = atTheOtherNode(loggedIn("paula"));
		HttpResponse<String> response = here.submit("/logout", "/logout", Map.of("everywhere", "yes"));
		assertThat(WebClient.location(response)).isEqualTo("/login?logout");
		assertThat(here.sessionCookie()).isNull();
		assertThat(isLoggedIn(here)).isFalse();
		assertThat(isLoggedIn(there)).isFalse();
		assertThat(sessions().findByPrincipal("paula")).isEmpty();
	}

	@Test
	void allSessionsEndButTheOneThatAsks() {
		WebClient stays = loggedIn("lena");
		WebClient goes = loggedIn("lena");
		String handle = stays.get("/session-id").body().substring(0, 22);
		assertThat(sessions().revokeAllExcept("lena", handle)).isEqualTo(1);
		assertThat(isLoggedIn(atTheOtherNode(goes))).isFalse();
		assertThat(isLoggedIn(atTheOtherNode(stays))).isTrue();
	}

}
