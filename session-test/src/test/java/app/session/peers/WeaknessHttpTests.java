package app.session.peers;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

import app.session.SessionEvent;
import app.session.http.Browser;
import app.session.http.Together;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Weaknesses of koa-session and express-session that we do not have, on one store: what
 * is stored, and when.
 */
@ExtendWith(OutputCaptureExtension.class)
abstract class WeaknessHttpTests extends PeerHttpTests {

	private static final int ROUNDS = 20;

	WeaknessHttpTests(List<String> store) {
		super(store);
	}

	@Test
	@Expectation({ "K1", "X1" })
	void twoRequestsThatSetDifferentAttributesAtOnceBothKeepTheirs() throws Exception {
		Browser visitor = known();
		for (int round = 0; round < ROUNDS; round++) {
			String gate = "both-" + round;
			Browser first = visitor.twin();
			Browser second = visitor.twin();
			var held = first.send("/wait/" + gate + "/set/first/" + round);
			server().gates().awaitArrival(gate);
			int number = round;
			Together.call(LIMIT, List.of(() -> second.get("/set/second/" + number), () -> {
				server().gates().open(gate);
				return Browser.await(held);
			}));
			assertThat(visitor.get("/whole").body()).contains("first=" + round).contains("second=" + round);
		}
	}

