package app.session.web;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import app.session.SessionEvent;
import app.session.SessionLimit;
import app.session.core.EngineSettings;
import app.session.crypto.KeyRing;
import app.session.crypto.SessionId;
import app.session.crypto.SignedIdFormat;
import app.session.peers.Expectation;
import app.session.web.SessionCookie.SameSite;
import app.session.web.SessionCookie.Secure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The filter and the interceptor, on each container.
 */
class SessionFilterTests {

	private final List<AutoCloseable> resources = new ArrayList<>();

	private final byte[] firstKey = key(1);

	private TestServer server;

	private static byte[] key(int seed) {
		byte[] key = new byte[32];
		new Random(seed).nextBytes(key);
		return key;
	}

	private void start(Container container) {
		start(container, SessionCookie.DEFAULTS, WebSettings.DEFAULTS, EngineSettings.DEFAULTS,
				new KeyRing(List.of(this.firstKey)));
	}

	private void start(Container container, SessionCookie cookie, WebSettings settings, EngineSettings engineSettings,
			KeyRing ring) {
		this.server = new TestServer(container, cookie, settings, engineSettings, ring, Handlers.class,
				Handlers.Web.class);
		this.resources.add(this.server);
	}

	@AfterEach
	void stop() throws Exception {
		for (AutoCloseable resource : this.resources) {
			resource.close();
		}
	}

	private String newSession() throws Exception {
		String cookie = TestServer.cookies(this.server.get("/increment")).get(0);
		this.server.repository.forgetCalls();
		return cookie;
	}

	private HttpResponse<byte[]> get(String path, String cookie) throws Exception {
		return this.server.get(path, "Cookie", cookie);
	}

	private static String text(HttpResponse<byte[]> response) {
		return new String(response.body(), StandardCharsets.UTF_8);
	}

	private void assertCalls(int reads, int writes) {
		assertThat(this.server.repository.reads()).as("reads").isEqualTo(reads);
		assertThat(this.server.repository.writes()).as("writes").isEqualTo(writes);
		assertThat(this.server.repository.touches()).as("touches").isZero();
		this.server.repository.forgetCalls();
	}

	@ParameterizedTest
	@EnumSource
	void storeIsAskedNoMoreThanNeeded(Container container) throws Exception {
		start(container);
		assertThat(TestServer.cookies(this.server.get("/unused"))).isEmpty();
		assertCalls(0, 0);
		HttpResponse<byte[]> first = this.server.get("/increment");
		assertCalls(0, 1);
		String cookie = TestServer.cookies(first).get(0);
		assertThat(TestServer.cookies(get("/unused", cookie))).isEmpty();
		assertCalls(0, 0);
		HttpResponse<byte[]> read = get("/read", cookie);
		assertThat(text(read)).isEqualTo("1");
		assertThat(TestServer.cookies(read)).isEmpty();
		assertThat(read.headers().firstValue("Cache-Control")).isEmpty();
		assertThat(read.headers().allValues("Vary")).contains("Cookie");
		assertCalls(1, 0);
		HttpResponse<byte[]> incremented = get("/increment", cookie);
		assertThat(text(incremented)).isEqualTo("2");
		assertThat(TestServer.cookies(incremented)).isEmpty();
		assertCalls(1, 1);
		assertThat(text(get("/count", cookie))).isEqualTo("3");
		assertCalls(1, 1);
	}

	@ParameterizedTest
	@EnumSource
	void forgedCookieCostsNoCall(Container container) throws Exception {
		start(container);
		String cookie = newSession();
		String forged = cookie.substring(0, cookie.length() - 2) + (cookie.endsWith("AA") ? "BB" : "AA");
		HttpResponse<byte[]> response = get("/read", forged);
		assertThat(text(response)).isEqualTo("null");
		assertThat(TestServer.cookies(response)).isEmpty();
		assertCalls(0, 0);
		assertThat(this.server.events)
			.contains(new SessionEvent.InvalidCookie(SessionEvent.InvalidCookie.Reason.BAD_SIGNATURE));
	}

	@ParameterizedTest
	@EnumSource
	void invalidationRemovesTheCookie(Container container) throws Exception {
		start(container);
		String cookie = newSession();
		HttpResponse<byte[]> response = get("/invalidate", cookie);
		assertThat(response.headers().allValues("Set-Cookie")).singleElement()
			.asString()
			.startsWith("session=; Path=/; Max-Age=0;");
		assertThat(text(get("/read", cookie))).isEqualTo("null");
	}

	@ParameterizedTest
	@EnumSource
	void excludedRequestHasNoSession(Container container) throws Exception {
		start(container, SessionCookie.DEFAULTS, new WebSettings(List.of("/**"), List.of("/read/**", "/lookup"), true,
				false, Duration.ofSeconds(1), false), EngineSettings.DEFAULTS, new KeyRing(List.of(this.firstKey)));
		assertThat(text(this.server.get("/lookup"))).startsWith("false This request has no session: its path");
		assertThat(this.server.get("/read").statusCode()).isEqualTo(500);
		assertThat(this.server.get("/read-handled").statusCode()).isEqualTo(200);
		assertThat(text(this.server.get("/count"))).isEqualTo("1");
	}

