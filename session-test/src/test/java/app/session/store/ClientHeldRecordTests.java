package app.session.store;

import java.time.Duration;
import java.util.Objects;

import app.session.SessionRecord;
import app.session.SessionTooLargeException;
import app.session.core.ClientToken.Due;
import app.session.test.MutableClock;
import app.session.test.SessionRecords;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What the client of a request has to be told.
 */
class ClientHeldRecordTests {

	private final MutableClock clock = new MutableClock();

	private final SessionRecord brought = SessionRecords.newRecord()
		.stamped(this.clock.instant(), this.clock.instant());

	@Test
	void nothingIsDueBeforeAnythingHappens() {
		assertThat(own(null).due()).isEqualTo(Due.NOTHING);
		ClientHeldRecord own = own(this.brought);
		assertThat(own.find(this.brought.key())).isEqualTo(this.brought);
		assertThat(own.due()).isEqualTo(Due.NOTHING);
		assertThat(own.record()).isEqualTo(this.brought);
	}

	@Test
	void aChangeIsToBeSentUntilItWasHandedOver() {
		ClientHeldRecord own = own(null);
		own.create(SessionRecords.records().build(this.brought.key()));
		assertThat(own.due()).isEqualTo(Due.SEND);
		SessionRecord created = own.handOver();
		assertThat(own.due()).isEqualTo(Due.NOTHING);
		assertThat(own.update(SessionRecords.withData(created, "1"))).isTrue();
		assertThat(own.due()).isEqualTo(Due.SEND);
		assertThat(SessionRecords.text(own.handOver())).isEqualTo("1");
		assertThat(own.due()).isEqualTo(Due.NOTHING);
	}

	@Test
	void aTouchIsARefreshAndNoLessThanAChangeBeforeIt() {
		ClientHeldRecord own = own(this.brought);
		this.clock.advance(Duration.ofMinutes(20));
		assertThat(own.isTouchDue()).isTrue();
		own.touch(this.brought.key());
		assertThat(own.due()).isEqualTo(Due.REFRESH);
		assertThat(own.isTouchDue()).isFalse();
		SessionRecord touched = Objects.requireNonNull(own.record());
		assertThat(touched.lastAccessedTime()).isEqualTo(this.clock.instant());
		own.update(SessionRecords.withData(touched, "1"));
		this.clock.advance(Duration.ofMinutes(20));
		own.touch(this.brought.key());
		assertThat(own.due()).isEqualTo(Due.SEND);
	}

	@Test
	void aTouchWaitsForItsPartOfTheTimeout() {
		// 33 minutes are 30 and a tenth of them
		SessionRecord record = SessionRecords.records()
			.idleTimeout(Duration.ofMinutes(33))
			.build()
			.stamped(this.clock.instant(), this.clock.instant());
		ClientHeldRecord own = own(record);
		this.clock.advance(Duration.ofMinutes(3).minusMillis(1));
		assertThat(own.touch(record.key())).isTrue();
		assertThat(own.due()).isEqualTo(Due.NOTHING);
		assertThat(own.record()).isEqualTo(record);
		this.clock.advance(Duration.ofMillis(1));
		assertThat(own.touch(record.key())).isTrue();
		assertThat(own.due()).isEqualTo(Due.REFRESH);
	}

	@Test
	void onlyWhatTheClientHoldsIsTakenAway() {
		ClientHeldRecord own = own(this.brought);
		assertThat(own.delete(this.brought.key())).isTrue();
		assertThat(own.due()).isEqualTo(Due.CLEAR);
		assertThat(own.record()).isNull();
		own.create(SessionRecords.newRecord());
		assertThat(own.due()).isEqualTo(Due.SEND);
		ClientHeldRecord blank = own(null);
		SessionRecord created = SessionRecords.newRecord();
		blank.create(created);
		blank.delete(created.key());
		assertThat(blank.due()).isEqualTo(Due.NOTHING);
		blank.create(created);
		blank.handOver();
		blank.delete(created.key());
		assertThat(blank.due()).isEqualTo(Due.CLEAR);
	}

	@Test
	void whatIsOverIsNeitherTouchedNorTakenAway() {
		this.clock.advance(SessionRecords.IDLE_TIMEOUT);
		ClientHeldRecord own = own(this.brought);
		assertThat(own.record()).isNull();
		assertThat(own.isTouchDue()).isFalse();
		assertThat(own.delete(this.brought.key())).isFalse();
		assertThat(own.due()).isEqualTo(Due.NOTHING);
		SessionRecord created = SessionRecords.newRecord();
		own.create(created);
		own.delete(created.key());
		assertThat(own.due()).isEqualTo(Due.NOTHING);
	}

	@Test
	void aNewSessionTakesThePlaceOfTheOneThatWasBrought() {
		ClientHeldRecord own = own(this.brought);
		SessionRecord created = SessionRecords.newRecord();
		assertThat(own.create(created)).isTrue();
		assertThat(own.find(this.brought.key())).isNull();
		assertThat(own.handOver().key()).isEqualTo(created.key());
	}

	@Test
	void whatIsRefusedChangesNothing() {
		ClientHeldRecord own = new ClientHeldRecord(this.brought, 0.1, this.clock, (record) -> {
			throw new SessionTooLargeException("too large");
		});
		assertThatExceptionOfType(SessionTooLargeException.class)
			.isThrownBy(() -> own.update(SessionRecords.withData(this.brought, "1")));
		assertThatExceptionOfType(SessionTooLargeException.class)
			.isThrownBy(() -> own.create(SessionRecords.newRecord()));
		assertThat(own.record()).isEqualTo(this.brought);
		assertThat(own.due()).isEqualTo(Due.NOTHING);
	}

	@Test
	void nothingCanBeHandedOverWhereThereIsNothing() {
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> own(null).handOver());
	}

	private ClientHeldRecord own(@Nullable SessionRecord record) {
		return new ClientHeldRecord(record, 0.1, this.clock, (checked) -> {
		});
	}

}
