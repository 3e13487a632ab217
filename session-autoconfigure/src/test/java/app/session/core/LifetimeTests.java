package app.session.core;

import java.time.Duration;
import java.util.Set;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import app.session.Session;
import app.session.SessionEvent.Missed;
import app.session.SessionLimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * When a session ends. The promise: no earlier than its timeout after its last request,
 * and no later than 1.1 times that.
 */
class LifetimeTests extends EngineFixture {

	@BeforeEach
	void aVisitorWithASession() {
		request((session) -> session.set("a", 1));
	}

	private boolean isAlive() {
		return open(this.engine, this.browser.copy()).request.exists();
	}

	private void useWithoutReading() {
		request((session) -> {
		});
	}

	@Test
	void aSessionEndsATenthAfterItsTimeoutAtTheLatest() {
		advance(Duration.ofMinutes(33).minusMillis(1));
		assertThat(isAlive()).isTrue();
	}

	@Test
	void aSessionIsGoneAtTheVeryInstant() {
		advance(Duration.ofMinutes(33));
		Exchange exchange = open();
		assertThat(exchange.session().isNew()).isTrue();
		assertThat(exchange.session().isEmpty()).isTrue();
		assertThat(events(Missed.class)).hasSize(1);
	}

	@Test
	void aSessionLivesItsWholeTimeoutAfterAUseThatWasNotWrittenDown() {
		advance(Duration.ofMinutes(3).minusMillis(1));
		this.repository.takeCalls();
		useWithoutReading();
		assertThat(this.repository.takeCalls()).isEmpty();
		advance(Duration.ofMinutes(30).minusMillis(1));
		assertThat(isAlive()).isTrue();
	}

	@Test
	void aSessionSlidesForAnyUseOfTheSite() {
		for (int i = 0; i < 100; i++) {
			advance(Duration.ofMinutes(10));
			useWithoutReading();
		}
		assertThat(isAlive()).isTrue();
	}

	@Test
	void aSessionEndsAfterItsMaximumLifetimeWhateverIsDoneWithIt() {
		Duration step = Duration.ofMinutes(20);
		for (Duration age = step; age.compareTo(Duration.ofHours(24)) < 0; age = age.plus(step)) {
			advance(step);
			assertThat(isAlive()).isTrue();
			request((session) -> {
				session.increment("views");
				session.changeId();
			});
		}
		advance(step);
		assertThat(isAlive()).isFalse();
	}

	@Test
	void aRequestThatDoesNotTouchDoesNotPutOffTheEnd() {
		for (int i = 0; i < 3; i++) {
			advance(Duration.ofMinutes(10));
			Exchange poll = open();
			poll.request.noTouch();
			poll.session().get("a", Integer.class);
			poll.finish();
			Exchange unused = open();
			unused.request.noTouch();
			unused.finish();
		}
		advance(Duration.ofMinutes(3));
		assertThat(isAlive()).isFalse();
	}

	@Test
	void withAFractionOfZeroEveryUseIsWrittenDownAndTheEndIsExact() {
		EngineSettings exact = settings(Duration.ofMinutes(30), null, 0);
		SessionEngine node = engine(this.repository, exact);
		Browser visitor = new Browser();
		request(node, visitor, (session) -> session.set("a", 1));
		this.repository.takeCalls();
		request(node, visitor, (session) -> {
		});
		assertThat(this.repository.takeCalls()).containsExactly("touch");
		advance(Duration.ofMinutes(30).minusMillis(1));
		assertThat(open(node, visitor).request.exists()).isTrue();
		request(node, visitor, (session) -> {
		});
		advance(Duration.ofMinutes(30));
		assertThat(open(node, visitor).request.exists()).isFalse();
	}

	@Test
	void aSessionMayHaveATimeoutOfItsOwn() {
		request((session) -> {
			session.setTimeout(Duration.ofMinutes(1));
			assertThat(session.getTimeout()).isEqualTo(Duration.ofMinutes(1));
		});
		SessionEngine otherNode = engine(this.repository, EngineSettings.DEFAULTS);
		for (int i = 0; i < 10; i++) {
			advance(Duration.ofSeconds(50));
			request(otherNode, this.browser, (session) -> {
			});
		}
		assertThat(isAlive()).isTrue();
		advance(Duration.ofSeconds(66));
		assertThat(isAlive()).isFalse();
	}

