package app.session.test;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;

import app.session.PrincipalIndex;
import app.session.PrincipalIndex.Admission;
import app.session.PrincipalIndex.Admission.Status;
import app.session.SessionKey;
import app.session.SessionLimit;
import app.session.SessionLimit.WhenFull;
import app.session.SessionRecord;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/**
 * The contract of a {@link PrincipalIndex}, as a JUnit test class, to be extended like
 * {@link SessionRepositoryContract}.
 */
public abstract class PrincipalIndexContract extends StoreContract implements MemberRules {

	private static final SessionLimit TWO = new SessionLimit(2, WhenFull.END_OLDEST);

	private static final SessionLimit TWO_AT_MOST = new SessionLimit(2, WhenFull.REFUSE);

	/** A principal that no other test knows, on a store that is not empty either. */
	private final String alice = "alice " + UUID.randomUUID();

	@Test
	final void aPrincipalNeverSeenHasNothing() {
		Assertions.assertThat(index().epoch(this.alice)).isZero();
		Assertions.assertThat(index().members(this.alice)).isEmpty();
	}

	@Test
	final void membersStandInTheOrderOfTheirLogins() {
		List<SessionKey> keys = List.of(session(), session(), session());
		keys.forEach((key) -> assertAdmission(admit(key, 0, SessionLimit.NONE), Status.ADMITTED));
		assertAdmission(admit(keys.get(0), 0, SessionLimit.NONE), Status.ADMITTED);
		Assertions.assertThat(index().members(this.alice)).isEqualTo(keys);
		Assertions.assertThat(index().members(this.alice + "x")).isEmpty();
	}

	@Test
	final void aLoginBeyondTheLimitCondemnsTheOldest() {
		SessionKey first = session();
		SessionKey second = session();
		SessionKey third = session();
		admit(first, 0, TWO);
		admit(second, 0, TWO);
		assertAdmission(admit(third, 0, TWO), Status.ADMITTED, first);
		Assertions.assertThat(index().members(this.alice)).containsExactly(second, third);
	}

	@Test
	final void aSmallerLimitCondemnsAllBeyondIt() {
		List<SessionKey> keys = List.of(session(), session(), session());
		keys.forEach((key) -> admit(key, 0, SessionLimit.NONE));
		SessionKey last = session();
		assertAdmission(admit(last, 0, TWO), Status.ADMITTED, keys.get(0), keys.get(1));
		Assertions.assertThat(index().members(this.alice)).containsExactly(keys.get(2), last);
	}

	@Test
	final void aLoginBeyondTheLimitIsRefusedIfItSaysSo() {
		SessionKey first = session();
		SessionKey second = session();
		admit(first, 0, TWO_AT_MOST);
		admit(second, 0, TWO_AT_MOST);
		assertAdmission(admit(session(), 0, TWO_AT_MOST), Status.FULL);
		assertAdmission(admit(first, 0, TWO_AT_MOST), Status.ADMITTED);
		Assertions.assertThat(index().members(this.alice)).containsExactly(first, second);
		index().strikeOff(this.alice, List.of(first));
		assertAdmission(admit(session(), 0, TWO_AT_MOST), Status.ADMITTED);
	}

	@Test
	final void aLoginThatBeganBeforeARevocationIsStale() {
		SessionKey member = session();
		admit(member, 0, SessionLimit.NONE);
		long epoch = index().epoch(this.alice);
		Assertions.assertThat(index().revoke(this.alice, null)).containsExactly(member);
		assertAdmission(admit(session(), epoch, SessionLimit.NONE), Status.STALE, member);
		assertAdmission(admit(member, epoch, SessionLimit.NONE), Status.STALE, member);
		Assertions.assertThat(index().members(this.alice)).isEmpty();
		index().strikeOff(this.alice, List.of(member));
		assertAdmission(admit(session(), epoch, SessionLimit.NONE), Status.STALE);
		assertAdmission(admit(session(), index().epoch(this.alice), SessionLimit.NONE), Status.ADMITTED);
	}

	@Test
	final void aRevocationOfAPrincipalWithoutSessionsCountsToo() {
		long epoch = index().epoch(this.alice);
		Assertions.assertThat(index().revoke(this.alice, null)).isEmpty();
		assertAdmission(admit(session(), epoch, SessionLimit.NONE), Status.STALE);
		Assertions.assertThat(index().epoch(this.alice)).isGreaterThan(epoch);
	}

	@Test
	final void aCondemnedSessionIsNoMemberAgain() {
		SessionKey first = session();
		admit(first, 0, new SessionLimit(1, WhenFull.END_OLDEST));
		SessionKey second = session();
		admit(second, 0, new SessionLimit(1, WhenFull.END_OLDEST));
		assertAdmission(admit(first, 0, TWO), Status.CONDEMNED, first);
		Assertions.assertThat(index().members(this.alice)).containsExactly(second);
	}

	@Test
	final void aRevocationSparesAMember() {
		SessionKey spared = session();
		SessionKey other = session();
		admit(spared, 0, SessionLimit.NONE);
		admit(other, 0, SessionLimit.NONE);
		Assertions.assertThat(index().revoke(this.alice, spared)).containsExactly(other);
		Assertions.assertThat(index().members(this.alice)).containsExactly(spared);
	}

