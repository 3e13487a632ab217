package app.session.core;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import app.session.SessionRecord;
import app.session.SessionReplyLostException;
import app.session.SessionStoreUnavailableException;
import app.session.core.TestRepository.Fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.awaitility.Awaitility.await;

/**
 * How long a commit may take with a store that bounds each call: no call is begun after
 * {@code store-timeout}.
 */
class CommitTimeTests extends EngineFixture {

	private static final Duration LIMIT = EngineSettings.DEFAULTS.storeTimeout();

	private final SlowRepository store = new SlowRepository();

	private final SessionEngine node = engine(this.store, EngineSettings.DEFAULTS);

	@BeforeEach
	void aVisitorWithASession() {
		request(this.node, this.browser, (session) -> session.set("views", 1L));
		this.store.takeCalls();
	}

	private Exchange openAndRead() {
		Exchange exchange = open(this.node, this.browser);
		exchange.session().names();
		this.store.takeCalls();
		return exchange;
	}

	@Test
	void aStoreThatNeverAnswersHoldsAWriteForTheLimit() {
		Exchange exchange = openAndRead();
		this.store.failNextWrites(Fault.REQUEST_LOST, Fault.REQUEST_LOST, Fault.REQUEST_LOST);
		this.store.cost = LIMIT;
		Instant start = this.clock.instant();
		exchange.session().set("views", 2L);
		assertThatExceptionOfType(SessionReplyLostException.class).isThrownBy(exchange.request::commit);
		exchange.finish();
		assertThat(Duration.between(start, this.clock.instant())).isEqualTo(LIMIT);
		assertThat(this.store.takeCalls()).containsExactly("update");
	}

	@Test
	void aStoreThatNeverAnswersHoldsANewSessionForTheLimit() {
		this.store.failNextWrites(Fault.REPLY_LOST, Fault.REPLY_LOST);
		this.store.cost = LIMIT;
		Instant start = this.clock.instant();
		Exchange exchange = open(this.node, new Browser());
		exchange.session().set("views", 2L);
		assertThatExceptionOfType(SessionReplyLostException.class).isThrownBy(exchange.request::commit);
		exchange.finish();
		assertThat(Duration.between(start, this.clock.instant())).isEqualTo(LIMIT);
		assertThat(this.store.takeCalls()).containsExactly("create");
		assertThat(exchange.sends).isZero();
	}

	@Test
	void aStoreThatNeverAnswersHoldsALogoutForTheLimit() {
		Exchange exchange = openAndRead();
		this.store.failNextWrites(Fault.REQUEST_LOST, Fault.REQUEST_LOST, Fault.REQUEST_LOST);
		this.store.cost = LIMIT;
		Instant start = this.clock.instant();
		assertThatExceptionOfType(SessionReplyLostException.class).isThrownBy(exchange.session()::invalidate);
		exchange.finish();
		assertThat(Duration.between(start, this.clock.instant())).isEqualTo(LIMIT);
		assertThat(this.store.takeCalls()).containsExactly("delete");
		assertThat(exchange.cleared).isFalse();
	}

	@Test
	void aReplyThatIsLostAtTheLastMomentIsAskedForOnceMore() {
		Exchange exchange = openAndRead();
		this.store.failNextWrites(Fault.REPLY_LOST);
		this.store.cost = LIMIT.minusMillis(1);
		Instant start = this.clock.instant();
		exchange.session().set("views", 2L);
		exchange.finish();
		assertThat(Duration.between(start, this.clock.instant())).isLessThan(LIMIT.multipliedBy(2));
		assertThat(this.store.takeCalls()).containsExactly("update", "update");
	}

	@Test
	void noCallIsBegunAfterAConflictThatTookAllTheTime() {
		Exchange exchange = openAndRead();
		this.store.contended = true;
		this.store.cost = LIMIT;
		exchange.session().set("views", 2L);
		assertThatExceptionOfType(SessionStoreUnavailableException.class).isThrownBy(exchange.request::commit)
			.withMessageContaining("this change was not written");
		exchange.finish();
		assertThat(this.store.takeCalls()).containsExactly("update");
	}

	@Test
	void aConflictAfterALostReplyThatTookAllTheTimeIsUnknown() {
		Exchange exchange = openAndRead();
		this.store.contended = true;
		this.store.failNextWrites(Fault.REPLY_LOST);
		this.store.cost = LIMIT.minusMillis(1);
		exchange.session().set("views", 2L);
		assertThatExceptionOfType(SessionStoreUnavailableException.class).isThrownBy(exchange.request::commit)
			.withMessageContaining("can't be known any more");
		exchange.finish();
		assertThat(this.store.takeCalls()).containsExactly("update", "update");
	}

	/** To have waited for others is no reason to be given time of one's own. */
	@Test
	void theWaitForOthersOfTheSessionCounts() throws Exception {
		Exchange first = openAndRead();
		Exchange second = openAndRead();
		Exchange third = openAndRead();
		first.session().set("views", 2L);
		second.session().set("views", 3L);
		CountDownLatch writing = new CountDownLatch(1);
		CountDownLatch answer = new CountDownLatch(1);
		this.store.beforeNextUpdate(() -> {
			writing.countDown();
			assertThatNoException().isThrownBy(() -> assertThat(answer.await(10, TimeUnit.SECONDS)).isTrue());
		});
		CompletableFuture<Void> slow = CompletableFuture.runAsync(first::finish);
		assertThat(writing.await(10, TimeUnit.SECONDS)).isTrue();
		FutureTask<Void> queued = new FutureTask<>(second.request::commit, null);
		Thread waiting = new Thread(queued);
		waiting.start();
		await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
		advance(LIMIT);
		answer.countDown();
		slow.get(10, TimeUnit.SECONDS);
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> queued.get(10, TimeUnit.SECONDS))
			.withMessageContaining("nothing was written");
		second.finish();
		assertThat(this.store.takeCalls()).containsExactly("update");
		third.session().set("views", 4L);
		third.finish();
		assertThat(this.store.takeCalls()).containsExactly("update");
	}

	@Test
	void noAttemptIsBegunAfterTheLimitHoweverOftenOthersWrite() {
		Exchange exchange = openAndRead();
		this.store.contended = true;
		this.store.cost = Duration.ofMillis(150);
		Instant start = this.clock.instant();
		exchange.session().set("views", 2L);
		assertThatExceptionOfType(SessionStoreUnavailableException.class).isThrownBy(exchange.request::commit)
			.withMessageContaining("this change was not written");
		exchange.finish();
		assertThat(Duration.between(start, this.clock.instant())).isBetween(LIMIT, LIMIT.plus(this.store.cost));
		assertThat(this.store.takeCalls()).hasSize(14);
		this.store.contended = false;
		request(this.node, this.browser, (session) -> assertThat(session.get("views", Long.class)).isEqualTo(1));
	}

	/** A store whose calls take time, and in which others are always quicker. */
	private final class SlowRepository extends TestRepository {

		private Duration cost = Duration.ZERO;

		private boolean contended;

		private SlowRepository() {
			super(CommitTimeTests.this.clock);
		}

		@Override
		void called(String call) {
			super.called(call);
			advance(this.cost);
		}

		@Override
		public boolean update(SessionRecord record) {
			SessionRecord present = living(record.key());
			if (this.contended && present != null) {
				this.records.put(record.key(), present.next(CommitTimeTests.this.node.ids().newTag(),
						present.secretHash(), present.idleTimeout(), present.principal(), present.data()));
			}
			return super.update(record);
		}

	}

}
