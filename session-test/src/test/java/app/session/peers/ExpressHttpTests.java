package app.session.peers;

import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import app.session.SessionEvent;
import app.session.Sessions;
import app.session.http.Browser;
import app.session.http.Together;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

/**
 * What express-session's tests expect of sessions and of the store, as far as it carries
 * over.
 */
abstract class ExpressHttpTests extends PeerHttpTests {

	private static final long TIMEOUT = 1_800_000;

	ExpressHttpTests(List<String> store) {
		super(store);
	}

	@Test
	@Expectation({ "c.3", "K36" })
	void aVisitorWhoWritesGetsACookieAndOneEntry() throws Exception {
		long before = sessions().count();
		Browser visitor = visitor();
		assertThat(Browser.setCookies(visitor.get("/set/a/b"))).hasSize(1);
		assertThat(sessions().count()).isEqualTo(before + 1);
		List<Browser> two = List.of(visitor(), visitor());
		Together.call(LIMIT, List.of(() -> two.get(0).get("/set/a/b"), () -> two.get(1).get("/set/a/b")));
		assertThat(sessions().count()).isEqualTo(before + 3);
		assertThat(two.get(0).cookie()).isNotNull().isNotEqualTo(two.get(1).cookie());
	}

	@Test
	@Expectation({ "c.4", "c.18" })
	void theCookieFindsTheDataAndALogoutEndsIt() {
		Browser visitor = known();
		Browser twin = visitor.twin();
		assertThat(twin.get("/whole").body()).isEqualTo("null {known=yes}");
		visitor.get("/logout");
		assertThat(twin.get("/whole").body()).isEqualTo(NOTHING);
	}

	@Test
	@Expectation({ "c.5", "X11" })
	void aStoreThatDoesNotAnswerIsNeitherAnEmptySessionNorAnErrorOfTheHandler() {
		Browser visitor = known();
		server().store().fail("find", "findAndTouch");
		HttpResponse<String> response = visitor.get("/whole");
		assertThat(response.statusCode()).isEqualTo(503);
		assertThat(response.headers().firstValue("Retry-After")).isPresent();
		assertThat(response.body()).doesNotContain("the address of the store").doesNotContain(NOTHING);
		assertThat(Browser.setCookies(response)).isEmpty();
		server().store().fail();
		assertThat(visitor.get("/whole").body()).isEqualTo("null {known=yes}");
	}

	@ParameterizedTest
	@Expectation({ "c.7", "c.8", "K25" })
	@ValueSource(strings = { "save", "cookie", "_x", "length", "populated", "maxAge", "externalKey", "toJSON",
			"__proto__", "constructor", "class", "id", "principal" })
	void noNameOfAnAttributeIsReserved(String name) {
		Browser visitor = known();
		visitor.get("/set/" + name + "/" + name + "'s");
		assertThat(visitor.get("/whole").body()).contains("known=yes").contains(name + "=" + name + "'s");
		assertThat(visitor.get("/names").body()).isEqualTo(new TreeSet<>(List.of("known", name)).toString());
		visitor.get("/save");
		assertThat(visitor.get("/whole").body()).contains("saved=yes").contains(name + "=" + name + "'s");
	}

