package app.session.store.memory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import app.session.SessionEvent;
import app.session.SessionEvent.Destroyed.Reason;
import app.session.SessionKey;
import app.session.SessionLimit;
import app.session.SessionRecord;
import app.session.test.MutableClock;
import app.session.test.SessionRecords;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class MemoryBoundTests {

	private static final int BOUND = 1_600;

	private final MutableClock clock = new MutableClock();

	private final List<SessionEvent> events = new ArrayList<>();

	private final MemorySessionRepository store = newStore(BOUND);

	@Test
	void aFloodEndsNoSessionInUse() {
		List<SessionKey> inUse = create(BOUND / 2);
		inUse.forEach(this.store::touch);
		for (int i = 0; i < 5 * BOUND; i++) {
			createOneVisit();
			if (i % BOUND == 0) {
				inUse.forEach((key) -> assertThat(this.store.touch(key)).isTrue());
			}
		}
		assertThat(inUse).allMatch((key) -> this.store.find(key) != null);
		assertThat(this.store.count()).isBetween(BOUND - BOUND / 16L, (long) BOUND);
	}

	@Test
	void aSessionThatWasMerelyReadIsInUseToo() {
		List<SessionKey> inUse = create(BOUND / 2);
		inUse.forEach(this.store::find);
		create(5 * BOUND);
		assertThat(inUse).allMatch((key) -> this.store.find(key) != null);
	}

	@Test
	void aNewVisitorCanComeBackDuringAFlood() {
		create(BOUND / 2).forEach(this.store::touch);
		int untilSecondRequest = BOUND / 2 - BOUND / 16 - 1;
		for (int i = 0; i < 5 * BOUND / untilSecondRequest; i++) {
			SessionKey visitor = createOneVisit();
			for (int j = 0; j < untilSecondRequest; j++) {
				createOneVisit();
			}
			assertThat(this.store.find(visitor)).as("visitor %d", i).isNotNull();
		}
	}

	@Test
	void whoComesBackWhenItIsNextToGoStays() {
		List<SessionKey> first = create(BOUND + 1);
		List<SessionKey> living = first.stream().filter(this.store::touch).toList();
		create(2 * BOUND);
		assertThat(living).hasSize(BOUND - BOUND / 16).allMatch((key) -> this.store.find(key) != null);
	}

	@Test
	void whatTheWalkKeptForLaterGoesAfterNewSessionsIfItCameBack() {
		List<SessionKey> inUse = create(BOUND - BOUND / 16);
		inUse.forEach(this.store::touch);
		create(5 * BOUND);
		assertThat(inUse).allMatch((key) -> this.store.find(key) != null);
	}

	@Test
	void evenWhereAllSessionsAreInUseTheNewestVisitorsHaveRoom() {
		create(BOUND).forEach(this.store::touch);
		for (int i = 0; i < BOUND; i++) {
			createOneVisit();
		}
		assertThat(this.store.count()).isLessThanOrEqualTo(BOUND);
		SessionKey visitor = createOneVisit();
		assertThat(this.store.touch(visitor)).isTrue();
	}

	@Test
	void thoseWithTheLeastLifeLeftGoFirst() {
		Set<SessionKey> longer = new HashSet<>();
		Set<SessionKey> shorter = new HashSet<>();
		for (int i = 0; i < BOUND; i++) {
			boolean isShorter = i % 16 == 7;
			SessionRecord record = SessionRecords.records().idleTimeout(Duration.ofMinutes(isShorter ? 5 : 50)).build();
			this.store.create(record);
			(isShorter ? shorter : longer).add(record.key());
		}
		SessionKey newest = createOneVisit();
		assertThat(longer).allMatch((key) -> this.store.find(key) != null);
		assertThat(this.store.find(newest)).as("one more than the batch goes").isNull();
		assertThat(shorter).allMatch((key) -> this.store.find(key) == null);
	}

	@Test
	void anEvictionIsAnEventAndStrikesTheMemberOff() {
		SessionRecord record = SessionRecords.records().principal("alice").build();
		this.store.create(record);
		this.store.admit("alice", record.key(), 0, SessionLimit.NONE);
		this.clock.advance(Duration.ofMillis(1));
		create(BOUND);
		assertThat(this.store.find(record.key())).isNull();
		assertThat(this.store.members("alice")).isEmpty();
		assertThat(this.events).hasSize(BOUND / 16 + 1)
			.contains(new SessionEvent.Destroyed(record.key(), "alice", Reason.EVICTED))
			.allMatch((event) -> event instanceof SessionEvent.Destroyed destroyed
					&& destroyed.reason() == Reason.EVICTED);
	}

	@Test
	void aStoreOfOneSessionKeepsOne() {
		MemorySessionRepository one = newStore(1);
		SessionKey first = create(one);
		SessionKey second = create(one);
		assertThat(one.find(first)).isNull();
		assertThat(one.find(second)).isNotNull();
		assertThatIllegalArgumentException().isThrownBy(() -> newStore(0));
	}

	@Test
	void manyThreadsExceedTheBoundByTheSlackAlone() throws Exception {
		int threads = 4;
		ExecutorService executor = Executors.newFixedThreadPool(threads);
		try {
			MemorySessionRepository shared = new MemorySessionRepository(BOUND, this.clock, (event) -> {
			}, Runnable::run);
			CountDownLatch start = new CountDownLatch(1);
			List<Future<Long>> largest = new ArrayList<>();
			for (int i = 0; i < threads; i++) {
				largest.add(executor.submit(() -> {
					start.await();
					long most = 0;
					for (int j = 0; j < 5 * BOUND; j++) {
						shared.create(SessionRecords.newRecord());
						most = Math.max(most, shared.count());
					}
					return most;
				}));
			}
			start.countDown();
			for (Future<Long> most : largest) {
				assertThat(most.get(60, TimeUnit.SECONDS)).isLessThanOrEqualTo(BOUND + BOUND / 64 + threads);
			}
		}
		finally {
			executor.shutdownNow();
		}
	}

	private MemorySessionRepository newStore(int bound) {
		return new MemorySessionRepository(bound, this.clock, this.events::add, Runnable::run);
	}

	private List<SessionKey> create(int number) {
		List<SessionKey> keys = new ArrayList<>();
		for (int i = 0; i < number; i++) {
			keys.add(createOneVisit());
		}
		return keys;
	}

	private SessionKey createOneVisit() {
		return create(this.store);
	}

	private SessionKey create(MemorySessionRepository repository) {
		this.clock.advance(Duration.ofMillis(1));
		SessionRecord record = SessionRecords.newRecord();
		assertThat(repository.create(record)).isTrue();
		return record.key();
	}

}
