package app.session.test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;

import app.session.SessionKey;
import app.session.SessionLeases;
import app.session.WriterTag;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/**
 * The contract of {@link SessionLeases}, as a JUnit test class, to be extended like
 * {@link SessionRepositoryContract}. Where the store's clock is not in the test's hands a
 * test waits for a short lease to end by asking for it again and again.
 */
public abstract class SessionLeasesContract extends StoreContract {

	/** No test takes that long. */
	private static final Duration LONG = Duration.ofMinutes(10);

	/** A test waits for its end. */
	private static final Duration SHORT = Duration.ofMillis(300);

	private static final Duration STEP = Duration.ofMillis(1);

	/** After so long a lease that has not ended never will. */
	private static final Duration NEVER = Duration.ofSeconds(30);

	private static final int RACERS = 4;

	private final SessionKey key = SessionRecords.newKey();

	private final WriterTag holder = SessionRecords.newTag();

	private final WriterTag other = SessionRecords.newTag();

	@Test
	final void aLeaseIsTakenByOneHolder() {
		assertAcquired(this.holder, true);
		assertAcquired(this.other, false);
		Assertions.assertThat(elsewhere().acquire(this.key, this.other, LONG)).as("on another node").isFalse();
		assertAcquired(this.holder, true);
		assertAcquired(this.other, false);
	}

	@Test
	final void aHolderHasItOnEachNode() {
		assertAcquired(this.holder, true);
		Assertions.assertThat(elsewhere().acquire(this.key, this.holder, LONG)).isTrue();
		Assertions.assertThat(elsewhere().renew(this.key, this.holder, LONG)).isTrue();
		elsewhere().release(this.key, this.holder);
		assertAcquired(this.other, true);
	}

	@Test
	final void aReleasedLeaseIsFree() {
		assertAcquired(this.holder, true);
		leases().release(this.key, this.holder);
		Assertions.assertThat(leases().renew(this.key, this.holder, LONG)).as("renew").isFalse();
		assertAcquired(this.other, true);
		assertAcquired(this.holder, false);
		leases().release(this.key, this.holder);
		assertAcquired(this.holder, false);
	}

	@Test
	final void aStrangerReleasesNothing() {
		leases().release(this.key, this.other);
		assertAcquired(this.holder, true);
		leases().release(this.key, this.other);
		elsewhere().release(this.key, this.other);
		assertAcquired(this.other, false);
		Assertions.assertThat(leases().renew(this.key, this.holder, LONG)).isTrue();
	}

	@Test
	final void onlyTheHolderRenews() {
		Assertions.assertThat(leases().renew(this.key, this.holder, LONG)).as("never taken").isFalse();
		assertAcquired(this.holder, true);
		Assertions.assertThat(leases().renew(this.key, this.other, LONG)).as("somebody else's").isFalse();
		Assertions.assertThat(leases().renew(this.key, this.holder, LONG)).isTrue();
		assertAcquired(this.other, false);
	}

	@Test
	final void aLeaseEndsByItself() {
		Instant before = fixture().now();
		Assertions.assertThat(leases().acquire(this.key, this.holder, SHORT)).isTrue();
		awaitEnd(this.key);
		Assertions.assertThat(Duration.between(before, fixture().now())).isGreaterThanOrEqualTo(SHORT.minus(STEP));
		Assertions.assertThat(leases().renew(this.key, this.holder, LONG)).as("renew").isFalse();
		assertAcquired(this.holder, false);
		leases().release(this.key, this.holder);
		assertAcquired(this.holder, false);
	}

	@Test
	final void aLeaseThatHasEndedIsNotRenewedEvenIfNobodyTookIt() {
		Assertions.assertThat(leases().acquire(this.key, this.holder, SHORT)).isTrue();
		awaitTheEndOfALeaseOf(SHORT);
		Assertions.assertThat(leases().renew(this.key, this.holder, LONG)).isFalse();
		assertAcquired(this.other, true);
	}

	@Test
	final void aLeaseThatHasEndedIsTakenAgain() {
		Assertions.assertThat(leases().acquire(this.key, this.holder, SHORT)).isTrue();
		awaitTheEndOfALeaseOf(SHORT);
		assertAcquired(this.holder, true);
		assertAcquired(this.other, false);
	}

	@Test
	final void aRenewedLeaseLastsFromThenOn() {
		Assertions.assertThat(leases().acquire(this.key, this.holder, SHORT)).isTrue();
		Assertions.assertThat(leases().renew(this.key, this.holder, LONG)).isTrue();
		awaitTheEndOfALeaseOf(SHORT);
		assertAcquired(this.other, false);
		Assertions.assertThat(leases().renew(this.key, this.holder, SHORT)).as("renew for less").isTrue();
		awaitEnd(this.key);
	}

	@Test
	final void aLeaseTakenAgainByItsHolderLastsFromThenOn() {
		Assertions.assertThat(leases().acquire(this.key, this.holder, SHORT)).isTrue();
		assertAcquired(this.holder, true);
		awaitTheEndOfALeaseOf(SHORT);
		assertAcquired(this.other, false);
		Assertions.assertThat(leases().renew(this.key, this.holder, LONG)).isTrue();
	}

