package app.session.peers;

import java.time.Duration;
import java.util.List;

import app.session.Session;
import app.session.SessionRepository;
import app.session.http.CountingRepository;
import app.session.test.MutableClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A store of the application's own, and when it is asked for what.
 */
@ParameterizedClass
@EnumSource(names = "OWN")
class StoreTests extends PeerTests {

	StoreTests() {
		super("app.session.cookie.renew=true", "app.session.cookie.max-age=10s");
	}

	@Override
	Class<?>[] sources() {
		return new Class<?>[] { ClockConfiguration.class };
	}

	private List<String> calls() {
		return ((CountingRepository) bean(SessionRepository.class)).takeCalls();
	}

	@BeforeEach
	void forgetCalls() {
		calls();
	}

	@Test
	@Expectation({ "b.58", "store", "ContextStore" })
	void theStoreIsAskedToCreateFindAndDeleteWhenASessionIsWrittenReadAndEnded() {
		Visitor visitor = visitor();
		visitor.visit((session) -> session.set("message", "hello"));
		assertThat(calls()).containsExactly("create");
		visitor.ask(Session::toMap);
		assertThat(calls()).containsExactly("find");
		visitor.visit(Session::invalidate);
		assertThat(calls()).containsExactly("find", "delete");
	}

	@Test
	@Expectation("b.58")
	void theStoreIsAskedNothingForAVisitorWithoutACookie() {
		visitor().ask((session) -> "untouched");
		visitor().ask(Session::toMap);
		assertThat(calls()).isEmpty();
	}

	/** koa-session reads the store for each request that brings a cookie. */
	@Test
	void theStoreIsAskedNothingIfTheSessionIsNotUsed() {
		Visitor visitor = returning();
		calls();
		visitor.ask((session) -> "untouched");
		assertThat(calls()).isEmpty();
	}

	/** koa-session writes it a second time. */
	@Test
	@Expectation("session.save")
	void whatWasSavedIsNotSavedAgainAtTheEnd() {
		Visitor visitor = returning();
		calls();
		visitor.visit((session) -> {
			session.set("message", "saved");
			session.save();
		});
		assertThat(calls()).containsExactly("find", "update");
	}

	@Test
	@Expectation("renew")
	void toRenewTheCookieCostsNothingBeyondTheRead() {
		Visitor visitor = returning();
		calls();
		bean(MutableClock.class).advance(Duration.ofSeconds(6));
		assertThat(visitor.ask(Session::toMap).setCookie()).isNotNull();
		assertThat(calls()).containsExactly("find");
		assertThat(visitor.ask(Session::toMap).setCookie()).isNull();
		assertThat(calls()).containsExactly("find");
	}

}
