package app.session.test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import app.session.SessionKey;
import app.session.SessionRecord;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * Rules of {@code create} and {@code find}.
 */
interface CreateRules extends StoreRules {

	@Test
	default void aCreatedRecordIsFoundAsItWas() {
		SessionRecord record = SessionRecords.records()
			.principal("älice \uD83D\uDE00 'x' %")
			.data("{}")
			.idleTimeout(Duration.ofMillis(1_234_567))
			.lifetime(Duration.ofMillis(86_399_999))
			.build();
		Assertions.assertThat(store().create(record)).isTrue();
		assertSame(read(record.key()), record);
		SessionRecord elsewhere = fixture().otherNode().find(record.key());
		Assertions.assertThat(elsewhere).as("on another node").isNotNull();
	}

	@Test
	default void theStoreStampsTheTimesOfANewRecord() {
		SessionRecord record = SessionRecords.newRecord()
			.stamped(Instant.parse("2001-01-01T00:00:00Z"), Instant.parse("2101-01-01T00:00:00Z"));
		Instant before = fixture().now();
		store().create(record);
		SessionRecord found = read(record.key());
		Assertions.assertThat(found.creationTime()).isBetween(before, fixture().now());
		Assertions.assertThat(found.lastAccessedTime()).isEqualTo(found.creationTime());
	}

	@Test
	default void createNeverReplaces() {
		SessionRecord first = stored();
		Assertions.assertThat(store().create(SessionRecords.records().data("other").build(first.key()))).isFalse();
		assertSame(read(first.key()), first);
	}

	@Test
	default void aKeyThatWasNeverCreatedIsAbsent() {
		assertAbsent(SessionRecords.newRecord());
		assertAbsent(SessionRecords.records().build(new SessionKey(0, 0)));
	}

	@Test
	default void keysOfAnyBitsAreKeptApart() {
		List<SessionKey> keys = List.of(new SessionKey(0, 0), new SessionKey(-1, -1), new SessionKey(0, -1),
				new SessionKey(-1, 0), new SessionKey(Long.MIN_VALUE, Long.MAX_VALUE), new SessionKey(0, 10),
				new SessionKey(10, 0), new SessionKey(0x0D0A_0000_2A5B_7B7DL, 0x2520_5C27_2260_3A2FL));
		for (SessionKey key : keys) {
			Assertions.assertThat(store().create(SessionRecords.records().data(key.handle()).build(key))).isTrue();
		}
		for (SessionKey key : keys) {
			Assertions.assertThat(SessionRecords.text(read(key))).isEqualTo(key.handle());
			Assertions.assertThat(store().delete(key)).isTrue();
		}
	}

	@Test
	default void principalsOfAnyCharactersAreKeptExactly() {
		for (String principal : Principals.differing("")) {
			SessionRecord created = stored(SessionRecords.records().principal(principal));
			Assertions.assertThat(created.principal()).isEqualTo(principal);
			SessionRecord login = SessionRecords.withPrincipal(stored(), principal);
			Assertions.assertThat(store().update(login)).isTrue();
			Assertions.assertThat(read(login.key()).principal()).isEqualTo(principal);
		}
	}

	@Test
	default void anUnreadableRecordIsAbsent() {
		SessionRecord record = stored();
		Assumptions.assumeTrue(fixture().corrupt(record.key()), "the fixture can't corrupt a record");
		Assertions.assertThat(store().find(record.key())).isNull();
		Assertions.assertThat(store().findAndTouch(record.key())).isNull();
		Assertions.assertThat(store().update(SessionRecords.withData(record, "1"))).isFalse();
	}

}