	@Test
	void aLongerTimeoutOfItsOwnOutlivesTheConfiguredOne() {
		request((session) -> session.setTimeout(Duration.ofHours(8)));
		advance(Duration.ofHours(8));
		assertThat(isAlive()).isTrue();
		request((session) -> session.setTimeout(null));
		advance(Duration.ofMinutes(33));
		assertThat(isAlive()).isFalse();
	}

	@Test
	void aTimeoutIsMoreThanZero() {
		assertThatIllegalArgumentException().isThrownBy(() -> open().session().setTimeout(Duration.ZERO));
		assertThatIllegalArgumentException().isThrownBy(() -> open().session().setTimeout(Duration.ofSeconds(-1)));
	}

	@Test
	void anAnonymousSessionMayHaveLessTime() {
		SessionEngine node = engine(this.repository, settings(Duration.ofMinutes(30), Duration.ofMinutes(5), 0.1));
		Browser visitor = new Browser();
		request(node, visitor, (session) -> session.set("a", 1));
		advance(Duration.ofMinutes(5));
		request(node, visitor, (session) -> session.setPrincipal("alice"));
		advance(Duration.ofMinutes(30));
		assertThat(open(node, visitor).request.exists()).isTrue();
		request(node, visitor, (session) -> session.setPrincipal(null));
		advance(Duration.ofMinutes(6));
		assertThat(open(node, visitor).request.exists()).isFalse();
	}

	@Test
	void aStricterConfigurationReachesSessionsThatExist() {
		SessionEngine stricter = engine(this.repository, settings(Duration.ofMinutes(5), null, 0.1));
		advance(Duration.ofMinutes(5));
		assertThat(open(stricter, this.browser.copy()).request.exists()).isTrue();
		SessionEngine another = engine(this.repository, settings(Duration.ofMinutes(2), null, 0.1));
		advance(Duration.ofMinutes(3));
		assertThat(open(another, this.browser.copy()).request.exists()).isFalse();
	}

	@Test
	void theTimesSayWhatIs() {
		var created = this.now.get();
		advance(Duration.ofMinutes(10));
		Session session = open().session();
		assertThat(session.getCreationTime()).isEqualTo(created);
		assertThat(session.getLastAccessedTime()).isEqualTo(created);
		assertThat(session.getExpiryTime()).isEqualTo(this.now.get().plus(Duration.ofMinutes(33)));
		assertThat(session.getTimeout()).isEqualTo(Duration.ofMinutes(30));
		advance(Duration.ofMinutes(5));
		assertThat(open().session().getLastAccessedTime()).isEqualTo(created.plus(Duration.ofMinutes(10)));
	}

	@Test
	void theClientKeepsItsIdAsLongAsItIsTold() {
		Exchange exchange = open();
		exchange.session().setCookieMaxAge(Duration.ofDays(7));
		exchange.finish();
		assertThat(exchange.sent).isEqualTo(this.browser.id);
		assertThat(exchange.sentMaxAge).isEqualTo(Duration.ofDays(7));
		Exchange later = open();
		assertThat(later.session().getCookieMaxAge()).isEqualTo(Duration.ofDays(7));
		later.session().changeId();
		later.finish();
		assertThat(later.sentMaxAge).isEqualTo(Duration.ofDays(7));
	}

	@Test
	void aSettingAloneMakesASession() {
		Browser visitor = new Browser();
		request(this.engine, visitor, (session) -> session.setCookieMaxAge(Duration.ofDays(1)));
		assertThat(visitor.id).isNotNull();
	}

	private static EngineSettings settings(Duration timeout, Duration anonymousTimeout, double touchFraction) {
		return new EngineSettings(timeout, anonymousTimeout, Duration.ofHours(24), touchFraction, null,
				Duration.ofSeconds(2), 256, 1 << 20, 256, Set.of(), SessionLimit.NONE,
				EngineSettings.OnStoreFailure.FAIL);
	}

	@Test
	void whatIsOverByAStricterConfigurationStaysOver() {
		SessionEngine stricter = engine(this.repository, settings(Duration.ofMinutes(2), null, 0.1));
		advance(Duration.ofMinutes(3));
		assertThat(open(stricter, this.browser.copy()).request.exists()).isFalse();
		assertThat(open(stricter, this.browser.copy()).request.exists()).isFalse();
		assertThat(isAlive()).isFalse();
	}

	@Test
	void aStricterConfigurationIsNotSlidAwayByUnreadUses() {
		SessionEngine stricter = engine(this.repository, settings(Duration.ofMinutes(2), null, 0.1));
		request(stricter, this.browser, (session) -> session.get("a", Integer.class));
		advance(Duration.ofMinutes(3));
		request(stricter, this.browser.copy(), (session) -> {
		});
		assertThat(isAlive()).isFalse();
	}