	@ParameterizedTest
	@EnumSource
	void sessionOfARequestIsAlwaysTheSame(Container container) throws Exception {
		start(container);
		assertThat(text(this.server.get("/lookup"))).isEqualTo("true true");
		assertCalls(0, 0);
	}

	@ParameterizedTest
	@EnumSource
	void onlyIncludedRequestsHaveASession(Container container) throws Exception {
		start(container, SessionCookie.DEFAULTS,
				new WebSettings(List.of("/count"), List.of(), true, false, Duration.ofSeconds(1), false),
				EngineSettings.DEFAULTS, new KeyRing(List.of(this.firstKey)));
		assertThat(text(this.server.get("/lookup"))).startsWith("false This request has no session: its path");
		assertThat(text(this.server.get("/count"))).isEqualTo("1");
	}

	@ParameterizedTest
	@EnumSource
	void storeThatDoesNotAnswerARead(Container container) throws Exception {
		start(container);
		String cookie = newSession();
		this.server.repository.failReads(true);
		for (String path : List.of("/read", "/read-asynchronously")) {
			HttpResponse<byte[]> response = get(path, cookie);
			assertThat(response.statusCode()).as(path).isEqualTo(503);
			assertThat(response.headers().firstValue("Retry-After")).hasValue("5");
			assertCalls(1, 0);
		}
		assertThat(text(get("/read-handled", cookie))).isEqualTo("degraded");
	}

	@ParameterizedTest
	@EnumSource
	void commitThatFailsForAnotherReasonIsAServerError(Container container) throws Exception {
		start(container);
		for (String path : List.of("/unstorable", "/unstorable-hidden")) {
			HttpResponse<byte[]> response = this.server.get(path);
			assertThat(response.statusCode()).as(path).isEqualTo(500);
			assertThat(response.headers().firstValue("Retry-After")).isEmpty();
			assertThat(TestServer.cookies(response)).isEmpty();
			assertCalls(0, 0);
		}
	}

	@ParameterizedTest
	@EnumSource
	void changesAreSavedWhateverTheStatus(Container container) throws Exception {
		start(container);
		for (String path : List.of("/status/500", "/status/404", "/thrown")) {
			assertThat(TestServer.cookies(this.server.get(path))).as(path).hasSize(1);
			assertCalls(0, 1);
		}
	}

	@ParameterizedTest
	@EnumSource
	void changesOfAServerErrorAreDroppedOnDemand(Container container) throws Exception {
		start(container, SessionCookie.DEFAULTS,
				new WebSettings(List.of("/**"), List.of(), true, true, Duration.ofSeconds(1), false),
				EngineSettings.DEFAULTS, new KeyRing(List.of(this.firstKey)));
		for (String path : List.of("/status/500", "/thrown")) {
			HttpResponse<byte[]> response = this.server.get(path);
			assertThat(response.statusCode()).isEqualTo(500);
			assertThat(TestServer.cookies(response)).as(path).isEmpty();
			assertCalls(0, 0);
		}
		assertThat(TestServer.cookies(this.server.get("/status/404"))).hasSize(1);
		assertCalls(0, 1);
	}

