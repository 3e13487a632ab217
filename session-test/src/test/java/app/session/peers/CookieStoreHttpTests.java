package app.session.peers;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import app.session.Session;
import app.session.SessionTooLargeException;
import app.session.peers.Visitor.Answer;
import app.session.test.MutableClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The session at its client, in a cookie, as a browser sees it.
 */
@ParameterizedClass
@EnumSource(names = "COOKIE")
class CookieStoreHttpTests extends PeerTests {

	CookieStoreHttpTests() {
		super("app.session.max-lifetime=2h");
	}

	@Override
	Class<?>[] sources() {
		return new Class<?>[] { ClockConfiguration.class, Cacheable.class };
	}

	private MutableClock clock() {
		return bean(MutableClock.class);
	}

	private static String random(int length) {
		return PeerTests.newKey().repeat(1 + length / 44).substring(0, length);
	}

	@Test
	@Expectation("K6")
	void nobodyReadsInTheCookieWhatTheSessionHolds() {
		Visitor visitor = visitor();
		visitor.visit((session) -> session.set("message", "hello, who is there?"));
		byte[] cookie = Base64.getUrlDecoder().decode(visitor.cookie().getValue());
		assertThat(HexFormat.of().formatHex(cookie)).doesNotContain(hex("message"), hex("hello"));
		assertThat(visitor.ask(Session::toMap).body()).isEqualTo("{message=hello, who is there?}");
	}

	private static String hex(String text) {
		return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
	}

	/** What a server that keeps nothing can't prevent has an end. */
	@Test
	@Expectation("K7")
	void anOldCookieOpensNothingOnceItsSessionsLongestLifeIsOver() {
		Visitor visitor = returning();
		Visitor thief = visitor.twin();
		visitor.visit(Session::invalidate);
		assertThat(visitor.cookies()).isEmpty();
		assertThat(thief.twin().ask(Session::toMap).body()).isEqualTo("{message=hello}");
		for (int minutes = 0; minutes < 120; minutes += 20) {
			assertThat(thief.ask(Session::toMap).body()).isEqualTo("{message=hello}");
			clock().advance(Duration.ofMinutes(20));
		}
		assertThat(thief.ask(Session::toMap).body()).isEqualTo("{}");
	}

	@Test
	@Expectation("K18")
	void aSessionIsEmptiedThatWasNotReadBefore() {
		Visitor visitor = returning();
		visitor.visit((session) -> session.replace(Map.of()));
		assertThat(visitor.ask(Session::toMap).body()).isEqualTo("{}");
	}

	@Test
	@Expectation("K19")
	void aUseIsNotedInTheCookieThoughTheHandlerDoesNotAskForTheSession() {
		Visitor visitor = returning();
		assertThat(visitor.ask((session) -> "untouched").setCookie()).as("a moment later").isNull();
		for (int i = 0; i < 3; i++) {
			clock().advance(Duration.ofMinutes(20));
			Answer answer = visitor.ask((session) -> "untouched");
			assertThat(answer.setCookie()).isNotNull();
			assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
		}
		assertThat(visitor.ask(Session::toMap).body()).as("an hour later").isEqualTo("{message=hello}");
	}

	@Test
	void aUseThatIsReadIsNotedOnceInATenthOfTheTimeout() {
		Visitor visitor = returning();
		assertThat(visitor.ask(Session::toMap).setCookie()).isNull();
		clock().advance(Duration.ofMinutes(4));
		assertThat(visitor.ask(Session::toMap).setCookie()).isNotNull();
		assertThat(visitor.ask(Session::toMap).setCookie()).isNull();
	}

	@Test
	void aSessionEndsThatNobodyUses() {
		Visitor visitor = returning();
		clock().advance(Duration.ofMinutes(34));
		assertThat(visitor.ask(Session::toMap).body()).isEqualTo("{}");
	}

	@Test
	@Expectation("K29")
	void aSessionThatIsTooLargeFailsByTheNamesOfItsLargestAttributes() {
		Visitor visitor = returning();
		AtomicReference<String> message = new AtomicReference<>("");
		Answer answer = visitor.visit((session) -> {
			session.set("small", "x");
			session.set("large", random(2000));
			session.set("larger", random(3000));
			try {
				session.save();
			}
			catch (SessionTooLargeException ex) {
				message.set(ex.getMessage());
				throw ex;
			}
		});
		assertThat(answer.status()).isEqualTo(500);
		assertThat(answer.setCookies()).isEmpty();
		assertThat(visitor.ask(Session::toMap).body()).isEqualTo("{message=hello}");
		assertThat(message.get()).contains("Its largest attributes are 'larger' (30", "'large' (20", "'message' (",
				"app.session.cookie-store.compression=true");
	}

	@Test
	void aCookieIsAsLongAsBrowsersTakeIt() {
		Visitor visitor = visitor();
		int length = 1000;
		Answer answer = visitor.visit((session) -> session.set("text", random(1000)));
		while (answer.status() == 200) {
			Map.Entry<String, String> cookie = visitor.cookie();
			assertThat(cookie.getKey().length() + cookie.getValue().length()).isLessThanOrEqualTo(4096);
			length += 100;
			String text = random(length);
			answer = visitor.visit((session) -> session.set("text", text));
		}
		assertThat(length).as("the first that did not fit").isBetween(2700, 3000);
	}

	@Test
	void aResetLeavesNothingOfTheOldSession() {
		Visitor visitor = returning();
		visitor.visit(Session::reset);
		assertThat(visitor.cookies()).isEmpty();
	}

	@Test
	void anIdChangeIsTold() {
		Visitor visitor = returning();
		String handle = visitor.ask(Session::getHandle).body();
		Answer answer = visitor.visit(Session::changeId);
		assertThat(answer.setCookie()).isNotNull();
		assertThat(visitor.ask(Session::getHandle).body()).isEqualTo(handle);
		assertThat(visitor.ask(Session::toMap).body()).isEqualTo("{message=hello}");
	}

	/** Each has the session as it was brought, and the later answer stays. */
	@Test
	void ofTwoRequestsAtOnceTheAnswerCountsThatComesLast() {
		Visitor visitor = returning();
		Visitor twin = visitor.twin();
		visitor.visit((session) -> session.set("first", 1));
		twin.visit((session) -> session.set("second", 2));
		assertThat(twin.ask(Session::toMap).body()).isEqualTo("{message=hello, second=2}");
	}

	@Test
	void aCacheableAnswerDoesNotNoteTheUse() {
		Visitor visitor = returning();
		clock().advance(Duration.ofMinutes(20));
		assertThat(visitor.get("/cached").setCookie()).isNull();
		assertThat(visitor.ask(Session::toMap).setCookie()).isNotNull();
	}

	/** A page that caches keep, and that asks for nothing. */
	@RestController
	static class Cacheable {

		@GetMapping("/cached")
		ResponseEntity<String> cached() {
			return ResponseEntity.ok()
				.cacheControl(CacheControl.maxAge(Duration.ofHours(1)).cachePublic())
				.body("page");
		}

	}

}