	@Test
	void aTimeoutThatAnotherNodeMadeShorterIsSeenWhenTheSessionIsRead() {
		SessionEngine otherNode = engine(this.repository, EngineSettings.DEFAULTS);
		request(otherNode, this.browser, (session) -> session.setTimeout(Duration.ofMinutes(1)));
		for (int i = 0; i < 10; i++) {
			advance(Duration.ofSeconds(55));
			request((session) -> assertThat(session.isNew()).isFalse());
		}
	}

	@Test
	void aPollThatDoesNotTouchIsToldWhenTheSessionReallyEnds() {
		var end = this.now.get().plus(Duration.ofMinutes(33));
		advance(Duration.ofMinutes(10));
		Exchange poll = open();
		poll.request.noTouch();
		assertThat(poll.session().getExpiryTime()).isEqualTo(end);
		poll.finish();
		Exchange use = open();
		assertThat(use.session().getExpiryTime()).isEqualTo(this.now.get().plus(Duration.ofMinutes(33)));
		use.finish();
		advance(Duration.ofMinutes(1));
		Exchange again = open();
		assertThat(again.session().getExpiryTime()).isEqualTo(end.plus(Duration.ofMinutes(10)));
		again.session().increment("n");
		assertThat(again.session().getExpiryTime()).isEqualTo(end.plus(Duration.ofMinutes(11)));
	}

	@Test
	void theEndIsNeverTakenToBeAfterTheMaximumLifetime() {
		var end = this.now.get().plus(Duration.ofHours(24));
		request((session) -> session.setTimeout(Duration.ofHours(20)));
		advance(Duration.ofHours(12));
		assertThat(open().session().getExpiryTime()).isEqualTo(end);
		assertThat(open(this.engine, new Browser()).session().getExpiryTime())
			.isEqualTo(this.now.get().plus(Duration.ofMinutes(33)));
	}

	@Test
	void aStricterMaximumLifetimeReachesSessionsThatExist() {
		SessionEngine stricter = engine(this.repository,
				new EngineSettings(Duration.ofMinutes(30), null, Duration.ofHours(1), 0.1, null, Duration.ofSeconds(2),
						256, 1 << 20, 256, Set.of(), SessionLimit.NONE, EngineSettings.OnStoreFailure.FAIL));
		for (int i = 0; i < 5; i++) {
			advance(Duration.ofMinutes(11));
			request(stricter, this.browser, (session) -> session.names());
			request(stricter, this.browser, (session) -> {
			});
		}
		assertThat(open(stricter, this.browser.copy()).request.exists()).isTrue();
		advance(Duration.ofMinutes(5));
		request(stricter, this.browser.copy(), (session) -> {
		});
		assertThat(isAlive()).isFalse();
	}

	@Test
	void aSessionFromBeforeALongerTimeoutIsTouchedInTime() {
		SessionEngine shorter = engine(this.repository, settings(Duration.ofMinutes(1), null, 0.1));
		Browser visitor = new Browser();
		request(shorter, visitor, (session) -> session.set("a", 1));
		for (int i = 0; i < 5; i++) {
			advance(Duration.ofSeconds(50));
			open(this.engine, visitor).finish();
		}
		assertThat(open(this.engine, visitor).request.exists()).isTrue();
	}

	@Test
	void aPollThatDoesNotTouchDoesNotEvenWithNews() {
		SessionEngine otherNode = engine(this.repository, EngineSettings.DEFAULTS);
		request(otherNode, this.browser, (session) -> session.setTimeout(Duration.ofMinutes(1)));
		this.repository.takeCalls();
		Exchange poll = open();
		poll.request.noTouch();
		poll.session().names();
		poll.finish();
		assertThat(this.repository.takeCalls()).containsExactly("find");
	}

	@Test
	void zeroKeepsTheCookieUntilTheBrowserCloses() {
		Exchange exchange = open();
		exchange.session().setCookieMaxAge(Duration.ZERO);
		exchange.finish();
		assertThat(exchange.sends).isOne();
		assertThat(exchange.sentMaxAge).isNull();
		Exchange again = open();
		assertThat(again.session().getCookieMaxAge()).isNull();
		again.session().setCookieMaxAge(Duration.ZERO);
		again.finish();
		assertThat(again.sends).isOne();
		assertThatIllegalArgumentException().isThrownBy(() -> open().session().setCookieMaxAge(Duration.ofSeconds(-1)));
	}

}
