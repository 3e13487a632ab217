package app.session.peers;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import app.session.Session;
import app.session.peers.Visitor.Answer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The members of the session.
 */
@OnEachStore
class SessionObjectTests extends PeerTests {

	SessionObjectTests() {
		super("app.session.cookie.max-age=100s", "app.session.timeout=20m");
	}

	@Test
	@Expectation({ "b.31", "session.toJSON", "session.inspect" })
	void allAttributesAreAMapAndTheTextOfASessionShowsNone() {
		Visitor visitor = returning();
		assertThat(visitor.ask(Session::toMap).body()).isEqualTo("{message=hello}");
		assertThat(visitor.ask((session) -> {
			session.toMap();
			return session.toString().equals("Session[" + session.getHandle() + "]");
		}).body()).isEqualTo("true");
	}

	@Test
	@Expectation({ "b.32", "session.length" })
	void oneAttributeHasOneName() {
		assertThat(visitor().ask((session) -> {
			session.set("test", "bar");
			return session.names().size();
		}).body()).isEqualTo("1");
	}

	@Test
	@Expectation({ "b.33", "session.populated" })
	void withAnAttributeASessionIsNotEmpty() {
		assertThat(visitor().ask((session) -> {
			boolean before = session.isEmpty();
			session.set("test", "bar");
			return before + " " + session.isEmpty();
		}).body()).isEqualTo("true false");
	}

	@Test
	@Expectation("session.isNew")
	void aSessionIsNewInTheRequestThatBeginsIt() {
		Visitor visitor = visitor();
		assertThat(visitor.ask((session) -> {
			session.set("a", "b");
			session.save();
			return session.isNew();
		}).body()).isEqualTo("true");
		assertThat(visitor.ask(Session::isNew).body()).isEqualTo("false");
		assertThat(visitor().ask((session) -> {
			session.replace(Map.of("a", "b"));
			return session.isNew();
		}).body()).as("koa-session says false").isEqualTo("true");
	}

	/** There is nothing to save, and a visitor without data costs nothing. */
	@Test
	@Expectation("b.34")
	void anEmptySessionIsNotSavedUnlessItSaysHowLongItsCookieLives() {
		assertThat(visitor().visit(Session::save).setCookie()).isNull();
		assertThat(visitor().visit((session) -> {
			session.setCookieMaxAge(Duration.ofSeconds(100));
			session.save();
		}).setCookie()).startsWith("session=");
	}

	@Test
	@Expectation({ "b.35", "session.maxAge" })
	void howLongItLivesIsWhatTheConfigurationSays() {
		assertThat(visitor().ask((session) -> session.getCookieMaxAge() + " " + session.getTimeout()).body())
			.isEqualTo("PT1M40S PT20M");
	}

	@Test
	@Expectation({ "b.70", "maxAge", "expires" })
	void theCookieHasTheMaxAgeOfTheConfigurationAndNoDate() {
		assertThat(visitor().visit((session) -> session.set("a", "b")).setCookie()).contains("; Max-Age=100;")
			.doesNotContainIgnoringCase("expires");
	}

	@Test
	@Expectation({ "b.39", "session.regenerate" })
	void anotherIdKeepsTheDataAndIsSent() {
		Visitor visitor = returning();
		String before = visitor.cookie().getValue();
		Answer answer = visitor.visit(Session::changeId);
		assertThat(answer.setCookie()).startsWith("session=").doesNotContain(before);
		assertThat(visitor.ask(Session::toMap).body()).isEqualTo("{message=hello}");
	}

	@Test
	@Expectation({ "b.71", "overwrite" })
	void severalIdsInOneRequestAreOneCookieAndOthersStay() {
		Visitor visitor = returning();
		Answer answer = visitor.visit((session) -> {
			AnswerCookies.add("theme=dark");
			AnswerCookies.add("session=mine");
			session.changeId();
			session.save();
			session.changeId();
		});
		assertThat(answer.setCookies()).hasSize(2).first().isEqualTo("theme=dark");
		assertThat(visitor.ask(Session::toMap).body()).isEqualTo("{message=hello}");
	}

	@Test
	void aRequestThatSavesAndChangesNothingMoreSendsOneCookie() {
		List<String> headers = visitor().visit((session) -> {
			session.set("a", "b");
			session.save();
			session.save();
		}).setCookies();
		assertThat(headers).hasSize(1);
	}

}