	@ParameterizedTest
	@EnumSource
	@Expectation({ "K10", "X7", "c.41" })
	void cookieIsSignedAgainAfterAKeyRotation(Container container) throws Exception {
		start(container, SessionCookie.DEFAULTS, WebSettings.DEFAULTS, EngineSettings.DEFAULTS,
				new KeyRing(List.of(key(2), this.firstKey)));
		String cookie = newSession();
		SignedIdFormat old = new SignedIdFormat(new KeyRing(List.of(this.firstKey)), "test", "session");
		SignedIdFormat.Result result = this.server.format.read(cookie.substring("session=".length()));
		SessionId id = ((SignedIdFormat.Result.Valid) result).id();
		String oldCookie = "session=" + old.write(id);
		assertThat(oldCookie).isNotEqualTo(cookie);
		assertThat(TestServer.cookies(get("/unused", oldCookie))).isEmpty();
		assertThat(TestServer.cookies(get("/read-cacheable", oldCookie))).isEmpty();
		assertThat(TestServer.cookies(get("/read", oldCookie))).containsExactly(cookie);
		assertThat(TestServer.cookies(get("/read", cookie))).isEmpty();
		assertThat(get("/invalidate", oldCookie).headers().allValues("Set-Cookie")).singleElement()
			.asString()
			.contains("Max-Age=0");
		assertThat(TestServer.cookies(get("/read", oldCookie))).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void rollingCookieIsSentWithEachUse(Container container) throws Exception {
		start(container,
				new SessionCookie("session", "/", null, SameSite.LAX, Secure.AUTO, true, false, true, false, null),
				WebSettings.DEFAULTS, EngineSettings.DEFAULTS, new KeyRing(List.of(this.firstKey)));
		String cookie = newSession();
		assertThat(TestServer.cookies(get("/unused", cookie))).isEmpty();
		assertThat(TestServer.cookies(get("/read", cookie))).containsExactly(cookie);
		assertThat(TestServer.cookies(this.server.get("/read"))).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	@Expectation("X6")
	void sessionOnAnOpenConnectionEndsWithTheRequest(Container container) throws Exception {
		start(container);
		String cookie = newSession();
		HttpResponse<byte[]> response = this.server.get("/increment", "Cookie", cookie, "X-Forwarded-For",
				"203.0.113.7");
		assertThat(text(response)).isEqualTo("1");
		assertThat(response.headers().allValues("Set-Cookie")).isEmpty();
		assertCalls(0, 0);
	}

	@ParameterizedTest
	@EnumSource
	@Expectation("K14")
	void changeAfterTheResponseIsRefused(Container container) throws Exception {
		start(container);
		assertThat(text(this.server.get("/changed-after-commit"))).isEqualTo("refused");
		assertCalls(0, 0);
		Handlers handlers = this.server.bean(Handlers.class);
		this.server.get("/changed-after-end");
		this.server.get("/unused");
		handlers.answered.countDown();
		assertThat(handlers.late.get(10, TimeUnit.SECONDS)).isInstanceOf(IllegalStateException.class)
			.hasMessageContaining("committed");
		assertCalls(0, 0);
	}

	@ParameterizedTest
	@EnumSource
	void readOnlyHandlerChangesNothing(Container container) throws Exception {
		start(container);
		String cookie = newSession();
		assertThat(text(get("/read-only", cookie))).contains("@SessionPolicy");
		assertCalls(1, 0);
	}

	@ParameterizedTest
	@EnumSource
	void polledHandlerIsNoUseOfTheSession(Container container) throws Exception {
		EngineSettings defaults = EngineSettings.DEFAULTS;
		start(container, SessionCookie.DEFAULTS, WebSettings.DEFAULTS,
				new EngineSettings(defaults.timeout(), null, defaults.maxLifetime(), 0, null, defaults.storeTimeout(),
						defaults.maxAttributes(), defaults.maxBytes(), defaults.maxNameLength(),
						defaults.securityNames(), SessionLimit.NONE, EngineSettings.OnStoreFailure.FAIL),
				new KeyRing(List.of(this.firstKey)));
		String cookie = newSession();
		get("/polled", cookie);
		assertCalls(1, 0);
		get("/polled-unused", cookie);
		assertCalls(0, 0);
		get("/unused", cookie);
		assertThat(this.server.repository.awaitTouches(1)).isEqualTo(1);
	}

	@ParameterizedTest
	@EnumSource
	void serializedHandlersCountExactly(Container container) throws Exception {
		start(container);
		for (String path : List.of("/count-serialized", "/count-serialized-asynchronously")) {
			String cookie = newSession();
			int clients = 8;
			int rounds = 10;
			ExecutorService threads = Executors.newFixedThreadPool(clients);
			this.resources.add(threads::shutdownNow);
			CyclicBarrier barrier = new CyclicBarrier(clients);
			List<Future<?>> futures = new ArrayList<>();
			for (int client = 0; client < clients; client++) {
				futures.add(threads.submit(() -> {
					barrier.await();
					for (int round = 0; round < rounds; round++) {
						assertThat(get(path, cookie).statusCode()).isEqualTo(200);
					}
					return null;
				}));
			}
			for (Future<?> future : futures) {
				future.get(30, TimeUnit.SECONDS);
			}
			assertThat(text(get("/read", cookie))).as(path).isEqualTo(Integer.toString(1 + clients * rounds));
		}
	}

	@ParameterizedTest
	@EnumSource
	void turnIsGivenBackWhenAnAsynchronousRequestIsOver(Container container) throws Exception {
		start(container);
		String cookie = newSession();
		assertThat(get("/completed-serialized", cookie).statusCode()).isEqualTo(200);
		assertThat(get("/timed-out-serialized", cookie).statusCode()).isEqualTo(500);
		assertThat(text(get("/count-serialized", cookie))).isEqualTo("4");
	}

	@ParameterizedTest
	@EnumSource
	void turnIsGivenBackAfterAFailure(Container container) throws Exception {
		start(container);
		String cookie = newSession();
		this.server.repository.failWrites(true);
		assertThat(get("/count-serialized", cookie).statusCode()).isEqualTo(503);
		assertThat(get("/count-serialized-asynchronously", cookie).statusCode()).isEqualTo(503);
		this.server.repository.failWrites(false);
		assertThat(text(get("/count-serialized", cookie))).isEqualTo("2");
	}

}