	@Test
	@Expectation({ "K1", "X1" })
	void twentyIncrementsAtOnceAreTwenty() throws Exception {
		Browser visitor = known();
		List<Callable<String>> calls = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			Browser twin = visitor.twin();
			calls.add(() -> twin.get("/count").body());
		}
		assertThat(Together.call(LIMIT, calls))
			.containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 20).mapToObj(String::valueOf).toList());
		assertThat(visitor.get("/count").body()).isEqualTo("21");
	}

	@Test
	@Expectation({ "K2", "X2" })
	void noRequestThatWasUnderWayUndoesALogoutNotEvenAReaderOfARollingSession() {
		try (PeerServer rolling = another("app.session.cookie.rolling=true", "app.session.touch-fraction=0")) {
			for (String end : List.of("/logout", "/change-id", "/login/alice")) {
				for (String what : List.of("read", "set/late/yes", "see/known")) {
					Browser visitor = rolling.known();
					Browser dead = visitor.twin();
					String gate = end.substring(1).replace('/', '-') + what.length();
					var held = visitor.twin().send("/wait/" + gate + "/" + what);
					rolling.gates().awaitArrival(gate);
					visitor.get(end);
					rolling.gates().open(gate);
					HttpResponse<String> late = Browser.await(held);
					assertThat(late.statusCode()).as(what).isEqualTo(200);
					assertThat(Browser.setCookies(late)).as(what).isEmpty();
					assertThat(dead.get("/whole").body()).as(what).isEqualTo(NOTHING);
				}
			}
		}
	}

	@Test
	@Expectation({ "K2", "X2" })
	void whateverComesWithALogoutTheOldCookieIsDead() throws Exception {
		for (int round = 0; round < ROUNDS; round++) {
			Browser visitor = known();
			Browser dead = visitor.twin();
			List<Callable<String>> calls = new ArrayList<>();
			for (String path : List.of("/logout", "/set/late/yes", "/count", "/whole", "/change-id")) {
				Browser twin = visitor.twin();
				calls.add(() -> twin.get(path).body());
			}
			Together.call(LIMIT, calls);
			assertThat(dead.get("/whole").body()).isEqualTo(NOTHING);
		}
	}

	@ParameterizedTest
	@Expectation({ "K3", "X14" })
	@ValueSource(strings = { "/login/alice", "/replace-and-login/alice", "/logout-and-login/alice" })
	void aLoginIsAnotherIdHoweverItIsMade(String login) {
		Browser visitor = known();
		Browser attacker = visitor.twin();
		HttpResponse<String> response = visitor.get(login);
		assertThat(Browser.setCookies(response)).hasSize(1);
		assertThat(visitor.cookie()).isNotEqualTo(attacker.cookie());
		assertThat(attacker.get("/whole").body()).isEqualTo(NOTHING);
		assertThat(visitor.get("/whole").body()).startsWith("alice ");
	}

	@Test
	@Expectation({ "K3", "X14" })
	void aLoginKeepsTheData() {
		Browser visitor = known();
		visitor.get("/login/alice");
		assertThat(visitor.get("/whole").body()).isEqualTo("alice {known=yes}");
	}

	/** Two words of the same length with the same CRC32, and so any two texts around. */
	@Test
	@Expectation("K4")
	void aChangeWithTheSameChecksumIsSaved() {
		assertThat(crc32("[\"plumless\"]")).isEqualTo(crc32("[\"buckeroo\"]"));
		Browser visitor = known();
		visitor.get("/list/plumless");
		calls();
		visitor.get("/change-list-in-place/buckeroo");
		assertThat(calls()).containsExactly("find", "update");
		assertThat(visitor.get("/whole").body()).contains("list=[buckeroo]");
	}

	private static long crc32(String text) {
		CRC32 crc = new CRC32();
		crc.update(text.getBytes(StandardCharsets.UTF_8));
		return crc.getValue();
	}

	@Test
	@Expectation("K5")
	void anEmptiedSessionIsStoredAsEmptyAndStaysOne() {
		Browser visitor = known();
		String handle = visitor.get("/handle").body();
		calls();
		visitor.get("/clear");
		assertThat(calls()).containsExactly("find", "update");
		assertThat(visitor.get("/whole").body()).isEqualTo(NOTHING);
		assertThat(visitor.get("/new").body()).isEqualTo("false");
		assertThat(visitor.get("/handle").body()).isEqualTo(handle);
	}

	@Test
	@Expectation("K12")
	void ofARequestThatFailsBothTheChangeAndTheCookieAreThere() {
		Browser visitor = visitor();
		HttpResponse<String> response = visitor.get("/fail");
		assertThat(response.statusCode()).isEqualTo(500);
		assertThat(Browser.setCookies(response)).hasSize(1);
		assertThat(visitor.get("/whole").body()).isEqualTo("null {failed=yes}");
	}

	@Test
	@Expectation("K12")
	void ofARequestThatFailsNeitherIsThereWhereThatIsWanted() {
		try (PeerServer discarding = another("app.session.discard-on-error=true")) {
			HttpResponse<String> response = discarding.visitor().get("/fail");
			assertThat(response.statusCode()).isEqualTo(500);
			assertThat(Browser.setCookies(response)).isEmpty();
			assertThat(discarding.calls()).isEmpty();
			Browser visitor = discarding.known();
			visitor.get("/fail");
			assertThat(visitor.get("/whole").body()).isEqualTo("null {known=yes}");
		}
	}

	@Test
	@Expectation("K13")
	void aFailureOfTheStoreHidesNoErrorOfTheHandler(CapturedOutput output) {
		Browser visitor = known();
		server().store().fail("update");
		assertThat(visitor.get("/fail").statusCode()).isEqualTo(503);
		assertThat(output).contains("the address of the store").contains("the handler's own");
	}

	@Test
	@Expectation({ "K20", "X18" })
	void theCookieOfADeadSessionIsReplacedByTheFirstWriteAndLeftAloneUntilThen() {
		Browser visitor = known();
		String old = visitor.cookie();
		sessions().revoke(visitor.get("/handle").body());
		calls();
		for (int i = 0; i < 2; i++) {
			HttpResponse<String> response = visitor.get("/whole");
			assertThat(Browser.setCookies(response)).isEmpty();
			assertThat(calls()).hasSize(1);
		}
		assertThat(Browser.setCookies(visitor.get("/set/a/b"))).hasSize(1);
		assertThat(visitor.cookie()).isNotEqualTo(old);
	}

	@Test
	@Expectation({ "K23", "X13" })
	void aSessionThatIsUsedAllTheTimeEndsAllTheSame() {
		try (PeerServer shortLived = another("app.session.timeout=2s", "app.session.max-lifetime=2s",
				"app.session.touch-fraction=0")) {
			Browser visitor = shortLived.known();
			await().atMost(LIMIT).until(() -> visitor.get("/whole").body().equals(NOTHING));
		}
	}

	@Test
	@Expectation("K28")
	void afterAnIdChangeTheHandleIsStillTheSessions() {
		Browser visitor = known();
		String handle = visitor.get("/handle").body();
		visitor.get("/change-id");
		assertThat(visitor.get("/handle").body()).isEqualTo(handle);
		assertThat(sessions().find(handle)).isPresent();
	}

	@Test
	@Expectation("K31")
	void withoutAutoCommitASessionCanBeEnded() {
		try (PeerServer manual = another("app.session.auto-commit=false")) {
			Browser visitor = manual.visitor();
			assertThat(Browser.setCookies(visitor.get("/set/a/b"))).isEmpty();
			assertThat(Browser.setCookies(visitor.get("/save"))).hasSize(1);
			Browser dead = visitor.twin();
			assertThat(Browser.setCookies(visitor.get("/logout"))).singleElement().asString().contains("Max-Age=0");
			assertThat(dead.get("/whole").body()).isEqualTo(NOTHING);
		}
	}

	@Test
	@Expectation("K39")
	void aForgedCookieIsAnEvent() {
		Browser visitor = known();
		String cookie = visitor.cookie();
		visitor.cookie(cookie.substring(0, cookie.length() - 1) + (cookie.endsWith("A") ? "B" : "A"));
		server().events();
		assertThat(visitor.get("/whole").body()).isEqualTo(NOTHING);
		assertThat(server().events())
			.containsExactly(new SessionEvent.InvalidCookie(SessionEvent.InvalidCookie.Reason.BAD_SIGNATURE));
		assertThat(calls()).isEmpty();
	}

	@Test
	@Expectation("K40")
	void anotherOrderOfTheAttributesIsNoChange() {
		Browser visitor = known();
		visitor.get("/replace/a/b");
		calls();
		visitor.get("/replace/b/a");
		assertThat(calls()).containsExactly("find");
		visitor.get("/replace/b/c");
		assertThat(calls()).containsExactly("find", "update");
	}

}
