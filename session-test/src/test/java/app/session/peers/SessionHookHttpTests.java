package app.session.peers;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import app.session.SessionEvent.Created;
import app.session.SessionEvent.Destroyed;
import app.session.SessionEvent.Expired;
import app.session.SessionEvent.Invalid;
import app.session.SessionEvent.Missed;
import app.session.SessionHook;
import app.session.SessionKey;
import app.session.Sessions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * koa-session's hooks and events, over HTTP, on one store.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class SessionHookHttpTests {

	private final HttpClient http = HttpClient.newHttpClient();

	private final List<String> properties;

	private final boolean tellsOfExpiry;

	private ConfigurableApplicationContext application;

	private HookApplication.Heard heard;

	/**
	 * Creates the tests.
	 * @param tellsOfExpiry whether the store notices by itself that a session has expired
	 * @param properties the store's
	 */
	SessionHookHttpTests(boolean tellsOfExpiry, String... properties) {
		this.tellsOfExpiry = tellsOfExpiry;
		this.properties = List.of(properties);
	}

	@BeforeAll
	void start() {
		byte[] key = new byte[32];
		new SecureRandom().nextBytes(key);
		this.application = new SpringApplicationBuilder(HookApplication.class).web(WebApplicationType.SERVLET)
			.properties("server.port=0", "server.address=127.0.0.1", "spring.main.banner-mode=off",
					"app.session.touch-fraction=0", "app.session.keys=" + Base64.getEncoder().encodeToString(key))
			.properties(this.properties.toArray(String[]::new))
			.run();
		this.heard = this.application.getBean(HookApplication.Heard.class);
	}

	@AfterAll
	void stop() {
		this.application.close();
	}

	@BeforeEach
	void nothingIsHeard() {
		this.heard.events().clear();
	}

	private Sessions sessions() {
		return this.application.getBean(Sessions.class);
	}

	private boolean isAlive(SessionKey key) {
		return sessions().find(key.handle()).isPresent();
	}

	private SessionKey created() {
		return this.heard.take(Created.class).get(0).key();
	}

	@Test
	@Expectation({ "b.55", "valid", "beforeSave", "session:invalid" })
	void aSessionIsBoundToTheClientThatBeganIt() {
		Client anna = new Client("123");
		String number = anna.get("/number").body();
		SessionKey key = created();
		assertThat(anna.get("/number").body()).isEqualTo(number);
		assertThat(anna.get("/look").body()).isEqualTo("false [from, number, uid]");
		assertThat(this.heard.take(Invalid.class)).isEmpty();

		Client other = anna.as("456");
		HttpResponse<String> answer = other.get("/number");
		assertThat(answer.body()).isNotEqualTo(number);
		assertThat(this.heard.take(Invalid.class)).containsExactly(new Invalid(key));
		assertThat(other.cookie).isNotNull().isNotEqualTo(anna.cookie);
		assertThat(created()).isNotEqualTo(key);
		assertThat(other.get("/number").body()).isEqualTo(answer.body());

		assertThat(anna.get("/number").body()).isEqualTo(number);
		assertThat(this.heard.take(Invalid.class)).isEmpty();
		assertThat(this.heard.take(Missed.class)).isEmpty();
	}

	@Test
	@Expectation({ "valid", "session:invalid" })
	void neitherTheSessionNorTheCookieIsRemoved() {
		Client anna = new Client("123");
		anna.get("/number");
		SessionKey key = created();
		Client other = anna.as("456");
		for (String path : List.of("/look", "/logout", "/optional", "/servlet")) {
			assertThat(other.get(path).headers().allValues("Set-Cookie")).isEmpty();
			assertThat(this.heard.take(Invalid.class)).containsExactly(new Invalid(key));
		}
		assertThat(this.heard.take(Destroyed.class)).isEmpty();
		assertThat(isAlive(key)).isTrue();
	}

	@Test
	@Expectation("valid")
	void eachWayToAskForTheSessionGetsTheSameAnswer() {
		Client anna = new Client("123");
		String number = anna.get("/number").body();
		assertThat(anna.get("/optional").body()).isEqualTo("true");
		assertThat(anna.get("/servlet").body()).isEqualTo(number + " true true");
		Client other = anna.as("456");
		assertThat(other.get("/look").body()).isEqualTo("true []");
		assertThat(other.get("/optional").body()).isEqualTo("false");
		assertThat(other.get("/servlet").body()).isEqualTo("null false false");
	}

	@Test
	@Expectation("valid")
	void aHookMayEndTheSession() {
		Client anna = new Client("123");
		anna.get("/number");
		SessionKey key = created();
		assertThat(anna.as("456").get("/count", "X-Revoke", "yes").body()).isEqualTo("1");
		assertThat(isAlive(key)).isFalse();
		assertThat(anna.get("/look").body()).isEqualTo("true []");
	}

	@Test
	@Expectation("beforeSave")
	void aWriteThatIsNotMadeIsNotAskedAbout() {
		Client visitor = new Client("123");
		for (String path : List.of("/look", "/optional", "/servlet", "/logout")) {
			HttpResponse<String> answer = visitor.get(path, "X-Fail", "beforeSave");
			assertThat(answer.statusCode()).isEqualTo(200);
			assertThat(answer.headers().allValues("Set-Cookie")).isEmpty();
		}
		visitor.get("/number");
		assertThat(visitor.get("/number", "X-Fail", "beforeSave").statusCode()).isEqualTo(200);
	}

	@Test
	@Expectation({ "K12", "beforeSave" })
	void aHookThatThrowsBeforeAWriteLeavesNeitherASessionNorACookie() {
		for (String path : List.of("/number", "/count")) {
			HttpResponse<String> answer = new Client("123").get(path, "X-Fail", "beforeSave");
			assertThat(answer.statusCode()).isEqualTo(500);
			assertThat(answer.headers().allValues("Set-Cookie")).isEmpty();
		}
		assertThat(this.heard.take(Created.class)).isEmpty();
		Client known = new Client("123");
		known.get("/number");
		assertThat(known.get("/count", "X-Fail", "beforeSave").statusCode()).isEqualTo(500);
		assertThat(known.get("/count").body()).isEqualTo("1");
	}

	@Test
	@Expectation("valid")
	void aHookThatThrowsKeepsTheSessionFromTheRequest() {
		Client anna = new Client("123");
		anna.get("/number");
		for (String path : List.of("/look", "/optional", "/servlet", "/count")) {
			HttpResponse<String> answer = anna.get(path, "X-Fail", "isValid");
			assertThat(answer.statusCode()).isEqualTo(500);
			assertThat(answer.headers().allValues("Set-Cookie")).isEmpty();
		}
		assertThat(this.heard.take(Invalid.class)).isEmpty();
		assertThat(anna.get("/count").body()).isEqualTo("1");
	}

	@Test
	@Expectation("K12")
	void aHandlerThatThrowsLeavesTheSessionAndTheCookie() {
		Client visitor = new Client("123");
		assertThat(visitor.get("/count-and-throw").statusCode()).isEqualTo(500);
		assertThat(visitor.cookie).isNotNull();
		assertThat(visitor.get("/count-and-throw").statusCode()).isEqualTo(500);
		assertThat(visitor.get("/count").body()).isEqualTo("3");
		assertThat(visitor.get("/look").body()).isEqualTo("false [from, thrown, uid, views]");
	}

	@Test
	@Expectation("K34")
	void aHookAnswersByWhatItReturns() {
		assertThat(SessionHook.class.getMethods()).hasSize(2)
			.allSatisfy((method) -> assertThat(method.getReturnType()).isIn(boolean.class, void.class));
	}

	@Test
	@Expectation({ "b.54", "session:missed" })
	void anIdWhoseSessionIsGoneIsMissed() {
		Client visitor = new Client("123");
		visitor.get("/number");
		SessionKey key = created();
		assertThat(sessions().revoke(key.handle())).isTrue();
		String gone = visitor.cookie;
		HttpResponse<String> answer = visitor.get("/look");
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.body()).isEqualTo("true []");
		assertThat(this.heard.take(Missed.class)).containsExactly(new Missed(key));
		assertThat(visitor.get("/count").body()).isEqualTo("1");
		assertThat(visitor.cookie).isNotEqualTo(gone);
	}

	@Test
	@Expectation({ "b.44", "session:expired" })
	void anIdWhoseSessionHasExpiredIsMissed() {
		Client visitor = new Client("123");
		visitor.get("/short");
		SessionKey key = created();
		await().atMost(Duration.ofSeconds(20)).until(() -> !isAlive(key));
		if (this.tellsOfExpiry) {
			List<SessionKey> expired = new ArrayList<>();
			await().atMost(Duration.ofSeconds(20))
				.until(() -> expired.addAll(this.heard.take(Expired.class).stream().map(Expired::key).toList()));
			assertThat(expired).contains(key);
		}
		assertThat(visitor.get("/look").body()).isEqualTo("true []");
		assertThat(this.heard.take(Missed.class)).containsExactly(new Missed(key));
	}

	/** A client with a cookie of ours, and one of its own. */
	private final class Client {

		private final String uid;

		private @Nullable String cookie;

		Client(String uid) {
			this.uid = uid;
		}

		/** Another client, with the same cookie of ours. */
		Client as(String uid) {
			Client other = new Client(uid);
			other.cookie = this.cookie;
			return other;
		}

		HttpResponse<String> get(String path, String... headers) {
			String port = SessionHookHttpTests.this.application.getEnvironment()
				.getRequiredProperty("local.server.port");
			HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
				.timeout(Duration.ofSeconds(20))
				.header("Cookie", "uid=" + this.uid + ((this.cookie != null) ? "; " + this.cookie : ""));
			if (headers.length > 0) {
				request.headers(headers);
			}
			HttpResponse<String> response = send(request.build());
			for (String header : response.headers().allValues("Set-Cookie")) {
				this.cookie = header.split(";", 2)[0];
			}
			return response;
		}

		private HttpResponse<String> send(HttpRequest request) {
			try {
				return SessionHookHttpTests.this.http.send(request, BodyHandlers.ofString());
			}
			catch (IOException | InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

}
