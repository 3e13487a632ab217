package app.session.core;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import app.session.SessionBusyException;
import app.session.SessionConflictException;
import app.session.SessionKey;
import app.session.SessionLeases;
import app.session.SessionStoreUnavailableException;
import app.session.WriterTag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * One request of a session at a time on all nodes, on a store that has leases.
 */
class LeaseTests extends EngineFixture {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private final LeasingRepository leasing = new LeasingRepository(this.clock);

	private final SessionEngine first = engine(this.leasing, EngineSettings.DEFAULTS);

	private final SessionEngine second = engine(this.leasing, EngineSettings.DEFAULTS);

	@BeforeEach
	void aVisitorWithASession() {
		request(this.first, this.browser, (session) -> session.set("n", 1));
		this.leasing.takeCalls();
	}

	@Test
	void aTurnCostsTwoCalls() {
		Exchange exchange = open(this.first, this.browser);
		exchange.request.serialize(LIMIT);
		exchange.session().set("n", exchange.session().get("n", Integer.class, 0) + 1);
		exchange.finish();
		assertThat(this.leasing.takeCalls()).containsExactly("acquire", "find", "update", "release");
	}

	@Test
	void aRequestOnAnotherNodeWaitsForItsTurnAndSeesWhatWasWritten() {
		Exchange here = open(this.first, this.browser);
		here.request.serialize(LIMIT);
		Exchange there = open(this.second, this.browser.copy());
		assertThatExceptionOfType(SessionBusyException.class)
			.isThrownBy(() -> there.request.serialize(Duration.ofMillis(5)))
			.withMessageContaining("another node");
		here.session().set("n", 2);
		here.finish();
		there.request.serialize(LIMIT);
		assertThat(there.session().get("n", Integer.class)).isEqualTo(2);
		there.finish();
	}

	@Test
	void whoWasHeldUpWhileAnotherHadItsTurnWritesNothing() {
		Exchange here = open(this.first, this.browser);
		here.request.serialize(LIMIT);
		int seen = here.session().get("n", Integer.class, 0);
		advance(Turn.LEASE);
		Exchange there = open(this.second, this.browser.copy());
		there.request.serialize(LIMIT);
		there.session().set("n", 10);
		there.finish();
		here.session().set("n", seen + 1);
		assertThatExceptionOfType(SessionConflictException.class).isThrownBy(here::finish);
		request(this.first, this.browser, (session) -> assertThat(session.get("n", Integer.class)).isEqualTo(10));
	}

	@Test
	void whoLostItsTurnWritesNothingLaterEither() {
		Exchange here = open(this.first, this.browser);
		here.request.serialize(LIMIT);
		advance(Turn.LEASE);
		assertThatExceptionOfType(SessionConflictException.class).isThrownBy(() -> here.session().increment("n"));
		assertThatExceptionOfType(SessionConflictException.class).isThrownBy(() -> here.session().increment("n"));
		here.finish();
		request(this.first, this.browser, (session) -> assertThat(session.get("n", Integer.class)).isEqualTo(1));
	}

	@Test
	void whoIsHeldUpJustBeforeItWritesDoesNotMakeTheNextOneLoseThat() {
		Exchange here = open(this.first, this.browser);
		here.request.serialize(LIMIT);
		here.session().set("n", here.session().get("n", Integer.class, 0) + 1);
		Exchange there = open(this.second, this.browser.copy());
		this.leasing.beforeNextUpdate(() -> {
			advance(Turn.LEASE);
			there.request.serialize(LIMIT);
			there.session().set("n", there.session().get("n", Integer.class, 0) + 1);
		});
		// Nobody wrote since it read, so its write is as good as one in time ...
		here.finish();
		// ... but the other has read before that, and must not overwrite it.
		assertThatExceptionOfType(SessionConflictException.class).isThrownBy(there::finish)
			.withMessageContaining("[n]");
		request(this.first, this.browser, (session) -> assertThat(session.get("n", Integer.class)).isEqualTo(2));
	}