	@ParameterizedTest
	@Expectation({ "c.10", "X3" })
	@CsvSource({ "text,the text", "empty,''", "pieces,the|text", "fixed,the text", "redirect,Location:" })
	void noByteOfTheResponseLeavesBeforeTheSessionIsStored(String body, String expected) throws Exception {
		Browser visitor = known();
		String gate = "body-" + body;
		server().store().holdNext("update", gate);
		try (Socket socket = server().open("/body/" + body, visitor.cookie())) {
			server().gates().awaitArrival(gate);
			socket.setSoTimeout(200);
			assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> socket.getInputStream().read());
			server().gates().open(gate);
			assertThat(PeerServer.readAll(socket)).startsWith("HTTP/1.1 ").contains(expected.split("\\|"));
		}
		assertThat(visitor.get("/whole").body()).contains("body=" + body);
	}

	@Test
	@Expectation({ "c.12", "c.47" })
	void theExpiryThatIsStoredIsTheOneThatIsToldAndMovesOnWithEveryUse() {
		try (PeerServer exact = another("app.session.touch-fraction=0")) {
			Browser visitor = exact.known();
			String handle = visitor.get("/handle").body();
			long first = expiry(exact, handle);
			long before = System.currentTimeMillis();
			assertThat(first).isBetween(before - LIMIT.toMillis() + TIMEOUT, before + TIMEOUT);
			await().atMost(LIMIT).until(() -> System.currentTimeMillis() > before + 2);
			long told = Long.parseLong(visitor.get("/times").body().split(" ")[2]);
			assertThat(told).isGreaterThan(first);
			assertThat(expiry(exact, handle)).isGreaterThan(first).isCloseTo(told, within(LIMIT.toMillis()));
		}
	}

	/** When the store ends the session, in milliseconds. */
	private static long expiry(PeerServer server, String handle) {
		return server.bean(Sessions.class).find(handle).orElseThrow().expiryTime().toEpochMilli();
	}

	@Test
	@Expectation("c.13")
	void aSlowResponseOfARollingSessionPutsOffItsEnd() throws Exception {
		try (PeerServer rolling = another("app.session.touch-fraction=0", "app.session.cookie.rolling=true",
				"app.session.cookie.max-age=1h")) {
			Browser visitor = rolling.known();
			String handle = visitor.get("/handle").body();
			long before = expiry(rolling, handle);
			await().atMost(LIMIT).until(() -> System.currentTimeMillis() > before - TIMEOUT + 2);
			CompletableFuture<HttpResponse<String>> slow = visitor.send("/body/slow/slow");
			rolling.gates().awaitArrival("slow");
			rolling.gates().open("slow");
			HttpResponse<String> response = Browser.await(slow);
			assertThat(response.body()).isEqualTo("the text");
			assertThat(Browser.setCookies(response)).singleElement().asString().contains("; Max-Age=3600;");
			assertThat(expiry(rolling, handle)).isGreaterThan(before);
		}
	}

	@Test
	@Expectation("c.14")
	void anIdThatTheStoreDoesNotKnowIsNeverAdopted() {
		Browser visitor = known();
		String handle = visitor.get("/handle").body();
		String old = visitor.cookie();
		assertThat(sessions().revoke(handle)).isTrue();
		server().events();
		assertThat(visitor.get("/whole").body()).isEqualTo(NOTHING);
		assertThat(server().events()).hasExactlyElementsOfTypes(SessionEvent.Missed.class);
		assertThat(Browser.setCookies(visitor.get("/set/a/b"))).hasSize(1);
		assertThat(visitor.cookie()).isNotEqualTo(old);
		assertThat(visitor.get("/handle").body()).isNotEqualTo(handle);
		assertThat(visitor.get("/whole").body()).isEqualTo("null {a=b}");
	}

	@ParameterizedTest
	@Expectation({ "c.9", "c.15" })
	@ValueSource(strings = { "session=", "session=undefined", "session=[object Object]", "session=s%3Aapple.D8Y",
			"session=0f8fad5b-d9cb-469f-a165-70867728950e" })
	void anIdThatWeDidNotSignCostsNoCallAndIsNeverAdopted(String cookie) {
		Browser visitor = visitor();
		visitor.cookie(cookie);
		HttpResponse<String> response = visitor.get("/whole");
		assertThat(response.body()).isEqualTo(NOTHING);
		assertThat(Browser.setCookies(response)).isEmpty();
		assertThat(calls()).isEmpty();
		visitor.get("/set/a/b");
		assertThat(visitor.cookie()).matches("session=[A-Za-z0-9_-]{108}");
		assertThat(calls()).containsExactly("create");
	}

	@Test
	@Expectation({ "c.16", "K21", "X5" })
	void whoseTimeHasRunOutGetsAnotherIdAndIsListedNoMore() {
		Browser visitor = known();
		String handle = visitor.get("/handle").body();
		visitor.get("/timeout/300");
		String old = visitor.cookie();
		assertThat(sessions().find(handle)).isPresent();
		await().atMost(LIMIT).until(() -> sessions().find(handle).isEmpty());
		try (Stream<Sessions.Info> listed = sessions().stream()) {
			assertThat(listed.map(Sessions.Info::handle)).doesNotContain(handle);
		}
		assertThat(visitor.get("/whole").body()).isEqualTo(NOTHING);
		visitor.get("/set/a/b");
		assertThat(visitor.cookie()).isNotEqualTo(old);
		assertThat(visitor.get("/handle").body()).isNotEqualTo(handle);
	}

}
