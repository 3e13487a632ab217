package app.session.store.memory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import app.session.SessionEvent;
import app.session.SessionKey;
import app.session.SessionLimit;
import app.session.SessionRecord;
import app.session.test.MutableClock;
import app.session.test.SessionRecords;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class MemorySessionRepositoryTests {

	private final MutableClock clock = new MutableClock();

	private final List<SessionEvent> events = new ArrayList<>();

	private final MemorySessionRepository store = new MemorySessionRepository(1_000, this.clock, this.events::add,
			Runnable::run);

	@Test
	void anExpiryIsAnEventAndStrikesTheMemberOff() {
		SessionKey key = createFor("alice");
		this.clock.advance(SessionRecords.IDLE_TIMEOUT.plusSeconds(2));
		assertThat(this.store.count()).isZero();
		assertThat(this.events).containsExactly(new SessionEvent.Expired(key, "alice"));
		assertThat(this.store.members("alice")).isEmpty();
	}

	@Test
	void anExpiryFoundByAnOperationIsAnEventToo() {
		SessionKey key = createFor("alice");
		this.clock.advance(SessionRecords.IDLE_TIMEOUT);
		assertThat(this.store.touch(key)).isFalse();
		assertThat(this.events).containsExactly(new SessionEvent.Expired(key, "alice"));
		assertThat(this.store.members("alice")).isEmpty();
	}

	@Test
	void aDeleteIsNoEventAndStrikesTheMemberOff() {
		SessionKey key = createFor("alice");
		assertThat(this.store.delete(key)).isTrue();
		assertThat(this.events).isEmpty();
		assertThat(this.store.members("alice")).isEmpty();
	}

	@Test
	void aSessionOfAnotherPrincipalIsNoMemberOfTheFormer() {
		SessionKey key = createFor("alice");
		SessionRecord record = this.store.find(key);
		assertThat(record).isNotNull();
		this.store.update(SessionRecords.withPrincipal(record, "bob"));
		assertThat(this.store.members("alice")).isEmpty();
	}

	@Test
	void aSessionThatEndedBeforeItsAdmissionDoesNotStay() {
		SessionRecord record = SessionRecords.records().principal("alice").build();
		this.store.create(record);
		this.store.delete(record.key());
		this.store.admit("alice", record.key(), 0, SessionLimit.NONE);
		assertThat(this.store.members("alice")).isEmpty();
	}

	@Test
	void expiryEventsComeWithoutTraffic() throws Exception {
		BlockingQueue<SessionEvent> published = new LinkedBlockingQueue<>();
		try (MemorySessionRepository alone = new MemorySessionRepository(10, Clock.systemUTC(), published::add)) {
			SessionRecord record = SessionRecords.records().idleTimeout(Duration.ofMillis(50)).build();
			alone.create(record);
			assertThat(published.poll(20, TimeUnit.SECONDS)).isEqualTo(new SessionEvent.Expired(record.key(), null));
		}
	}

	@Test
	void aListenerThatThrowsChangesNothing() {
		List<SessionEvent> seen = new ArrayList<>();
		MemorySessionRepository throwing = new MemorySessionRepository(10, this.clock, (event) -> {
			seen.add(event);
			throw new IllegalStateException("expected by this test");
		}, Runnable::run);
		throwing.create(SessionRecords.newRecord());
		throwing.create(SessionRecords.newRecord());
		this.clock.advance(SessionRecords.IDLE_TIMEOUT.plusSeconds(2));
		assertThat(throwing.count()).isZero();
		assertThat(seen).hasSize(2);
		assertThat(throwing.create(SessionRecords.newRecord())).isTrue();
	}

	@Test
	void aClosedStoreStillAnswers() {
		MemorySessionRepository closed = new MemorySessionRepository(10, this.clock, this.events::add);
		closed.close();
		for (int i = 0; i < 100; i++) {
			assertThat(closed.create(SessionRecords.newRecord())).isTrue();
		}
		assertThat(closed.count()).isLessThanOrEqualTo(10);
		assertThat(this.events).isEmpty();
	}

	@Test
	void aClockThatMovesBackShortensNoSession() {
		SessionRecord record = SessionRecords.newRecord();
		this.store.create(record);
		this.clock.advance(Duration.ofMinutes(-10));
		SessionRecord touched = this.store.findAndTouch(record.key());
		assertThat(touched).isNotNull();
		assertThat(touched.lastAccessedTime()).isEqualTo(this.clock.instant().plus(Duration.ofMinutes(10)));
	}

	@Test
	void timesOfAnySizeAreKept() {
		for (Duration duration : List.of(Duration.ofMillis(1), Duration.ofMillis(127), Duration.ofMillis(128),
				Duration.ofDays(400_000), Duration.ofMillis(Long.MAX_VALUE))) {
			SessionRecord record = SessionRecords.records().idleTimeout(duration).lifetime(duration).build();
			this.store.create(record);
			assertThat(this.store.find(record.key())).extracting(SessionRecord::idleTimeout, SessionRecord::lifetime)
				.containsExactly(duration, duration);
		}
		MutableClock before1970 = new MutableClock(Instant.ofEpochMilli(-5));
		MemorySessionRepository old = new MemorySessionRepository(10, before1970, this.events::add, Runnable::run);
		SessionRecord record = SessionRecords.newRecord();
		old.create(record);
		assertThat(old.find(record.key())).extracting(SessionRecord::creationTime).isEqualTo(Instant.ofEpochMilli(-5));
	}

	@Test
	void aPrincipalThatUnicodeCannotHoldIsRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.store.create(SessionRecords.records().principal("al\uD800ice").build()))
			.withMessageNotContaining("ice");
	}

	private SessionKey createFor(String principal) {
		SessionRecord record = SessionRecords.records().principal(principal).build();
		this.store.create(record);
		this.store.admit(principal, record.key(), 0, SessionLimit.NONE);
		assertThat(this.store.members(principal)).containsExactly(record.key());
		return record.key();
	}

}
