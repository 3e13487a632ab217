package app.session.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

import app.session.SessionAdoption;
import app.session.SessionRecord;
import app.session.WriterTag;
import app.session.test.SessionRecords;
import app.session.test.StoreFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What holds of a session that a store takes over from another one.
 */
public abstract class AdoptionRules {

	private static final Duration AGE = Duration.ofHours(5);

	/**
	 * The store under test.
	 * @return its fixture, the same with each call
	 */
	protected abstract StoreFixture fixture();

	/**
	 * The ability under test.
	 * @return that of the fixture's store
	 */
	protected abstract SessionAdoption adoption();

	@AfterEach
	final void closeFixture() {
		fixture().close();
	}

	@Test
	final void aSessionIsTakenOverAsItIs() {
		SessionRecord record = old(SessionRecords.records().principal("alice").data("data"));
		assertThat(adoption().adopt(record, AGE)).isTrue();
		SessionRecord found = found(record);
		assertThat(found.version()).isEqualTo(7);
		assertThat(found.writers()).isEqualTo(record.writers());
		assertThat(found.secretHash()).isEqualTo(record.secretHash());
		assertThat(found.principal()).isEqualTo("alice");
		assertThat(found.data()).isEqualTo(record.data());
		assertThat(found.idleTimeout()).isEqualTo(record.idleTimeout());
		assertThat(found.lifetime()).isEqualTo(record.lifetime());
	}

	@Test
	final void itIsAsOldAsItIsAndUsedNow() {
		SessionRecord record = old(SessionRecords.records());
		Instant before = fixture().now();
		adoption().adopt(record, AGE);
		Instant after = fixture().now();
		assertThat(found(record).creationTime()).isBetween(before.minus(AGE), after.minus(AGE));
		assertThat(found(record).lastAccessedTime()).isBetween(before, after);
	}

	@Test
	final void itsLifetimeCountsFromItsCreation() {
		SessionRecord record = old(SessionRecords.records().lifetime(AGE.plusMinutes(20)));
		adoption().adopt(record, AGE);
		fixture().advance(Duration.ofMinutes(19));
		assertThat(fixture().repository().touch(record.key())).isTrue();
		fixture().advance(Duration.ofMinutes(2));
		assertThat(fixture().repository().find(record.key())).isNull();
	}

	@Test
	final void itsIdleTimeoutCountsFromNow() {
		SessionRecord record = old(SessionRecords.records().idleTimeout(Duration.ofMinutes(10)));
		adoption().adopt(record, AGE);
		fixture().advance(Duration.ofMinutes(9));
		assertThat(fixture().repository().find(record.key())).isNotNull();
		fixture().advance(Duration.ofMinutes(2));
		assertThat(fixture().repository().find(record.key())).isNull();
	}

	@Test
	final void aSessionWhoseLifetimeIsOverIsNotThere() {
		SessionRecord record = old(SessionRecords.records().lifetime(AGE.minusSeconds(1)));
		adoption().adopt(record, AGE);
		// Redis keeps nothing for less than a millisecond.
		await().atMost(Duration.ofSeconds(5)).until(() -> fixture().repository().find(record.key()) == null);
	}

	@Test
	final void itReplacesNothing() {
		SessionRecord there = SessionRecords.records().data("there").build();
		fixture().repository().create(there);
		SessionRecord record = old(SessionRecords.records().data("other").build(there.key()));
		assertThat(adoption().adopt(record, AGE)).isFalse();
		assertThat(SessionRecords.text(found(record))).isEqualTo("there");
		SessionRecord adopted = old(SessionRecords.records());
		assertThat(adoption().adopt(adopted, AGE)).isTrue();
		assertThat(adoption().adopt(adopted, AGE)).isFalse();
		assertThat(fixture().repository().create(SessionRecords.records().build(adopted.key()))).isFalse();
	}

	@Test
	final void itIsWrittenLikeAnyOther() {
		SessionRecord record = old(SessionRecords.records());
		adoption().adopt(record, AGE);
		Instant creation = found(record).creationTime();
		SessionRecord next = SessionRecords.withData(found(record), "next");
		assertThat(fixture().repository().update(next)).isTrue();
		assertThat(found(record).version()).isEqualTo(8);
		assertThat(found(record).creationTime()).isEqualTo(creation);
		assertThat(fixture().repository().delete(record.key())).isTrue();
		assertThat(fixture().repository().update(SessionRecords.withData(next, "late"))).isFalse();
	}

	private SessionRecord found(SessionRecord record) {
		return Objects.requireNonNull(fixture().repository().find(record.key()));
	}

	private static SessionRecord old(SessionRecords records) {
		return old(records.build());
	}

	/** A record as another store has it: written before, and of times of its own. */
	private static SessionRecord old(SessionRecord record) {
		List<WriterTag> writers = List.of(SessionRecords.newTag(), record.writer());
		return new SessionRecord(record.key(), 7, writers, record.secretHash(), Instant.EPOCH, Instant.EPOCH,
				record.idleTimeout(), record.lifetime(), record.principal(), record.data());
	}

}