	@Test
	void ifOthersWroteTheStoreIsAskedWhoseTurnItIs() {
		Exchange here = open(this.first, this.browser);
		here.request.serialize(LIMIT);
		here.session().set("n", 2);
		request(this.second, this.browser.copy(), (session) -> session.set("other", true));
		this.leasing.takeCalls();
		here.finish();
		assertThat(this.leasing.takeCalls()).containsExactly("update", "find", "renew", "update", "release");
	}

	@Test
	void aLeaseThatHasNearlyRunOutIsProlonged() {
		Exchange here = open(this.first, this.browser);
		here.request.serialize(LIMIT);
		advance(Turn.LEASE.minusSeconds(1));
		assertThat(here.session().increment("n")).isEqualTo(2);
		assertThat(this.leasing.takeCalls()).containsExactly("acquire", "find", "renew", "update");
		advance(Turn.LEASE.minusSeconds(3));
		assertThat(here.session().increment("n")).isEqualTo(3);
		here.finish();
		assertThat(this.leasing.takeCalls()).containsExactly("update", "release");
	}

	@Test
	void aStoreThatIsDownLeavesTheTurnToTheNext() {
		this.leasing.down = true;
		Exchange here = open(this.first, this.browser);
		assertThatExceptionOfType(SessionStoreUnavailableException.class)
			.isThrownBy(() -> here.request.serialize(LIMIT));
		this.leasing.down = false;
		Exchange next = open(this.first, this.browser);
		next.request.serialize(Duration.ZERO);
		this.leasing.down = true;
		next.finish();
		here.finish();
		assertThat(this.first.sharedSessions().size()).isZero();
	}

	@Test
	void plainReadsAndWritesOnTwoNodesCountExactly() throws Exception {
		int threads = 8;
		int rounds = 25;
		CyclicBarrier start = new CyclicBarrier(threads);
		ExecutorService executor = Executors.newFixedThreadPool(threads);
		try {
			List<Future<?>> visitors = new ArrayList<>();
			for (int i = 0; i < threads; i++) {
				SessionEngine node = (i % 2 == 0) ? this.first : this.second;
				visitors.add(executor.submit(() -> {
					start.await();
					for (int round = 0; round < rounds; round++) {
						Exchange exchange = open(node, this.browser.copy());
						exchange.request.serialize(Duration.ofMinutes(1));
						exchange.session().set("n", exchange.session().get("n", Integer.class, 0) + 1);
						exchange.finish();
					}
					return null;
				}));
			}
			for (Future<?> visitor : visitors) {
				visitor.get();
			}
		}
		finally {
			executor.shutdownNow();
		}
		request(this.first, this.browser,
				(session) -> assertThat(session.get("n", Integer.class)).isEqualTo(1 + threads * rounds));
	}

	/** Has leases by the test's clock. */
	private static final class LeasingRepository extends TestRepository implements SessionLeases {

		private final Map<SessionKey, Lease> leases = new HashMap<>();

		private volatile boolean down;

		LeasingRepository(InstantSource clock) {
			super(clock);
		}

		@Override
		public synchronized boolean acquire(SessionKey key, WriterTag holder, Duration length) {
			Lease lease = ask("acquire", key);
			if (lease != null && !lease.holder().equals(holder)) {
				return false;
			}
			this.leases.put(key, new Lease(holder, this.clock.instant().plus(length)));
			return true;
		}

		@Override
		public synchronized boolean renew(SessionKey key, WriterTag holder, Duration length) {
			Lease lease = ask("renew", key);
			if (lease == null || !lease.holder().equals(holder)) {
				return false;
			}
			this.leases.put(key, new Lease(holder, this.clock.instant().plus(length)));
			return true;
		}

		@Override
		public synchronized void release(SessionKey key, WriterTag holder) {
			Lease lease = ask("release", key);
			if (lease != null && lease.holder().equals(holder)) {
				this.leases.remove(key);
			}
		}

		private @Nullable Lease ask(String call, SessionKey key) {
			called(call);
			if (this.down) {
				throw new SessionStoreUnavailableException("The store is down", null);
			}
			Lease lease = this.leases.get(key);
			return (lease != null && this.clock.instant().isBefore(lease.end())) ? lease : null;
		}

		private record Lease(WriterTag holder, Instant end) {
		}

	}

}
