package app.session.peers;

import app.session.Session;
import app.session.peers.Visitor.Answer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Handlers that save themselves.
 */
@OnEachStore
class ManualCommitTests extends PeerTests {

	ManualCommitTests() {
		super("app.session.auto-commit=false");
	}

	@Test
	@Expectation({ "b.52", "autoCommit" })
	void whatNobodySavesSendsNoCookie() {
		Visitor visitor = visitor();
		assertThat(visitor.visit((session) -> session.set("message", "hello")).setCookie()).isNull();
		assertThat(visitor.ask(Session::toMap).body()).isEqualTo("{}");
	}

	@Test
	@Expectation({ "b.53", "session.manuallyCommit" })
	void whatTheHandlerSavesSendsTheCookie() {
		Visitor visitor = visitor();
		Answer answer = visitor.visit((session) -> {
			session.set("message", "hello");
			session.manuallyCommit();
		});
		assertThat(answer.setCookie()).startsWith("session=");
		assertThat(visitor.ask(Session::toMap).body()).isEqualTo("{message=hello}");
	}

	/** In koa-session it can't be. */
	@Test
	void aSessionCanBeEnded() {
		Visitor visitor = visitor();
		visitor.visit((session) -> {
			session.set("message", "hello");
			session.save();
		});
		assertThat(visitor.visit(Session::invalidate).setCookie()).contains("; Max-Age=0;");
		assertThat(visitor.cookies()).isEmpty();
	}

}
