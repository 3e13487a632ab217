package app.session.test;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

import app.session.SessionRecord;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * Rules of time, and of {@code touch}.
 */
interface ExpiryRules extends StoreRules {

	/** A short while. */
	Duration MINUTE = Duration.ofMinutes(1);

	@Test
	default void aSessionIsAliveUntilTheMillisecondOfItsExpiry() {
		Assumptions.assumeTrue(fixture().isClockControlled(), "the clock is not in the test's hands");
		SessionRecord record = stored();
		fixture().advance(record.idleTimeout().minusMillis(1));
		assertSame(read(record.key()), record);
		fixture().advance(Duration.ofMillis(1));
		assertAbsent(record);
	}

	@Test
	default void anExpiredSessionIsAbsentForEveryOperation() {
		SessionRecord record = stored();
		fixture().advance(record.idleTimeout().plusMillis(1));
		assertAbsent(record);
	}

	@Test
	default void theKeyOfAnExpiredSessionIsFreeAgain() {
		SessionRecord record = stored();
		fixture().advance(record.idleTimeout().plusMillis(1));
		Assertions.assertThat(store().create(SessionRecords.records().build(record.key()))).isTrue();
		Assertions.assertThat(read(record.key()).version()).isEqualTo(1);
	}

	@Test
	default void touchMovesTheExpiry() {
		SessionRecord record = stored();
		for (int i = 0; i < 5; i++) {
			fixture().advance(record.idleTimeout().minus(MINUTE));
			Instant before = fixture().now();
			Assertions.assertThat(store().touch(record.key())).isTrue();
			Assertions.assertThat(read(record.key()).lastAccessedTime()).isBetween(before, fixture().now());
		}
		fixture().advance(record.idleTimeout());
		assertAbsent(record);
	}

	@Test
	default void touchChangesNothingButTheLastAccess() {
		SessionRecord record = stored(SessionRecords.records().principal("alice").data("data"));
		fixture().advance(MINUTE);
		Assertions.assertThat(store().touch(record.key())).isTrue();
		SessionRecord touched = read(record.key());
		assertSame(touched, record);
		Assertions.assertThat(touched.creationTime()).isEqualTo(record.creationTime());
		Assertions.assertThat(store().update(SessionRecords.withData(record, "1")))
			.as("update of the record as it was before the touch")
			.isTrue();
	}

	@Test
	default void touchNeverMovesTheLastAccessBack() {
		Assumptions.assumeTrue(fixture().isClockControlled(), "the clock is not in the test's hands");
		SessionRecord record = stored();
		fixture().advance(MINUTE.negated());
		Assertions.assertThat(store().touch(record.key())).isTrue();
		Assertions.assertThat(read(record.key()).lastAccessedTime()).isEqualTo(record.lastAccessedTime());
		fixture().advance(record.idleTimeout());
		Assertions.assertThat(store().find(record.key())).isNotNull();
	}

	@Test
	default void noTouchOutlivesTheLifetime() {
		SessionRecord record = stored(
				SessionRecords.records().idleTimeout(Duration.ofMinutes(30)).lifetime(Duration.ofMinutes(60)));
		for (int i = 0; i < 2; i++) {
			fixture().advance(Duration.ofMinutes(25));
			Assertions.assertThat(store().touch(record.key())).isTrue();
		}
		Assertions.assertThat(read(record.key()).expiryTime()).isEqualTo(record.creationTime().plus(record.lifetime()));
		fixture().advance(Duration.ofMinutes(10));
		assertAbsent(record);
	}

	@Test
	default void noUpdateOutlivesTheLifetime() {
		SessionRecord record = stored(
				SessionRecords.records().idleTimeout(Duration.ofMinutes(30)).lifetime(Duration.ofMinutes(60)));
		for (int i = 0; i < 2; i++) {
			fixture().advance(Duration.ofMinutes(25));
			Assertions.assertThat(store().update(SessionRecords.withData(read(record.key()), "1"))).isTrue();
		}
		SessionRecord last = read(record.key());
		fixture().advance(Duration.ofMinutes(10));
		assertAbsent(last);
	}

	@Test
	default void findDoesNotMoveTheExpiry() {
		SessionRecord record = stored();
		fixture().advance(record.idleTimeout().minus(MINUTE));
		Assertions.assertThat(read(record.key()).lastAccessedTime()).isEqualTo(record.lastAccessedTime());
		fixture().advance(MINUTE);
		assertAbsent(record);
	}

	@Test
	default void findAndTouchAnswersTheRecordAsItWasBefore() {
		SessionRecord record = stored(SessionRecords.records().principal("alice").data("data"));
		Instant created = read(record.key()).lastAccessedTime();
		fixture().advance(record.idleTimeout().minus(MINUTE));
		Instant before = fixture().now();
		SessionRecord found = Objects.requireNonNull(store().findAndTouch(record.key()));
		assertSame(found, record);
		Assertions.assertThat(found.lastAccessedTime()).isEqualTo(created);
		Assertions.assertThat(read(record.key()).lastAccessedTime()).isBetween(before, fixture().now());
		fixture().advance(record.idleTimeout().minus(MINUTE));
		Assertions.assertThat(store().find(record.key())).isNotNull();
	}

	@Test
	default void anUpdateMovesTheExpiryToo() {
		SessionRecord record = stored();
		fixture().advance(record.idleTimeout().minus(MINUTE));
		Instant before = fixture().now();
		Assertions.assertThat(store().update(SessionRecords.withData(record, "1"))).isTrue();
		SessionRecord updated = read(record.key());
		Assertions.assertThat(updated.lastAccessedTime()).isBetween(before, fixture().now());
		Assertions.assertThat(updated.creationTime()).isEqualTo(record.creationTime());
	}

	@Test
	default void anotherIdleTimeoutCountsFromTheUpdateOn() {
		SessionRecord record = stored();
		Assertions.assertThat(store().update(SessionRecords.withIdleTimeout(record, Duration.ofHours(2)))).isTrue();
		fixture().advance(Duration.ofMinutes(119));
		SessionRecord longer = read(record.key());
		Assertions.assertThat(store().update(SessionRecords.withIdleTimeout(longer, MINUTE))).isTrue();
		SessionRecord shorter = read(record.key());
		fixture().advance(MINUTE);
		assertAbsent(shorter);
	}

}
