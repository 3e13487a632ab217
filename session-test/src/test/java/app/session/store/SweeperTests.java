package app.session.store;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import app.session.SessionKey;
import app.session.SessionLeases;
import app.session.SessionStoreUnavailableException;
import app.session.WriterTag;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SweeperTests {

	private static final Duration HOUR = Duration.ofHours(1);

	private final OneLease lease = new OneLease();

	private final AtomicInteger runs = new AtomicInteger();

	@Test
	void oneNodeSweepsUntilItEnds() {
		Sweeper first = new Sweeper("sweep", HOUR, this.lease, this.runs::incrementAndGet);
		try (Sweeper second = new Sweeper("sweep", HOUR, this.lease, () -> this.runs.addAndGet(100))) {
			first.run();
			second.run();
			first.run();
			assertThat(this.runs).hasValue(2);
			first.close();
			second.run();
			assertThat(this.runs).hasValue(102);
		}
		assertThat(this.lease.holder).hasValue(null);
	}

	@Test
	void aStoreThatIsDownIsAskedAgain() {
		try (Sweeper sweeper = new Sweeper("sweep", HOUR, this.lease, this.runs::incrementAndGet)) {
			this.lease.down = true;
			sweeper.run();
			this.lease.down = false;
			sweeper.run();
			assertThat(this.runs).hasValue(1);
		}
	}

	@Test
	void itRunsByItselfAndGoesOnAfterAFailure() throws InterruptedException {
		CountDownLatch done = new CountDownLatch(3);
		Sweeper sweeper = new Sweeper("sweep", Duration.ofMillis(1), this.lease, () -> {
			done.countDown();
			throw new IllegalStateException("The task failed");
		});
		assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
		sweeper.close();
		assertThat(this.lease.holder).hasValue(null);
	}

	private static final class OneLease implements SessionLeases {

		private final AtomicReference<@Nullable WriterTag> holder = new AtomicReference<>();

		private volatile boolean down;

		@Override
		public boolean acquire(SessionKey key, WriterTag holder, Duration length) {
			if (this.down) {
				throw new SessionStoreUnavailableException("The store is down", null);
			}
			return this.holder.compareAndSet(null, holder) || holder.equals(this.holder.get());
		}

		@Override
		public boolean renew(SessionKey key, WriterTag holder, Duration length) {
			return holder.equals(this.holder.get());
		}

		@Override
		public void release(SessionKey key, WriterTag holder) {
			if (holder.equals(this.holder.get())) {
				this.holder.set(null);
			}
		}

	}

}