	@Test
	final void aLeaseNeedsNoSessionAndMakesNone() {
		assertAcquired(this.holder, true);
		Assertions.assertThat(store().find(this.key)).isNull();
		Assertions.assertThat(store().touch(this.key)).isFalse();
		Assertions.assertThat(store().create(SessionRecords.records().build(this.key))).isTrue();
		assertAcquired(this.other, false);
		Assertions.assertThat(store().update(SessionRecords.withData(read(this.key), "1"))).as("update").isTrue();
		Assertions.assertThat(store().delete(this.key)).isTrue();
		assertAcquired(this.other, false);
		leases().release(this.key, this.holder);
		Assertions.assertThat(store().find(this.key)).isNull();
	}

	@Test
	final void leasesOfDifferentSessionsAreApart() {
		List<SessionKey> keys = List.of(this.key, new SessionKey(this.key.high(), this.key.low() + 1),
				new SessionKey(this.key.low(), this.key.high()), new SessionKey(~this.key.high(), this.key.low()));
		for (SessionKey each : keys) {
			Assertions.assertThat(leases().acquire(each, new WriterTag(each.low()), LONG)).isTrue();
		}
		leases().release(this.key, new WriterTag(this.key.low()));
		for (SessionKey each : keys) {
			Assertions.assertThat(leases().acquire(each, this.other, LONG)).isEqualTo(each.equals(this.key));
		}
	}

	@Test
	final void holdersOfAnyBitsAreKeptApart() {
		List<WriterTag> holders = List.of(new WriterTag(0), new WriterTag(-1), new WriterTag(1),
				new WriterTag(Long.MIN_VALUE), new WriterTag(Long.MAX_VALUE), new WriterTag(1L << 53),
				new WriterTag((1L << 53) + 1), new WriterTag(0x0D0A_2A27_5C25_0022L));
		for (WriterTag each : holders) {
			assertAcquired(each, true);
			for (WriterTag stranger : holders) {
				assertAcquired(stranger, stranger.equals(each));
			}
			leases().release(this.key, each);
		}
	}

	@Test
	final void ofManyThatAskAtOnceOneHasIt() throws Exception {
		try (Together together = new Together()) {
			for (int i = 0; i < fixture().raceRounds(); i++) {
				List<WriterTag> holders = new ArrayList<>();
				List<Callable<Boolean>> calls = new ArrayList<>();
				for (int j = 0; j < RACERS; j++) {
					WriterTag racer = SessionRecords.newTag();
					SessionLeases node = (j % 2 == 0) ? leases() : elsewhere();
					holders.add(racer);
					calls.add(() -> node.acquire(this.key, racer, LONG));
				}
				List<Boolean> answers = together.run(calls);
				Assertions.assertThat(answers).containsOnlyOnce(true);
				WriterTag winner = holders.get(answers.indexOf(true));
				Assertions.assertThat(leases().renew(this.key, winner, LONG)).isTrue();
				leases().release(this.key, winner);
			}
		}
	}

	@Test
	final void whoAsksWhileItIsReleasedAndReleasedAgainHasItOrNot() throws Exception {
		try (Together together = new Together()) {
			for (int i = 0; i < fixture().raceRounds(); i++) {
				assertAcquired(this.holder, true);
				List<Boolean> answers = together.run(List.of(() -> release(leases()), () -> release(elsewhere()),
						() -> elsewhere().acquire(this.key, this.other, LONG)));
				Assertions.assertThat(leases().renew(this.key, this.holder, LONG)).as("released").isFalse();
				Assertions.assertThat(leases().renew(this.key, this.other, LONG)).isEqualTo(answers.get(2));
				leases().release(this.key, this.other);
			}
		}
	}

	@Test
	final void whoRenewsAsItEndsDoesNotHaveItBesideAnother() throws Exception {
		try (Together together = new Together()) {
			for (int i = 0; i < fixture().raceRounds(); i++) {
				WriterTag late = SessionRecords.newTag();
				WriterTag next = SessionRecords.newTag();
				Assertions.assertThat(leases().acquire(this.key, late, STEP)).isTrue();
				if (fixture().isClockControlled()) {
					fixture().advance(STEP);
				}
				List<Boolean> answers = together.run(List.of(() -> leases().renew(this.key, late, LONG),
						() -> elsewhere().acquire(this.key, next, LONG)));
				Assertions.assertThat(Collections.frequency(answers, true)).isLessThanOrEqualTo(1);
				leases().release(this.key, late);
				leases().release(this.key, next);
			}
		}
	}

	private boolean release(SessionLeases node) {
		node.release(this.key, this.holder);
		return true;
	}

	/** A lease taken now ends after one that was taken before for no longer. */
	private void awaitTheEndOfALeaseOf(Duration length) {
		SessionKey later = SessionRecords.newKey();
		Assertions.assertThat(leases().acquire(later, this.holder, length.plus(STEP))).isTrue();
		awaitEnd(later);
	}

	/** Asks for a lease until it is free. */
	private void awaitEnd(SessionKey leased) {
		Instant deadline = fixture().now().plus(NEVER);
		while (!leases().acquire(leased, this.other, LONG)) {
			Assertions.assertThat(fixture().now()).as("the end of the lease").isBefore(deadline);
			if (fixture().isClockControlled()) {
				fixture().advance(STEP);
			}
		}
	}

	private void assertAcquired(WriterTag asking, boolean expected) {
		Assertions.assertThat(leases().acquire(this.key, asking, LONG)).isEqualTo(expected);
	}

	private SessionLeases leases() {
		return fixture().leases();
	}

	private SessionLeases elsewhere() {
		return fixture().leasesOfOtherNode();
	}

}
