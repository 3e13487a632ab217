package app.session.store.node;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import app.session.SessionEvent.InvalidCookie.Reason;
import app.session.SessionTooLargeException;
import app.session.core.ClientToken.Due;
import app.session.core.TokenFormat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The whole session in koa's cookie.
 */
class KoaCookieTokensTests extends NodeFixture {

	/** Worked example A: its end is in the year 2100. */
	private static final String A = "eyJ2aWV3cyI6MSwidXNlciI6IkrDtnJnIiwiX2V4cGlyZSI6NDEwMjQ0NDgwMDAwMCwiX21heEFnZSI6"
			+ "ODY0MDAwMDB9.9qgeMcwguCTZueKRuxwdKY09CGI";

	private static final String D = "eyJuIjoxLCJfc2Vzc2lvbiI6dHJ1ZX0=.OVhBJg2DoqTylUMtOJfuvd9Xl8s";

	private final TokenFormat signed = koaCookie(life(), KEYS);

	private final TokenFormat unsigned = koaCookie(life(), null);

	private static String json(String text) {
		int point = text.lastIndexOf('.');
		byte[] bytes = Base64.getDecoder().decode((point >= 0) ? text.substring(0, point) : text);
		return new String(bytes, StandardCharsets.UTF_8);
	}

	private static String base64(String json) {
		return Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
	}

	@Test
	void exampleAIsReadAndIsNotSentAgain() {
		Visitor visitor = new Visitor(A);
		this.now.set(Instant.parse("2099-12-31T00:00:00Z"));
		Exchange exchange = request(this.signed, visitor, (session) -> {
			assertThat(session.get("views", Integer.class)).isEqualTo(1);
			assertThat(session.get("user", String.class)).isEqualTo("Jörg");
			assertThat(session.names()).containsExactlyInAnyOrder("views", "user");
		});
		assertThat(exchange.due).isEqualTo(Due.NOTHING);
		assertThat(exchange.sent).isNull();
	}

	@Test
	void exampleAIsWritten() {
		Visitor visitor = new Visitor();
		this.now.set(Instant.ofEpochMilli(4102444800000L).minus(DAY));
		request(this.signed, visitor, (session) -> {
			session.set("views", 1L);
			session.set("user", "Jörg");
		});
		assertThat(visitor.text).isEqualTo(A);
	}

	@Test
	void exampleDIsReadAndWrittenAndNeverSentForAUse() {
		TokenFormat koa = koaCookie(new NodeLife(settings(DAY, Duration.ofDays(30)), true), List.of("a"));
		Visitor visitor = new Visitor(D);
		advance(Duration.ofDays(400));
		Exchange exchange = request(koa, visitor,
				(session) -> assertThat(session.get("n", Integer.class)).isEqualTo(1));
		assertThat(exchange.sent).isNull();
		visitor = new Visitor();
		request(koa, visitor, (session) -> session.set("n", 1L));
		assertThat(visitor.text).isEqualTo(D);
	}

	@Test
	void countsFromRequestToRequest() {
		Visitor visitor = new Visitor();
		for (int n = 1; n <= 5; n++) {
			int expected = n;
			request(this.signed, visitor, (session) -> assertThat(session.increment("views")).isEqualTo(expected));
		}
		assertThat(json(visitor.text)).isEqualTo(koaJson("\"views\":5"));
		assertThat(this.texts.calls).as("the server keeps nothing").isEmpty();
	}

	@Test
	void aUseIsNotedWhenItIsTimeTo() {
		Visitor visitor = new Visitor();
		request(this.signed, visitor, (session) -> session.set("n", "a"));
		String before = visitor.text;
		advance(Duration.ofHours(1));
		request(this.signed, visitor, (session) -> session.get("n", String.class));
		assertThat(visitor.text).isEqualTo(before);
		advance(Duration.ofHours(3));
		Exchange exchange = request(this.signed, visitor, (session) -> session.get("n", String.class));
		assertThat(exchange.due).isEqualTo(Due.REFRESH);
		assertThat(json(visitor.text)).isEqualTo(koaJson("\"n\":\"a\""));
	}

	@Test
	void aLogoutClearsTheCookieAndIsAllThatCanBeDone() {
		Visitor visitor = new Visitor();
		request(this.signed, visitor, (session) -> session.set("n", "a"));
		Visitor copy = visitor.copy();
		Exchange exchange = request(this.signed, visitor, (session) -> session.invalidate());
		assertThat(exchange.cleared).isTrue();
		assertThat(exchange.due).isEqualTo(Due.CLEAR);
		assertThat(visitor.text).isNull();
		// As in koa-session: nobody remembers what was logged out.
		assertThat(new Exchange(this.signed, copy).request.exists()).isTrue();
	}

