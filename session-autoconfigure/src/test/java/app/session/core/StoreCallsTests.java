package app.session.core;

import java.time.Duration;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a request costs: the store calls of DESIGN's budget, one row each.
 */
class StoreCallsTests extends EngineFixture {

	@BeforeEach
	void aVisitorWithASession() {
		request((session) -> session.set("views", 1L));
		this.repository.takeCalls();
	}

	@Test
	void aNewVisitorWhoseSessionIsNotUsedCostsNothing() {
		request(this.engine, new Browser(), (session) -> {
		});
		assertThat(this.repository.takeCalls()).isEmpty();
	}

	@Test
	void aNewVisitorWhoseSessionIsOnlyReadCostsNothingAndGetsNoId() {
		Browser visitor = new Browser();
		request(this.engine, visitor, (session) -> {
			assertThat(session.get("views", Long.class)).isNull();
			assertThat(session.isNew()).isTrue();
			assertThat(session.names()).isEmpty();
		});
		assertThat(this.repository.takeCalls()).isEmpty();
		assertThat(visitor.id).isNull();
	}

	@Test
	void aSessionThatIsNotUsedCostsNothing() {
		request((session) -> {
		});
		assertThat(this.repository.takeCalls()).isEmpty();
	}

	@Test
	void aSessionThatIsNotUsedCostsOneTouchWhenItIsDue() {
		advance(Duration.ofMinutes(3));
		request((session) -> {
		});
		request((session) -> {
		});
		assertThat(this.repository.takeCalls()).containsExactly("touch");
	}

	@Test
	void aSessionUnknownToThisNodeIsReadWhenItIsTouched() {
		SessionEngine otherNode = engine(this.repository, EngineSettings.DEFAULTS);
		request(otherNode, this.browser, (session) -> {
		});
		request(otherNode, this.browser, (session) -> {
		});
		assertThat(this.repository.takeCalls()).containsExactly("findAndTouch");
	}

	@Test
	void aStoreWhoseClockDiffersCostsNoMore() {
		TestRepository ahead = new TestRepository(() -> this.clock.instant().plusMillis(17));
		SessionEngine node = engine(ahead, EngineSettings.DEFAULTS);
		Browser visitor = new Browser();
		request(node, visitor, (session) -> session.set("a", "b"));
		request(node, visitor, (session) -> session.get("a", String.class));
		request(node, visitor, (session) -> session.set("a", "c"));
		assertThat(ahead.takeCalls()).containsExactly("create", "find", "find", "update");
	}

	@Test
	void aNewSessionWithOneAttributeCostsOne() {
		Browser visitor = new Browser();
		request(this.engine, visitor, (session) -> session.set("a", "b"));
		assertThat(this.repository.takeCalls()).containsExactly("create");
		assertThat(visitor.id).isNotNull();
	}

	@Test
	void aNewSessionWithOneIncrementCostsOne() {
		request(this.engine, new Browser(), (session) -> assertThat(session.increment("views")).isEqualTo(1));
		assertThat(this.repository.takeCalls()).containsExactly("create");
	}

	@Test
	void aReadCostsOne() {
		Exchange exchange = open();
		assertThat(exchange.session().get("views", Long.class)).isEqualTo(1);
		assertThat(exchange.session().get("other", Long.class)).isNull();
		exchange.finish();
		assertThat(this.repository.takeCalls()).containsExactly("find");
		assertThat(exchange.sends).isZero();
	}

	@Test
	void aReadThatIsDueToBeTouchedCostsOne() {
		advance(Duration.ofMinutes(3));
		request((session) -> session.get("views", Long.class));
		assertThat(this.repository.takeCalls()).containsExactly("findAndTouch");
	}

	@Test
	void changedAttributesCostTwo() {
		Exchange exchange = open();
		exchange.session().set("a", 1);
		exchange.session().set("b", 2);
		exchange.session().remove("views");
		exchange.finish();
		assertThat(this.repository.takeCalls()).containsExactly("find", "update");
		assertThat(exchange.sends).isZero();
	}

	@Test
	void oneExactOperationCostsTwoAndEachFurtherOneOneMore() {
		request((session) -> {
			session.increment("views");
			assertThat(this.repository.takeCalls()).containsExactly("find", "update");
			session.increment("views");
			assertThat(this.repository.takeCalls()).containsExactly("update");
			session.set("a", 1);
		});
		assertThat(this.repository.takeCalls()).containsExactly("update");
	}

	@Test
	void whatWasSetBeforeAnExactOperationIsWrittenWithIt() {
		request((session) -> {
			session.set("a", 1);
			session.increment("views");
		});
		assertThat(this.repository.takeCalls()).containsExactly("find", "update");
		request((session) -> assertThat(session.get("a", Integer.class)).isEqualTo(1));
	}

	@Test
	void anExactOperationThatFindsNothingToDoCostsTheReadAlone() {
		request((session) -> assertThat(session.take("nothing", String.class)).isNull());
		assertThat(this.repository.takeCalls()).containsExactly("find");
	}

	@Test
	void settingWhatIsThereCostsTheReadAlone() {
		request((session) -> session.set("views", 1L));
		assertThat(this.repository.takeCalls()).containsExactly("find");
	}

	@Test
	void anIdChangeWithAnAttributeCostsTwo() {
		Exchange exchange = open();
		exchange.session().changeId();
		exchange.session().set("a", 1);
		exchange.finish();
		assertThat(this.repository.takeCalls()).containsExactly("find", "update");
		assertThat(exchange.sends).isOne();
	}

	@Test
	void aLoginCostsTwo() {
		request((session) -> {
			session.setPrincipal("alice");
			session.set("a", 1);
		});
		assertThat(this.repository.takeCalls()).containsExactly("find", "update");
	}

	@Test
	void aLogoutCostsTwo() {
		request((session) -> session.invalidate());
		assertThat(this.repository.takeCalls()).containsExactly("find", "delete");
		assertThat(this.browser.id).isNull();
	}

	@Test
	void aConflictWithAnotherNodeCostsTwoMore() {
		SessionEngine otherNode = engine(this.repository, EngineSettings.DEFAULTS);
		this.repository.beforeNextUpdate(() -> {
			this.repository.takeCalls();
			request(otherNode, this.browser.copy(), (session) -> session.increment("views"));
			this.repository.takeCalls();
		});
		request((session) -> assertThat(session.increment("views")).isEqualTo(3));
		assertThat(this.repository.takeCalls()).containsExactly("find", "update");
	}

	@Test
	void aConflictOnOneNodeCostsNothingMore() {
		Exchange first = open();
		first.session().get("views", Long.class);
		Exchange second = open();
		second.session().get("views", Long.class);
		this.repository.takeCalls();
		assertThat(first.session().increment("views")).isEqualTo(2);
		assertThat(second.session().increment("views")).isEqualTo(3);
		assertThat(this.repository.takeCalls()).containsExactly("update", "update");
		first.finish();
		second.finish();
	}

	@Test
	void nothingIsHeldWhenAllRequestsAreOver() {
		request((session) -> session.increment("views"));
		request((session) -> session.invalidate());
		assertThat(this.engine.sharedSessions().size()).isZero();
	}

}
