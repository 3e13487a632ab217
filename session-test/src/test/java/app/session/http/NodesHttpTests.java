package app.session.http;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.IntStream;

import app.session.peers.Expectation;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests of one session at the same time on two nodes, on each store that nodes can
 * share.
 */
@ParameterizedClass
@EnumSource(SharedStore.class)
@TestInstance(Lifecycle.PER_CLASS)
class NodesHttpTests {

	private static final Duration LIMIT = Duration.ofSeconds(120);

	private static final int CLIENTS = 16;

	private static final int VISITS = 20;

	private Nodes nodes;

	@Parameter
	private SharedStore store;

	@BeforeParameterizedClassInvocation
	void start() {
		List<String> properties = new ArrayList<>(this.store.properties());
		properties.add("app.session.store-timeout=10s");
		properties.add("app.session.principal.max-sessions=2");
		this.nodes = new Nodes(properties);
	}

	@AfterParameterizedClassInvocation
	void stop() {
		this.nodes.close();
	}

	private Browser browser(int node) {
		return this.nodes.browser(node);
	}

	private Browser twin(Browser browser, int node) {
		return this.nodes.twin(browser, node);
	}

	private Gates gates(int node) {
		return this.nodes.gates(node);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/count", "/plain-count" })
	@Expectation({ "K1", "X1" })
	void clientsThatGoFromNodeToNodeCountExactly(String path) throws Exception {
		Browser browser = browser(0);
		browser.get("/set/start/1");
		Set<Integer> answers = new ConcurrentSkipListSet<>();
		int visits = path.equals("/count") ? VISITS : 5;
		List<Callable<Boolean>> clients = new ArrayList<>();
		for (int i = 0; i < CLIENTS; i++) {
			Browser[] both = { twin(browser, i), twin(browser, i + 1) };
			clients.add(() -> {
				for (int visit = 0; visit < visits; visit++) {
					HttpResponse<String> response = both[visit % 2].get(path);
					assertThat(response.statusCode()).isEqualTo(200);
					answers.add(Integer.parseInt(response.body()));
				}
				return true;
			});
		}
		Together.call(LIMIT, clients);
		assertThat(answers).containsExactlyElementsOf(IntStream.rangeClosed(1, CLIENTS * visits).boxed().toList());
		assertThat(browser.get(path).body()).isEqualTo(String.valueOf(CLIENTS * visits + 1));
	}

	@RepeatedTest(3)
	@Expectation({ "K2", "X2" })
	void aLogoutOnOneNodeIsOneForWhatIsInFlightOnTheOther() {
		Browser browser = browser(0);
		browser.get("/count");
		Browser dead = twin(browser, 1);
		String run = String.valueOf(System.nanoTime());
		List<String> deeds = List.of("count", "set", "change-id", "login", "take");
		List<CompletableFuture<HttpResponse<String>>> inFlight = new ArrayList<>();
		for (String what : deeds) {
			inFlight.add(twin(browser, 1).send("/read/" + run + what + "/" + what));
			gates(1).awaitArrival(run + what);
		}
		assertThat(Browser.setCookies(browser.get("/logout"))).singleElement().asString().contains("Max-Age=0");
		deeds.forEach((what) -> gates(1).open(run + what));
		for (CompletableFuture<HttpResponse<String>> request : inFlight) {
			HttpResponse<String> response = Browser.await(request);
			assertThat(response.statusCode()).isEqualTo(200);
			assertThat(Browser.setCookies(response)).isEmpty();
		}
		assertThat(dead.get("/whole").body()).isEqualTo("null {}");
	}

	@RepeatedTest(3)
	void anIdChangeOnOneNodeLosesNothingThatIsInFlightOnTheOther() {
		Browser browser = browser(0);
		browser.get("/count");
		Browser old = twin(browser, 1);
		String run = String.valueOf(System.nanoTime());
		List<CompletableFuture<HttpResponse<String>>> inFlight = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			inFlight.add(twin(browser, 1).send("/read/" + run + i + "/count"));
			gates(1).awaitArrival(run + i);
		}
		browser.get("/change-id");
		assertThat(twin(old, 0).get("/whole").body()).isEqualTo("null {}");
		assertThat(twin(old, 1).get("/whole").body()).isEqualTo("null {}");
		for (int i = 0; i < 4; i++) {
			gates(1).open(run + i);
		}
		for (CompletableFuture<HttpResponse<String>> request : inFlight) {
			assertThat(Browser.setCookies(Browser.await(request))).isEmpty();
		}
		assertThat(twin(browser, 1).get("/count").body()).isEqualTo("6");
		assertThat(old.get("/whole").body()).isEqualTo("null {}");
	}

	@Test
	@Expectation({ "K3", "X14" })
	void whoKnewTheAnonymousIdGetsNothingOfTheLogin() {
		Browser victim = browser(0);
		victim.get("/count");
		Browser attacker = twin(victim, 1);
		List<CompletableFuture<HttpResponse<String>>> inFlight = new ArrayList<>();
		List<String> deeds = List.of("whole", "take", "change-id", "login", "set");
		for (String what : deeds) {
			inFlight.add(twin(attacker, 1).send("/read/attack-" + what + "/" + what));
			gates(1).awaitArrival("attack-" + what);
		}
		victim.get("/login/alice");
		deeds.forEach((what) -> gates(1).open("attack-" + what));
		for (CompletableFuture<HttpResponse<String>> request : inFlight) {
			HttpResponse<String> response = Browser.await(request);
			assertThat(Browser.setCookies(response)).isEmpty();
			assertThat(response.body()).doesNotContain("alice");
		}
		assertThat(attacker.get("/whole").body()).isEqualTo("null {}");
		assertThat(twin(victim, 1).get("/whole").body()).startsWith("alice")
			.contains("secret=of alice")
			.contains("views=1");
	}

	@RepeatedTest(5)
	void noMoreSessionsOfAPrincipalThanAllowedAreAliveAfterLoginsOnBothNodes() throws Exception {
		String principal = "bob" + System.nanoTime();
		List<Callable<Browser>> logins = new ArrayList<>();
		for (int i = 0; i < 6; i++) {
			Browser browser = browser(i);
			browser.get("/count");
			logins.add(() -> {
				HttpResponse<String> response = browser.get("/login/" + principal);
				// Who was displaced before the login was over is told so.
				assertThat(response.statusCode()).isIn(200, 409);
				return browser;
			});
		}
		List<Browser> browsers = Together.call(LIMIT, logins);
		List<String> alive = new ArrayList<>();
		for (Browser browser : browsers) {
			String seen = twin(browser, 0).get("/whole").body();
			assertThat(twin(browser, 1).get("/whole").body()).isEqualTo(seen);
			if (seen.startsWith(principal)) {
				alive.add(seen);
			}
		}
		assertThat(alive).hasSize(2);
	}

}