	@Test
	void whatIsOverIsNoSession() {
		Visitor visitor = new Visitor();
		request(this.signed, visitor, (session) -> session.set("n", "a"));
		advance(DAY.minusMillis(1));
		assertThat(new Exchange(this.signed, visitor).request.exists()).isTrue();
		advance(Duration.ofMillis(1));
		assertThat(new Exchange(this.signed, visitor).request.exists()).isFalse();
		request(this.signed, visitor, (session) -> assertThat(session.increment("n")).isEqualTo(1));
	}

	@Test
	void anOlderKeyIsAcceptedAndTheFirstSignsAgain() {
		Visitor visitor = new Visitor();
		request(koaCookie(life(), List.of("old")), visitor, (session) -> session.set("n", "a"));
		TokenFormat rotated = koaCookie(life(), List.of("new", "old"));
		Exchange exchange = request(rotated, visitor, (session) -> session.get("n", String.class));
		assertThat(exchange.due).isEqualTo(Due.REFRESH);
		assertThat(new Exchange(koaCookie(life(), List.of("new")), visitor).request.exists()).isTrue();
		assertThat(new Exchange(koaCookie(life(), List.of("old")), visitor).refused)
			.containsExactly(Reason.BAD_SIGNATURE);
	}

	@Test
	void aCookieThatBrowsersWouldDropIsAnErrorThatNamesTheLargestAttributes() {
		Visitor visitor = new Visitor();
		assertThatExceptionOfType(SessionTooLargeException.class)
			.isThrownBy(() -> request(this.signed, visitor, (session) -> {
				session.set("small", "a");
				session.set("cart", "secret".repeat(600));
			}))
			.withMessageContaining("cart")
			.withMessageContaining("4096")
			.withMessageNotContaining("secret");
		assertThat(visitor.text).isNull();
	}

	@Test
	void theLargestCookieIsSentAndOneMoreByteIsNot() {
		// koa.sess and base64 of 3064 bytes, rounded up to four characters, are 4096.
		int rest = 3064 - koaJson("\"n\":\"\"").length();
		Visitor visitor = new Visitor();
		request(this.unsigned, visitor, (session) -> session.set("n", "x".repeat(rest)));
		assertThat("koa.sess".length() + visitor.text.length()).isBetween(4093, 4096);
		assertThatExceptionOfType(SessionTooLargeException.class).isThrownBy(
				() -> request(this.unsigned, new Visitor(), (session) -> session.set("n", "x".repeat(rest + 3))));
	}

	@Test
	void unsignedItIsReadAndWrittenWithoutASignature() {
		Visitor visitor = new Visitor(base64(koaJson("\"views\":1")));
		request(this.unsigned, visitor, (session) -> assertThat(session.increment("views")).isEqualTo(2));
		assertThat(json(visitor.text)).isEqualTo(koaJson("\"views\":2"));
		assertThat(visitor.text).doesNotContain(".");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "!", "eyJ", "x=y", "####", "\uD800" })
	void whatIsNoBase64IsNobodys(String text) {
		assertThat(new Exchange(this.unsigned, new Visitor(text)).refused).containsExactly(Reason.MALFORMED);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{", "null", "[]", "7", "{\"_expire\":\"x\"}", "{\"_session\":7}", "{\"$session\":7}" })
	void whatIsNoSessionIsNobodys(String json) {
		assertThat(new Exchange(this.unsigned, new Visitor(base64(json))).refused).containsExactly(Reason.MALFORMED);
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"a\":1e999999999", "\"a\":null", "\"__proto__\":{\"a\":1}", "\"\":1",
			"\"a\":{\"$session\":\"!\"}" })
	void whatAnybodyMayWriteIsNoError(String attributes) {
		Visitor visitor = new Visitor(base64(koaJson(attributes)));
		request(this.unsigned, visitor, (session) -> assertThat(session.increment("views")).isEqualTo(1));
		request(this.unsigned, visitor, (session) -> assertThat(session.increment("views")).isEqualTo(2));
	}

	@Test
	void aSessionOfNoLengthIsNoSession() {
		String end = String.valueOf(this.now.get().plusSeconds(60).toEpochMilli());
		Visitor visitor = new Visitor(base64("{\"n\":1,\"_expire\":" + end + ",\"_maxAge\":0}"));
		request(this.unsigned, visitor, (session) -> session.set("n", "a"));
		assertThat(visitor.text).isNotNull();
	}

}
