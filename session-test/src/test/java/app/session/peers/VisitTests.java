package app.session.peers;

import java.math.BigInteger;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

import app.session.Session;
import app.session.peers.Visitor.Answer;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * New and returning visitors: who gets a cookie, and what comes back.
 */
@OnEachStore
@Expectation("b.59")
class VisitTests extends PeerTests {

	private static final Map<String, String> HELLO = Map.of("message", "hello");

	@Test
	@Expectation({ "b.1", "b.12" })
	void aNewVisitorWhoseHandlerSetsAnAttributeGetsACookie() {
		Answer answer = visitor().visit((session) -> session.set("message", "hello"));
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.setCookie()).startsWith("session=");
	}

	@Test
	@Expectation("b.10")
	void aNewVisitorWhoseHandlerDoesNotTouchTheSessionGetsNoCookie() {
		Answer answer = visitor().ask((session) -> "untouched");
		assertThat(answer.body()).isEqualTo("untouched");
		assertThat(answer.setCookie()).isNull();
	}

	@Test
	@Expectation("b.11")
	void aNewVisitorWhoseHandlerOnlyReadsGetsNoCookie() {
		Answer answer = visitor().ask((session) -> session.get("message", String.class));
		assertThat(answer.body()).isEqualTo("null");
		assertThat(answer.setCookie()).isNull();
	}

	@Test
	@Expectation("b.13")
	void aNewVisitorWhoIsShownTheEmptySessionGetsNoCookie() {
		Answer answer = visitor().ask(Session::toMap);
		assertThat(answer.body()).isEqualTo("{}");
		assertThat(answer.setCookie()).isNull();
	}

	@Test
	void aNewVisitorForWhomASettingWasTakenBackGetsNoCookie() {
		assertThat(visitor().visit((session) -> {
			session.set("message", "hello");
			session.remove("message");
		}).setCookie()).isNull();
	}

	@Test
	@Expectation("b.14")
	void aReturningVisitorWhoseHandlerDoesNotTouchTheSessionGetsNoCookie() {
		assertThat(returning().ask((session) -> "untouched").setCookie()).isNull();
	}

	@Test
	@Expectation({ "b.15", "b.16" })
	void aReturningVisitorSeesTheSameDataAndGetsNoCookie() {
		Answer answer = returning().ask(Session::toMap);
		assertThat(answer.body()).isEqualTo(HELLO.toString());
		assertThat(answer.setCookie()).isNull();
	}

	/** The id is as it was, so the browser has the right cookie already. */
	@Test
	@Expectation("b.17")
	void aReturningVisitorWhoseHandlerAddsAnAttributeHasItNextTimeUnderTheSameCookie() {
		Visitor visitor = returning();
		visitor.visit((session) -> session.set("money", "$$$"));
		assertThat(visitor.ask((session) -> session.get("message", String.class) + session.get("money", String.class))
			.body()).isEqualTo("hello$$$");
	}

	@Test
	@Expectation("b.19")
	void aValueWithASemicolonComesBackIntact() {
		Visitor visitor = visitor();
		visitor.visit((session) -> session.set("string", ";"));
		assertThat(visitor.ask((session) -> session.get("string", String.class)).body()).isEqualTo(";");
	}

	@Test
	@Expectation({ "b.45", "maxAge 'session'" })
	void aCookieWithoutMaxAgeEndsWithTheBrowserAndTheDataIsThereNextTime() {
		Visitor visitor = visitor();
		assertThat(visitor.visit((session) -> session.set("message", "hello")).setCookie()).isNotNull()
			.doesNotContainIgnoringCase("expires")
			.doesNotContainIgnoringCase("max-age");
		assertThat(visitor.ask(Session::toMap).body()).isEqualTo(HELLO.toString());
	}

	@Test
	@Expectation("b.46")
	void aCounterGoesFromOneToThreeAndNoCookieEverSaysWhenItEnds() {
		Visitor visitor = visitor();
		for (String count : List.of("1", "2", "3")) {
			Answer answer = visitor.ask((session) -> session.increment("count"));
			assertThat(answer.body()).isEqualTo(count);
			assertThat(answer.setCookies()).noneMatch((header) -> header.matches("(?i).*(expires|max-age).*"));
		}
	}

	@Test
	@Expectation("session.attributes")
	void whatTheJsonOfKoaLosesComesBackAsItWas() {
		Visitor visitor = visitor();
		visitor.visit((session) -> {
			session.set("day", LocalDate.of(2026, 2, 28));
			session.set("big", new BigInteger("123456789012345678901234567890"));
			session.set("nan", Double.NaN);
			session.set("nested", Map.of("cart", List.of("a", "b")));
		});
		assertThat(visitor
			.ask((session) -> List.of(session.get("day", LocalDate.class), session.get("big", BigInteger.class),
					session.get("nan", Double.class), session.get("nested", Map.class)))
			.body()).isEqualTo("[2026-02-28, 123456789012345678901234567890, NaN, {cart=[a, b]}]");
	}

	/** In koa-session such a name is lost, or breaks the object. */
	@Test
	@Expectation("session._name")
	void noNameIsTakenByTheSessionItself() {
		List<String> names = List.of("_hidden", "length", "populated", "maxAge", "externalKey", "save", "toJSON",
				"isNew", "__proto__");
		Visitor visitor = visitor();
		visitor.visit((session) -> names.forEach((name) -> session.set(name, "of " + name)));
		assertThat(visitor
			.ask((session) -> names.stream()
				.filter((name) -> ("of " + name).equals(session.get(name, String.class)))
				.count())
			.body()).isEqualTo(String.valueOf(names.size()));
	}

	@Test
	@Expectation("b.41")
	void anErrorThatAHandlerEndsWithKeepsTheChangesAndSendsTheCookie() {
		Visitor visitor = visitor();
		Answer answer = visitor.visit((session) -> {
			session.set("name", "peter");
			throw new ResponseStatusException(HttpStatus.UNAUTHORIZED);
		});
		assertThat(answer.status()).isEqualTo(401);
		assertThat(answer.setCookie()).startsWith("session=");
		assertThat(visitor.ask(Session::toMap).body()).isEqualTo("{name=peter}");
	}

	/** koa-session writes the store here, and loses the cookie. */
	@Test
	void anErrorThatNobodyCatchesKeepsTheChangesAndSendsTheCookie() {
		Visitor visitor = visitor();
		Answer answer = visitor.visit((session) -> {
			session.set("name", "peter");
			throw new UnsupportedOperationException();
		});
		assertThat(answer.status()).isEqualTo(500);
		assertThat(answer.setCookie()).startsWith("session=");
		assertThat(visitor.ask(Session::toMap).body()).isEqualTo("{name=peter}");
	}

}
