package app.session.test;

import app.session.SecretHash;
import app.session.SessionRecord;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/**
 * Rules of {@code update} and {@code delete}.
 */
interface WriteRules extends StoreRules {

	@Test
	default void updateReplacesAllButTheCreationTime() {
		SessionRecord record = stored();
		SessionRecord next = record.next(SessionRecords.newTag(), SessionRecords.newHash(),
				record.idleTimeout().plusMillis(1), "alice", new byte[] { 1, 2, 3 });
		Assertions.assertThat(store().update(next)).isTrue();
		SessionRecord found = read(record.key());
		assertSame(found, next);
		Assertions.assertThat(found.creationTime()).isEqualTo(record.creationTime());
		SessionRecord anonymous = SessionRecords.withPrincipal(found, null);
		Assertions.assertThat(store().update(anonymous)).isTrue();
		assertSame(read(record.key()), anonymous);
	}

	@Test
	default void ofTwoUpdatesOfOneVersionTheSecondIsRefused() {
		SessionRecord record = stored();
		SessionRecord first = SessionRecords.withData(record, "first");
		Assertions.assertThat(store().update(first)).isTrue();
		Assertions.assertThat(store().update(SessionRecords.withData(record, "second"))).isFalse();
		Assertions.assertThat(fixture().otherNode().update(SessionRecords.withData(record, "third"))).isFalse();
		assertSame(read(record.key()), first);
	}

	@Test
	default void anUpdateFromAVersionThatIsNotYetIsRefused() {
		SessionRecord record = stored();
		SessionRecord skipped = SessionRecords.withData(record, "skipped");
		Assertions.assertThat(store().update(SessionRecords.withData(skipped, "too early"))).isFalse();
		assertSame(read(record.key()), record);
	}

	@Test
	default void updateNeverInserts() {
		SessionRecord record = SessionRecords.newRecord();
		Assertions.assertThat(store().update(SessionRecords.withData(record, "1"))).isFalse();
		assertAbsent(record);
	}

	@Test
	default void touchNeverInserts() {
		SessionRecord record = SessionRecords.newRecord();
		Assertions.assertThat(store().touch(record.key())).isFalse();
		assertAbsent(record);
	}

	@Test
	default void anIdChangeIsAnUpdate() {
		SessionRecord record = stored();
		SecretHash secret = SessionRecords.newHash();
		Assertions.assertThat(store().update(SessionRecords.withSecret(record, secret))).isTrue();
		Assertions.assertThat(store().update(SessionRecords.withData(record, "late"))).isFalse();
		Assertions.assertThat(read(record.key()).secretHash()).isEqualTo(secret);
	}

	@Test
	default void deleteAnswersTrueOnce() {
		SessionRecord record = stored();
		Assertions.assertThat(store().delete(record.key())).isTrue();
		Assertions.assertThat(store().delete(record.key())).isFalse();
		Assertions.assertThat(fixture().otherNode().delete(record.key())).isFalse();
	}

	@Test
	default void deleteIsFinal() {
		SessionRecord record = stored();
		Assertions.assertThat(store().delete(record.key())).isTrue();
		assertAbsent(record);
		assertAbsent(SessionRecords.withData(record, "later still"));
	}

	@Test
	default void anUpdateAfterADeleteIsRefusedEvenIfItWasAppliedBefore() {
		SessionRecord next = SessionRecords.withData(stored(), "1");
		Assertions.assertThat(store().update(next)).isTrue();
		Assertions.assertThat(store().delete(next.key())).isTrue();
		Assertions.assertThat(store().update(next)).isFalse();
		assertAbsent(next);
	}

	@Test
	default void theKeyOfADeletedSessionIsFreeAgain() {
		SessionRecord record = stored();
		Assertions.assertThat(store().delete(record.key())).isTrue();
		SessionRecord other = SessionRecords.records().data("other").build(record.key());
		Assertions.assertThat(store().create(other)).isTrue();
		assertSame(read(record.key()), other);
	}

}