	@Test
	final void aSparedSessionThatIsNoMemberDoesNotBecomeOne() {
		SessionKey member = session();
		admit(member, 0, SessionLimit.NONE);
		Assertions.assertThat(index().revoke(this.alice, session())).containsExactly(member);
		Assertions.assertThat(index().members(this.alice)).isEmpty();
	}

	@Test
	final void aLaterLoginFinishesWhatACrashLeft() {
		SessionKey first = session();
		admit(first, 0, TWO);
		admit(session(), 0, TWO);
		admit(session(), 0, TWO);
		// Here the node crashed, before it deleted the first session
		Assertions.assertThat(store().find(first)).isNotNull();
		Admission later = admit(session(), 0, TWO);
		Assertions.assertThat(later.condemned()).hasSize(2).contains(first);
		finish(later.condemned());
		Assertions.assertThat(store().find(first)).isNull();
		Assertions.assertThat(index().revoke(this.alice, null)).hasSize(2).doesNotContain(first);
	}

	@Test
	final void aLaterRevocationFinishesWhatACrashLeft() {
		SessionKey first = session();
		admit(first, 0, SessionLimit.NONE);
		index().revoke(this.alice, null);
		Assertions.assertThat(index().revoke(this.alice, null)).containsExactly(first);
		Assertions.assertThat(admit(session(), 0, SessionLimit.NONE).condemned()).containsExactly(first);
	}

	@Test
	final void whatIsStruckOffIsForgotten() {
		SessionKey first = session();
		SessionKey second = session();
		admit(first, 0, SessionLimit.NONE);
		admit(second, 0, SessionLimit.NONE);
		index().strikeOff(this.alice, List.of(first, session()));
		Assertions.assertThat(index().members(this.alice)).containsExactly(second);
		index().strikeOff(this.alice, List.of());
		index().strikeOff("nobody " + this.alice, List.of(second));
		Assertions.assertThat(index().members(this.alice)).containsExactly(second);
	}

	@Test
	final void ofManyLoginsAtOnceTheLimitStaysAlive() throws Exception {
		assertLimitHolds(TWO);
	}

	@Test
	final void ofManyLoginsAtOnceNoMoreThanTheLimitAreAdmitted() throws Exception {
		assertLimitHolds(TWO_AT_MOST);
	}

	@Test
	final void noLoginSurvivesARevocationItDidNotKnow() throws Exception {
		try (Together together = new Together()) {
			for (int i = 0; i < fixture().raceRounds(); i++) {
				String principal = this.alice + i;
				SessionKey old = session(principal);
				index().admit(principal, old, 0, SessionLimit.NONE);
				List<Callable<Boolean>> calls = new ArrayList<>();
				calls.add(() -> {
					finish(principal, index().revoke(principal, null));
					return true;
				});
				for (int j = 0; j < 3; j++) {
					SessionKey key = session(principal);
					calls.add(() -> login(principal, key, 0, SessionLimit.NONE));
				}
				together.run(calls);
				Assertions.assertThat(index().members(principal)).isEmpty();
				Assertions.assertThat(store().find(old)).isNull();
			}
		}
	}

	private void assertLimitHolds(SessionLimit limit) throws Exception {
		try (Together together = new Together()) {
			for (int i = 0; i < fixture().raceRounds(); i++) {
				String principal = this.alice + i;
				List<SessionKey> keys = new ArrayList<>(List.of(session(principal)));
				index().admit(principal, keys.get(0), 0, limit);
				List<Callable<Boolean>> calls = new ArrayList<>();
				for (int j = 0; j < 3; j++) {
					SessionKey key = session(principal);
					keys.add(key);
					calls.add(() -> login(principal, key, 0, limit));
				}
				together.run(calls);
				List<SessionKey> alive = keys.stream().filter((key) -> store().find(key) != null).toList();
				Assertions.assertThat(alive).hasSize(2);
				Assertions.assertThat(index().members(principal)).containsExactlyInAnyOrderElementsOf(alive);
				keys.forEach(store()::delete);
			}
		}
	}

	private boolean login(String principal, SessionKey key, long epoch, SessionLimit limit) {
		Admission admission = index().admit(principal, key, epoch, limit);
		finish(principal, admission.condemned());
		if (admission.status() != Status.ADMITTED) {
			store().delete(key);
			return false;
		}
		return true;
	}

	private void finish(List<SessionKey> condemned) {
		finish(this.alice, condemned);
	}

	private void finish(String principal, List<SessionKey> condemned) {
		condemned.forEach(store()::delete);
		index().strikeOff(principal, condemned);
	}

	private void assertAdmission(Admission admission, Status status, SessionKey... condemned) {
		Assertions.assertThat(admission.status()).isEqualTo(status);
		Assertions.assertThat(admission.condemned()).containsExactly(condemned);
	}

	private Admission admit(SessionKey key, long epoch, SessionLimit limit) {
		return index().admit(this.alice, key, epoch, limit);
	}

	private PrincipalIndex index() {
		return fixture().principalIndex();
	}

	private SessionKey session() {
		return session(this.alice);
	}

	/** A record of a session that logged in, as it is before its admission. */
	private SessionKey session(String principal) {
		SessionRecord record = SessionRecords.records().principal(principal).build();
		Assertions.assertThat(store().create(record)).isTrue();
		return record.key();
	}

}
