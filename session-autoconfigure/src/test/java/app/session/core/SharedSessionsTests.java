package app.session.core;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import app.session.SessionKey;
import app.session.SessionStoreUnavailableException;
import app.session.core.TestRepository.Fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What the requests of one session share on a node.
 */
class SharedSessionsTests extends EngineFixture {

	@Test
	void whoHeldAnEndedSessionLeavesItsSuccessorAlone() {
		SharedSessions sessions = new SharedSessions();
		SessionKey key = new SessionKey(1, 2);
		SharedSession ended = sessions.hold(key);
		assertThat(sessions.hold(key)).isSameAs(ended);
		sessions.end(ended);
		SharedSession successor = sessions.hold(key);
		assertThat(successor).isNotSameAs(ended);
		sessions.release(ended);
		sessions.release(ended);
		assertThat(sessions.size()).isOne();
		sessions.release(successor);
		assertThat(sessions.size()).isZero();
	}

	@Test
	void aDeleteThatFailsHoldsNothing() {
		request((session) -> session.set("a", 1));
		this.repository.failNextWrites(Fault.DOWN);
		Exchange exchange = open();
		assertThatExceptionOfType(SessionStoreUnavailableException.class)
			.isThrownBy(() -> exchange.session().invalidate());
		exchange.finish();
		assertThat(exchange.cleared).isFalse();
		assertThat(this.engine.sharedSessions().size()).isZero();
	}

	@Test
	void aRequestThatFindsItsSessionGoneTellsTheOthersInFlight() {
		request((session) -> session.set("a", 1));
		Exchange reader = open();
		reader.session().names();
		Exchange unread = open();
		request(engine(this.repository, EngineSettings.DEFAULTS), this.browser.copy(),
				(session) -> session.invalidate());
		reader.session().set("a", 2);
		reader.finish();
		this.repository.takeCalls();
		unread.session().set("a", 3);
		unread.finish();
		assertThat(this.repository.takeCalls()).isEmpty();
		assertThat(unread.sends).isZero();
	}

	@Test
	void aRequestWaitsForALogoutThatIsUnderWay() throws Exception {
		CountDownLatch deleted = new CountDownLatch(1);
		CountDownLatch goOn = new CountDownLatch(1);
		TestRepository slow = new TestRepository(this.clock) {
			@Override
			public boolean delete(SessionKey key) {
				boolean result = super.delete(key);
				deleted.countDown();
				try {
					assertThat(goOn.await(10, TimeUnit.SECONDS)).isTrue();
				}
				catch (InterruptedException ex) {
					throw new IllegalStateException(ex);
				}
				return result;
			}
		};
		SessionEngine node = engine(slow, EngineSettings.DEFAULTS);
		request(node, this.browser, (session) -> session.set("a", 1));
		Exchange inFlight = open(node, this.browser.copy());
		Thread logout = new Thread(() -> request(node, this.browser.copy(), (session) -> session.invalidate()));
		logout.start();
		assertThat(deleted.await(10, TimeUnit.SECONDS)).isTrue();
		Thread late = new Thread(() -> {
			inFlight.session().set("a", 2);
			inFlight.finish();
		});
		late.start();
		while (late.getState() != Thread.State.TIMED_WAITING && late.isAlive()) {
			Thread.onSpinWait();
		}
		goOn.countDown();
		logout.join();
		late.join();
		assertThat(inFlight.sends).isZero();
		assertThat(slow.records).isEmpty();
	}

	@Test
	void anInterruptedThreadStillWritesWhereNobodyIsInItsWay() {
		request((session) -> session.set("a", 1));
		Exchange exchange = open();
		Thread.currentThread().interrupt();
		exchange.session().set("a", 2);
		exchange.finish();
		assertThat(Thread.interrupted()).isTrue();
		request((session) -> assertThat(session.get("a", Integer.class)).isEqualTo(2));
	}

}
