package app.session.core;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import app.session.SessionReplyLostException;
import app.session.SessionStoreUnavailableException;
import app.session.core.TestRepository.Fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The store does not answer: nothing is written twice, and nobody is told a thing that is
 * not so.
 */
class LostReplyTests extends EngineFixture {

	private final SessionEngine otherNode = engine(this.repository, EngineSettings.DEFAULTS);

	@BeforeEach
	void aVisitorWithASession() {
		request((session) -> session.set("views", 1));
		this.repository.takeCalls();
	}

	private Long views() {
		Long[] views = new Long[1];
		request(engine(this.repository, EngineSettings.DEFAULTS), this.browser.copy(),
				(session) -> views[0] = session.get("views", Long.class));
		return views[0];
	}

	@Test
	void aLostReplyIsAskedForAgainAndCountsOnce() {
		this.repository.failNextWrites(Fault.REPLY_LOST);
		request((session) -> assertThat(session.increment("views")).isEqualTo(2));
		assertThat(this.repository.takeCalls()).containsExactly("find", "update", "update");
		assertThat(views()).isEqualTo(2);
	}

	@Test
	void aLostRequestIsSentAgain() {
		this.repository.failNextWrites(Fault.REQUEST_LOST);
		request((session) -> assertThat(session.increment("views")).isEqualTo(2));
		assertThat(views()).isEqualTo(2);
	}

	@Test
	void aLostReplyWithOthersWritingAfterItCountsOnce() {
		for (int others = 1; others <= 3; others++) {
			int writes = others;
			this.repository.failNextWrites(Fault.REPLY_LOST);
			this.repository.beforeNextUpdate(() -> {
			});
			this.repository.beforeNextUpdate(() -> {
				for (int i = 0; i < writes; i++) {
					request(this.otherNode, this.browser.copy(), (session) -> session.increment("views"));
				}
			});
			long before = views();
			request((session) -> assertThat(session.increment("views")).isEqualTo(before + 1));
			assertThat(views()).isEqualTo(before + 1 + others);
		}
	}

	@Test
	void aLostReplyWithTooManyWritesAfterItIsUnknownAndNotAppliedAgain() {
		this.repository.failNextWrites(Fault.REPLY_LOST);
		this.repository.beforeNextUpdate(() -> {
		});
		this.repository.beforeNextUpdate(() -> {
			for (int i = 0; i < 4; i++) {
				request(this.otherNode, this.browser.copy(), (session) -> session.increment("views"));
			}
		});
		Exchange exchange = open();
		assertThatExceptionOfType(SessionStoreUnavailableException.class)
			.isThrownBy(() -> exchange.session().increment("views"))
			.withMessageContaining("can't be known");
		assertThat(views()).isEqualTo(6);
	}

	@Test
	void aLostRequestWithFewWritesAfterItIsReplayed() {
		this.repository.failNextWrites(Fault.REQUEST_LOST);
		this.repository.beforeNextUpdate(() -> {
		});
		this.repository.beforeNextUpdate(() -> {
			for (int i = 0; i < 4; i++) {
				request(this.otherNode, this.browser.copy(), (session) -> session.increment("views"));
			}
		});
		request((session) -> assertThat(session.increment("views")).isEqualTo(6));
		assertThat(views()).isEqualTo(6);
	}

	@Test
	void twoLostRepliesEndTheCommit() {
		this.repository.failNextWrites(Fault.REPLY_LOST, Fault.REPLY_LOST);
		Exchange exchange = open();
		assertThatExceptionOfType(SessionReplyLostException.class)
			.isThrownBy(() -> exchange.session().increment("views"));
		exchange.finish();
		assertThat(this.repository.takeCalls()).containsExactly("find", "update", "update");
		assertThat(views()).isEqualTo(2);
	}

	@Test
	void aStoreThatIsDownIsAskedOnce() {
		this.repository.failNextWrites(Fault.DOWN);
		Exchange exchange = open();
		exchange.session().set("a", 1);
		assertThatExceptionOfType(SessionStoreUnavailableException.class).isThrownBy(exchange.request::commit);
		exchange.request.commit();
		assertThat(exchange.request.hasChanges()).isFalse();
		assertThat(exchange.request.failure()).isNotNull();
		exchange.finish();
		assertThat(this.repository.takeCalls()).containsExactly("find", "update");
	}

	@Test
	void afterAFailureNoFurtherChangeIsTaken() {
		this.repository.failNextWrites(Fault.DOWN);
		Exchange exchange = open();
		assertThatExceptionOfType(SessionStoreUnavailableException.class)
			.isThrownBy(() -> exchange.session().increment("views"));
		assertThatExceptionOfType(SessionStoreUnavailableException.class)
			.isThrownBy(() -> exchange.session().set("a", 1));
		exchange.finish();
		assertThat(views()).isEqualTo(1);
	}

	@Test
	void aLostCreateIsNeverRetriedUnderTheSameKey() {
		this.repository.failNextWrites(Fault.REPLY_LOST);
		Exchange exchange = open(this.engine, new Browser());
		assertThatExceptionOfType(SessionReplyLostException.class)
			.isThrownBy(() -> exchange.session().increment("views"));
		exchange.finish();
		assertThat(this.repository.takeCalls()).containsExactly("create");
		assertThat(exchange.sends).isZero();
	}

	@Test
	void aLostDeleteIsAskedForAgain() {
		this.repository.failNextWrites(Fault.REPLY_LOST);
		request((session) -> session.invalidate());
		assertThat(this.repository.takeCalls()).containsExactly("find", "delete", "delete");
		assertThat(this.repository.records).isEmpty();
		assertThat(this.browser.id).isNull();
	}

	@Test
	void toldOfALostDeleteTheEndIsReported() {
		this.repository.failNextWrites(Fault.REPLY_LOST);
		request((session) -> session.invalidate());
		assertThat(events(app.session.SessionEvent.Destroyed.class)).hasSize(1);
	}

	@Test
	void aReadThatFailsIsNoRememberedFailure() {
		TestRepository down = new TestRepository(this.clock) {
			@Override
			public app.session.SessionRecord findAndTouch(app.session.SessionKey key) {
				throw new SessionStoreUnavailableException("down", null);
			}
		};
		Exchange exchange = open(engine(down, EngineSettings.DEFAULTS), this.browser);
		assertThatExceptionOfType(SessionStoreUnavailableException.class)
			.isThrownBy(() -> exchange.session().get("views", Long.class));
		assertThat(exchange.request.failure()).isNull();
		assertThatExceptionOfType(SessionStoreUnavailableException.class)
			.isThrownBy(() -> exchange.session().set("a", 1));
		assertThat(exchange.request.failure()).isNotNull();
		exchange.finish();
	}

}
