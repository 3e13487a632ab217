package app.session.http;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import app.session.peers.Expectation;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many requests of one session at the same time, over HTTP.
 */
class ConcurrencyHttpTests extends HttpTests {

	private static final int CLIENTS = 16;

	private static final int VISITS = 50;

	private Set<Integer> visit(Browser browser, String path) throws Exception {
		Set<Integer> answers = new ConcurrentSkipListSet<>();
		CyclicBarrier start = new CyclicBarrier(CLIENTS);
		List<Callable<Void>> clients = new ArrayList<>();
		for (int i = 0; i < CLIENTS; i++) {
			Browser client = browser.twin();
			clients.add(() -> {
				start.await(20, TimeUnit.SECONDS);
				for (int visit = 0; visit < VISITS; visit++) {
					HttpResponse<String> response = client.get(path);
					assertThat(response.statusCode()).isEqualTo(200);
					answers.add(Integer.parseInt(response.body()));
				}
				return null;
			});
		}
		ExecutorService executor = Executors.newFixedThreadPool(CLIENTS);
		try {
			for (Future<Void> client : executor.invokeAll(clients, 60, TimeUnit.SECONDS)) {
				client.get();
			}
		}
		finally {
			executor.shutdownNow();
		}
		return answers;
	}

	@ParameterizedTest
	@ValueSource(strings = { "/count", "/plain-count" })
	@Expectation({ "K1", "X1" })
	void sixteenClientsWithFiftyVisitsEachAreEightHundred(String path) throws Exception {
		Browser browser = browser();
		browser.get("/set/start/1");
		assertThat(visit(browser, path))
			.containsExactlyElementsOf(IntStream.rangeClosed(1, CLIENTS * VISITS).boxed().toList());
		assertThat(browser.get(path).body()).isEqualTo(String.valueOf(CLIENTS * VISITS + 1));
	}

	@RepeatedTest(5)
	@Expectation({ "K2", "X2" })
	void aLogoutStaysALogoutWhateverIsInFlight() {
		Browser browser = browser();
		browser.get("/count");
		Browser dead = browser.twin();
		List<CompletableFuture<HttpResponse<String>>> inFlight = new ArrayList<>();
		String run = String.valueOf(System.nanoTime());
		for (String when : List.of("unread", "read")) {
			for (String what : List.of("count", "set", "change-id", "login", "take")) {
				String gate = run + when + what;
				inFlight.add(browser.twin().send("/" + when + "/" + gate + "/" + what));
				gates().awaitArrival(gate);
			}
		}
		HttpResponse<String> logout = browser.get("/logout");
		assertThat(Browser.setCookies(logout)).singleElement().asString().contains("Max-Age=0");
		for (String when : List.of("unread", "read")) {
			for (String what : List.of("count", "set", "change-id", "login", "take")) {
				gates().open(run + when + what);
			}
		}
		for (CompletableFuture<HttpResponse<String>> request : inFlight) {
			HttpResponse<String> response = Browser.await(request);
			assertThat(response.statusCode()).isEqualTo(200);
			assertThat(Browser.setCookies(response)).isEmpty();
		}
		assertThat(dead.get("/whole").body()).isEqualTo("null {}");
	}

	@Test
	void anIdChangeLosesNothingThatIsInFlight() {
		Browser browser = browser();
		browser.get("/count");
		Browser old = browser.twin();
		List<CompletableFuture<HttpResponse<String>>> inFlight = new ArrayList<>();
		for (int i = 0; i < 8; i++) {
			inFlight.add(old.send("/read/change-" + i + "/count"));
			gates().awaitArrival("change-" + i);
		}
		browser.get("/change-id");
		assertThat(old.twin().get("/whole").body()).isEqualTo("null {}");
		for (int i = 0; i < 8; i++) {
			gates().open("change-" + i);
		}
		for (CompletableFuture<HttpResponse<String>> request : inFlight) {
			assertThat(Browser.setCookies(Browser.await(request))).isEmpty();
		}
		assertThat(browser.get("/count").body()).isEqualTo("10");
		assertThat(old.get("/whole").body()).isEqualTo("null {}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "read", "unread" })
	void whoKnewTheAnonymousIdGetsNothingOfTheLogin(String when) {
		Browser victim = browser();
		victim.get("/count");
		Browser attacker = victim.twin();
		List<CompletableFuture<HttpResponse<String>>> inFlight = new ArrayList<>();
		List<String> deeds = List.of("whole", "take", "change-id", "login", "set");
		for (String what : deeds) {
			inFlight.add(attacker.send("/" + when + "/" + when + "-attack-" + what + "/" + what));
			gates().awaitArrival(when + "-attack-" + what);
		}
		victim.get("/login/alice");
		deeds.forEach((what) -> gates().open(when + "-attack-" + what));
		for (CompletableFuture<HttpResponse<String>> request : inFlight) {
			HttpResponse<String> response = Browser.await(request);
			assertThat(Browser.setCookies(response)).isEmpty();
			assertThat(response.body()).doesNotContain("alice");
		}
		assertThat(attacker.get("/whole").body()).isEqualTo("null {}");
		assertThat(victim.get("/whole").body()).startsWith("alice").contains("secret=of alice").contains("views=1");
	}

	@Test
	void answersInAnyOrderNeverLogTheBrowserOut() {
		for (int order = 0; order < 24; order++) {
			Browser browser = browser();
			browser.get("/count");
			String run = "order-" + order + "-";
			List<String> paths = List.of("/read/" + run + "0/count", "/unread/" + run + "1/set",
					"/read/" + run + "2/set");
			List<CompletableFuture<HttpResponse<String>>> sent = new ArrayList<>();
			for (int i = 0; i < 3; i++) {
				sent.add(browser.send(paths.get(i)));
				gates().awaitArrival(run + i);
			}
			HttpResponse<String> login = Browser.await(browser.send("/login/alice"));
			List<HttpResponse<String>> answers = new ArrayList<>(List.of(login));
			for (int i = 0; i < 3; i++) {
				gates().open(run + i);
				answers.add(Browser.await(sent.get(i)));
			}
			permutation(answers, order).forEach(browser::take);
			assertThat(browser.get("/whole").body()).startsWith("alice");
		}
	}

	private static <T> List<T> permutation(List<T> items, int number) {
		List<T> rest = new ArrayList<>(items);
		List<T> result = new ArrayList<>();
		int remaining = number;
		for (int size = items.size(); size > 0; size--) {
			result.add(rest.remove(remaining % size));
			remaining /= size;
		}
		return result;
	}

}
