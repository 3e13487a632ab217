package app.session.test;

import java.util.ArrayList;
import java.util.List;

import app.session.SessionRecord;
import app.session.WriterTag;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/**
 * Rules of the writers that a record remembers, by which an update is known whose reply
 * was lost.
 */
interface WriterRules extends StoreRules {

	@Test
	default void anUpdateWhoseReplyWasLostIsAppliedOnce() {
		SessionRecord record = stored();
		SessionRecord next = SessionRecords.withData(record, "1");
		Assertions.assertThat(store().update(next)).isTrue();
		Assertions.assertThat(store().update(next)).as("the same again").isTrue();
		assertSame(read(record.key()), next);
	}

	@Test
	default void anUpdateIsKnownAfterThreeLaterWriters() {
		SessionRecord lost = SessionRecords.withData(stored(), "lost");
		Assertions.assertThat(store().update(lost)).isTrue();
		SessionRecord last = lost;
		for (int i = 0; i < SessionRecord.MAX_WRITERS - 1; i++) {
			last = SessionRecords.withData(last, "later " + i);
			Assertions.assertThat(store().update(last)).isTrue();
			Assertions.assertThat(store().update(lost)).as("again after %d later writers", i + 1).isTrue();
			assertSame(read(lost.key()), last);
		}
	}

	@Test
	default void anUpdateIsForgottenAfterFourLaterWritersButNotApplied() {
		SessionRecord lost = SessionRecords.withData(stored(), "lost");
		Assertions.assertThat(store().update(lost)).isTrue();
		SessionRecord last = lost;
		for (int i = 0; i < SessionRecord.MAX_WRITERS; i++) {
			last = SessionRecords.withData(last, "later " + i);
			Assertions.assertThat(store().update(last)).isTrue();
		}
		Assertions.assertThat(store().update(lost)).isFalse();
		assertSame(read(lost.key()), last);
	}

	@Test
	default void theLastFourWritersAreKept() {
		SessionRecord record = stored();
		List<WriterTag> tags = new ArrayList<>(record.writers());
		for (int i = 0; i < 10; i++) {
			Assertions.assertThat(store().update(SessionRecords.withData(record, "write " + i))).isTrue();
			SessionRecord found = read(record.key());
			tags.add(0, found.writer());
			Assertions.assertThat(found.writers())
				.isEqualTo(tags.subList(0, Math.min(tags.size(), SessionRecord.MAX_WRITERS)));
			Assertions.assertThat(found.version()).isEqualTo(i + 2);
			record = found;
		}
	}

}
