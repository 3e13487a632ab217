package app.session.peers;

import app.session.Session;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is saved before the answer, where the server keeps it.
 */
@OnEachServerStore
class SavedAtOnceTests extends PeerTests {

	@Test
	@Expectation("session.manuallyCommit")
	void manuallyCommitIsAnotherNameForSave() {
		Visitor visitor = returning();
		Visitor other = visitor.twin();
		assertThat(visitor.ask((session) -> {
			session.set("message", "committed");
			session.manuallyCommit();
			return other.ask(Session::toMap).body();
		}).body()).isEqualTo("{message=committed}");
	}

	@Test
	@Expectation("session.save")
	void whatIsSavedIsThereBeforeTheAnswerAndSentOnce() {
		Visitor visitor = returning();
		Visitor other = visitor.twin();
		assertThat(visitor.ask((session) -> {
			session.set("message", "saved");
			session.save();
			return other.ask(Session::toMap).body();
		}).body()).isEqualTo("{message=saved}");
	}

}
