package app.session.core;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import app.session.SessionBusyException;
import app.session.SessionEvent.ConflictMerged;

import org.springframework.core.ParameterizedTypeReference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * One request of a session at a time: what was read before the turn began is old.
 */
class SerializedTests extends EngineFixture {

	private static final ParameterizedTypeReference<List<String>> STRINGS = new ParameterizedTypeReference<>() {
	};

	private static final Duration LIMIT = Duration.ofSeconds(5);

	private final SessionEngine otherNode = engine(this.repository, EngineSettings.DEFAULTS);

	@BeforeEach
	void aVisitorWithASession() {
		request((session) -> {
			session.set("n", 1);
			session.set("items", List.of("apple"));
		});
	}

	@Test
	void whatAFilterSetBeforeTheTurnDoesNotHideWhatOthersWrote() {
		Exchange exchange = open();
		assertThat(exchange.session().get("n", Integer.class)).isEqualTo(1);
		exchange.session().set("filter", true);
		request(this.otherNode, this.browser.copy(), (session) -> session.set("n", 2));
		exchange.request.serialize(LIMIT);
		assertThat(exchange.session().get("filter", Boolean.class)).isTrue();
		int n = exchange.session().get("n", Integer.class, -1);
		exchange.session().set("n", n + 1);
		exchange.finish();
		request((session) -> {
			assertThat(session.get("n", Integer.class)).isEqualTo(3);
			assertThat(session.get("filter", Boolean.class)).isTrue();
		});
		assertThat(events(ConflictMerged.class)).isEmpty();
	}

	@Test
	void anObjectThatWasReadBeforeTheTurnIsReadAgain() {
		Exchange exchange = open();
		assertThat(exchange.session().get("items", STRINGS)).containsExactly("apple");
		request(this.otherNode, this.browser.copy(), (session) -> session.set("items", List.of("apple", "pear")));
		exchange.request.serialize(LIMIT);
		Objects.requireNonNull(exchange.session().get("items", STRINGS)).add("plum");
		exchange.finish();
		request((session) -> assertThat(session.get("items", STRINGS)).containsExactly("apple", "pear", "plum"));
	}

	@Test
	void anObjectThatWasReadBeforeTheTurnAndChangedInItIsSaved() {
		Exchange exchange = open();
		List<String> items = Objects.requireNonNull(exchange.session().get("items", STRINGS));
		exchange.request.serialize(LIMIT);
		items.add("pear");
		exchange.finish();
		request((session) -> assertThat(session.get("items", STRINGS)).containsExactly("apple", "pear"));
	}

	@Test
	void aSessionThatEndedBeforeTheTurnCameBeginsNoOther() {
		Exchange exchange = open();
		exchange.session().get("n", Integer.class);
		request(this.otherNode, this.browser.copy(), (session) -> session.invalidate());
		exchange.request.serialize(LIMIT);
		exchange.session().set("n", 2);
		exchange.finish();
		assertThat(exchange.sends).isZero();
		assertThat(this.repository.records).isEmpty();
	}

	@Test
	void aTurnIsTakenOnceAndCostsNothingIfNothingWasRead() {
		this.repository.takeCalls();
		Exchange exchange = open();
		exchange.request.serialize(LIMIT);
		exchange.request.serialize(Duration.ZERO);
		exchange.finish();
		Exchange visitor = open(this.engine, new Browser());
		visitor.request.serialize(LIMIT);
		visitor.finish();
		assertThat(this.repository.takeCalls()).isEmpty();
		assertThat(this.engine.sharedSessions().size()).isZero();
	}

	@Test
	void whoeverIsInterruptedWhileWaitingGivesUpAndStaysInterrupted() {
		Exchange first = open();
		first.request.serialize(LIMIT);
		Exchange second = open();
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(SessionBusyException.class).isThrownBy(() -> second.request.serialize(LIMIT))
			.withMessageContaining("nterrupted");
		assertThat(Thread.interrupted()).isTrue();
		second.finish();
		first.finish();
		Exchange third = open();
		third.request.serialize(Duration.ZERO);
		third.finish();
	}

	@Test
	void theTurnIsKeptUntilAnErrorPageIsDoneToo() {
		Exchange exchange = open();
		exchange.request.serialize(LIMIT);
		exchange.request.end();
		exchange.request.serialize(LIMIT);
		exchange.session().set("n", 2);
		Exchange other = open();
		assertThatExceptionOfType(SessionBusyException.class)
			.isThrownBy(() -> other.request.serialize(Duration.ofMillis(1)))
			.withMessageContaining(Objects.requireNonNull(this.browser.id).key().handle());
		exchange.finish();
		other.request.serialize(LIMIT);
		assertThat(other.session().get("n", Integer.class)).isEqualTo(2);
		other.finish();
		assertThat(this.engine.sharedSessions().size()).isZero();
	}

}
