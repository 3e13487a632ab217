package app.session.store.migrate;

import app.session.SessionRecord;
import app.session.test.SessionRecords;
import app.session.test.SessionRepositoryContract;
import app.session.test.StoreFixture;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The contract while sessions are moved, which can't keep two rules to the letter. In the
 * place of a session that was deleted there is a mark for an hour or more, which keeps
 * those from bringing the session back who have read it in the source. So the key is not
 * free again; keys are random, so nobody needs one again. And an update finds the mark's
 * version if it is based on the one after the last; nobody is ever given that to read.
 */
public abstract class NotFreeAgain extends SessionRepositoryContract {

	@Override
	protected abstract StoreFixture createFixture() throws Exception;

	@Test
	@Override
	public void deleteIsFinal() {
		SessionRecord record = stored();
		assertThat(store().delete(record.key())).isTrue();
		assertAbsent(record);
		assertAbsent(record);
	}

	@Test
	@Override
	public void theKeyOfADeletedSessionIsFreeAgain() {
		SessionRecord record = stored();
		assertThat(store().delete(record.key())).isTrue();
		assertThat(store().create(SessionRecords.records().data("other").build(record.key()))).isFalse();
		assertAbsent(record);
	}

}
