package app.session.test;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import app.session.PrincipalIndex;
import app.session.PrincipalIndex.Admission;
import app.session.SessionKey;
import app.session.SessionLimit;
import app.session.SessionLimit.WhenFull;
import app.session.SessionRecord;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/**
 * Rules of a principal index about who is a member of what, and for how long.
 */
interface MemberRules extends StoreRules {

	/** How often the sessions of a principal end. */
	int ROUNDS = 30;

	/** How many sessions end in each round. */
	int LOGINS = 10;

	/** Of so many sessions that have ended only a part may be left. */
	int PILE = 100;

	@Test
	default void membersThatHaveEndedDoNotPileUp() {
		PrincipalIndex index = fixture().principalIndex();
		String principal = "bob " + UUID.randomUUID();
		SessionKey alive = login(principal, SessionRecords.records());
		SessionKey last = alive;
		for (int i = 0; i < ROUNDS; i++) {
			for (int j = 0; j < LOGINS; j++) {
				last = login(principal, SessionRecords.records().idleTimeout(Duration.ofSeconds(5)));
				if (j % 2 == 0) {
					// As a node does that dies before it strikes off
					store().delete(last);
				}
			}
			fixture().advance(Duration.ofSeconds(6));
		}
		last = login(principal, SessionRecords.records());
		Assertions.assertThat(index.members(principal)).hasSizeLessThan(PILE).startsWith(alive).endsWith(last);
	}

	@Test
	default void whatIsAdmittedOrStruckOffTwiceIsSoOnce() {
		PrincipalIndex index = fixture().principalIndex();
		String principal = "carol " + UUID.randomUUID();
		SessionLimit two = new SessionLimit(2, WhenFull.END_OLDEST);
		SessionKey first = login(principal, SessionRecords.records());
		SessionKey second = login(principal, SessionRecords.records());
		for (int i = 0; i < 2; i++) {
			Admission again = index.admit(principal, second, 0, two);
			Assertions.assertThat(again.status()).isEqualTo(Admission.Status.ADMITTED);
			Assertions.assertThat(again.condemned()).isEmpty();
			Assertions.assertThat(index.members(principal)).containsExactly(first, second);
		}
		SessionKey third = SessionRecords.newKey();
		store().create(SessionRecords.records().principal(principal).build(third));
		for (int i = 0; i < 2; i++) {
			Admission over = index.admit(principal, third, 0, two);
			Assertions.assertThat(over.status()).isEqualTo(Admission.Status.ADMITTED);
			Assertions.assertThat(over.condemned()).containsExactly(first);
			Assertions.assertThat(index.members(principal)).containsExactly(second, third);
		}
		store().delete(first);
		for (int i = 0; i < 2; i++) {
			index.strikeOff(principal, List.of(first, SessionRecords.newKey()));
			Assertions.assertThat(index.members(principal)).containsExactly(second, third);
			Assertions.assertThat(index.admit(principal, third, 0, two).condemned()).isEmpty();
			Assertions.assertThat(index.epoch(principal)).isZero();
		}
	}

	@Test
	default void principalsThatDifferInAnythingAreApart() {
		PrincipalIndex index = fixture().principalIndex();
		Map<String, SessionKey> sessions = new LinkedHashMap<>();
		for (String principal : Principals.differing(UUID.randomUUID() + " ")) {
			sessions.put(principal, login(principal, SessionRecords.records()));
		}
		sessions.forEach((principal, key) -> Assertions.assertThat(index.members(principal))
			.as("members of '%s'", principal)
			.containsExactly(key));
		Map.Entry<String, SessionKey> revoked = sessions.entrySet().iterator().next();
		Assertions.assertThat(index.revoke(revoked.getKey(), null)).containsExactly(revoked.getValue());
		sessions.remove(revoked.getKey());
		sessions.forEach((principal, key) -> {
			Assertions.assertThat(index.epoch(principal)).as("epoch of '%s'", principal).isZero();
			Assertions.assertThat(index.members(principal)).containsExactly(key);
		});
	}

	private SessionKey login(String principal, SessionRecords records) {
		SessionRecord record = records.principal(principal).build();
		Assertions.assertThat(store().create(record)).isTrue();
		Admission admission = fixture().principalIndex().admit(principal, record.key(), 0, SessionLimit.NONE);
		Assertions.assertThat(admission.status()).isEqualTo(Admission.Status.ADMITTED);
		return record.key();
	}

}
