package app.session.peers;

import java.time.Duration;

import app.session.Session;
import app.session.SessionEvent.Missed;
import app.session.SessionEvent.RetiredIdUsed;
import app.session.Sessions;
import app.session.peers.Visitor.Answer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a store knows that keeps the data on the server: a cookie alone brings nothing
 * back.
 */
@OnEachServerStore
class EndedTests extends PeerTests {

	@Test
	@Expectation({ "b.54", "session:missed" })
	void anIdThatTheStoreDoesNotHaveIsANewSessionAndToldByItsKey() {
		Visitor visitor = returning();
		String handle = visitor.ask(Session::getHandle).body();
		bean(Sessions.class).revoke(handle);
		Answer answer = visitor.ask((session) -> session.isNew() + " " + session.toMap());
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.body()).isEqualTo("true {}");
		assertThat(events().of(Missed.class)).anyMatch((event) -> event.key().handle().equals(handle));
	}

	/** In koa-session's cookie mode the old cookie works on. */
	@Test
	void aCookieThatSomebodyKeptIsWorthNothingAfterALogout() {
		Visitor visitor = returning();
		Visitor thief = visitor.twin();
		visitor.visit(Session::invalidate);
		assertThat(thief.ask(Session::toMap).body()).isEqualTo("{}");
	}

	/** As above, after koa-session's regenerate. */
	@Test
	void aCookieThatSomebodyKeptIsWorthNothingAfterAnIdChange() {
		Visitor visitor = returning();
		Visitor thief = visitor.twin();
		String handle = visitor.ask(Session::getHandle).body();
		visitor.visit(Session::changeId);
		assertThat(thief.ask(Session::toMap).body()).isEqualTo("{}");
		assertThat(events().of(RetiredIdUsed.class)).anyMatch((event) -> event.key().handle().equals(handle));
		assertThat(visitor.ask(Session::toMap).body()).isEqualTo("{message=hello}");
	}

	/** In koa-session the id stays the dead one's for the rest of the request. */
	@Test
	@Expectation({ "b.40", "session.externalKey" })
	void theHandleNamesTheSessionForLifeAndIsNoId() {
		Visitor visitor = returning();
		String handle = visitor.ask(Session::getHandle).body();
		assertThat(visitor.ask((session) -> {
			session.changeId();
			return session.getHandle();
		}).body()).isEqualTo(handle);
		assertThat(visitor.ask(Session::getHandle).body()).isEqualTo(handle);
		assertThat(bean(Sessions.class).find(handle)).isPresent();
		Visitor guest = visitor();
		guest.cookies().put("session", handle);
		assertThat(guest.ask(Session::toMap).body()).isEqualTo("{}");
	}

	@Test
	@Expectation("genid")
	void anIdThatTheClientMadeUpIsNotAdopted() {
		Visitor visitor = visitor();
		visitor.cookies().put("session", "my-own-id");
		visitor.visit((session) -> session.set("a", "b"));
		assertThat(visitor.cookie().getValue()).hasSize(108);
	}

	@Test
	void aTimeoutOfItsOwnIsWhatTheSessionSays() {
		Visitor visitor = returning();
		visitor.visit((session) -> session.setTimeout(Duration.ofMinutes(5)));
		assertThat(visitor.ask(Session::getTimeout).body()).isEqualTo("PT5M");
	}

}
