package app.session.peers;

import java.time.Duration;

import app.session.Session;
import app.session.SessionEvent.Missed;
import app.session.peers.Visitor.Answer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A session that the server ends after two seconds, by the clock of its store.
 */
@OnEachStore
class ExpiryTests extends PeerTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	ExpiryTests() {
		super("app.session.timeout=2s", "app.session.max-lifetime=2s");
	}

	/** On a machine that is slow the time may be over; then another visitor is asked. */
	@Test
	@Expectation("b.42")
	void aSessionIsThereBeforeItsTimeIsOver() {
		await().atMost(LIMIT).until(() -> returning().ask(Session::toMap).body().equals("{message=hello}"));
	}

	/** The browser would send the cookie for longer, and for good. */
	@Test
	@Expectation("b.43")
	void aSessionIsGoneWhenItsTimeIsOverWhateverCookieComes() {
		Visitor visitor = returning();
		String before = visitor.cookie().getValue();
		awaitEnd(visitor);
		Answer answer = visitor.ask((session) -> session.isNew() + " " + session.toMap());
		assertThat(answer.body()).isEqualTo("true {}");
		assertThat(answer.setCookie()).isNull();
		visitor.visit((session) -> session.set("message", "again"));
		assertThat(visitor.cookie().getValue()).as("the old id is not adopted").isNotEqualTo(before);
	}

	private static void awaitEnd(Visitor visitor) {
		await().atMost(LIMIT).until(() -> visitor.ask(Session::toMap).body().equals("{}"));
	}

	@Test
	@Expectation({ "b.44", "session:expired", "session:missed" })
	void anIdWhoseSessionIsOverIsToldByItsKey() {
		Visitor visitor = returning();
		String handle = visitor.ask(Session::getHandle).body();
		awaitEnd(visitor);
		assertThat(events().of(Missed.class)).anyMatch((event) -> event.key().handle().equals(handle));
	}

}
