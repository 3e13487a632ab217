package app.session.store.migrate;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import app.session.PrincipalIndex.Admission;
import app.session.SessionKey;
import app.session.SessionLimit;
import app.session.SessionLimit.WhenFull;
import app.session.SessionRecord;
import app.session.crypto.SessionIdGenerator;
import app.session.store.SessionSource;
import app.session.store.memory.MemorySessionRepository;
import app.session.test.MutableClock;
import app.session.test.SessionRecords;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is known of a principal whose sessions are still in the source.
 */
class MigratingPrincipalsTests {

	/** More than an index keeps without a look at whether they have ended. */
	private static final int MANY = 40;

	private final MutableClock clock = new MutableClock();

	private final MemorySessionRepository target = store();

	private final MemorySessionRepository source = store();

	private final MigratingStore both = MigratingStore.of(this.target, SessionSource.of(this.source),
			new MigrationSettings(Duration.ofSeconds(2), this.clock, new SessionIdGenerator(new SecureRandom())));

	private MemorySessionRepository store() {
		return new MemorySessionRepository(100, this.clock, (event) -> {
		});
	}

	@AfterEach
	void close() {
		this.target.close();
		this.source.close();
	}

	@Test
	void aRevocationEndsSessionsThatNobodyHasMoved() {
		List<SessionKey> left = inTheSource(MANY);
		List<SessionKey> condemned = this.both.revoke("alice", null);
		assertThat(condemned).containsExactlyInAnyOrderElementsOf(left);
		condemned.forEach(this.both::delete);
		this.both.strikeOff("alice", condemned);
		assertThat(left).allSatisfy((key) -> assertThat(this.both.find(key)).isNull());
		assertThat(this.both.members("alice")).isEmpty();
	}

	@Test
	void aRevocationSparesASessionThatNobodyHasMoved() {
		List<SessionKey> left = inTheSource(3);
		List<SessionKey> condemned = this.both.revoke("alice", left.get(1));
		assertThat(condemned).containsExactlyInAnyOrder(left.get(0), left.get(2));
	}

	@Test
	void theLimitCountsSessionsThatNobodyHasMoved() {
		List<SessionKey> left = inTheSource(2);
		SessionRecord login = SessionRecords.records().principal("alice").build();
		this.both.create(login);
		Admission refused = this.both.admit("alice", login.key(), 0, new SessionLimit(2, WhenFull.REFUSE));
		assertThat(refused.status()).isEqualTo(Admission.Status.FULL);
		Admission admitted = this.both.admit("alice", login.key(), 0, new SessionLimit(2, WhenFull.END_OLDEST));
		assertThat(admitted.status()).isEqualTo(Admission.Status.ADMITTED);
		assertThat(admitted.condemned()).containsExactly(left.get(0));
	}

	@Test
	void aMoveLosesNoMember() {
		List<SessionKey> left = inTheSource(3);
		SessionRecord moved = this.both.find(left.get(1));
		assertThat(moved).isNotNull();
		this.both.update(SessionRecords.withData(moved, "moved"));
		assertThat(this.both.members("alice")).containsExactlyInAnyOrderElementsOf(left);
		assertThat(this.both.revoke("alice", null)).containsExactlyInAnyOrderElementsOf(left);
	}

	private List<SessionKey> inTheSource(int number) {
		List<SessionKey> keys = new ArrayList<>();
		for (int i = 0; i < number; i++) {
			SessionRecord record = SessionRecords.records().principal("alice").build();
			this.source.create(record);
			this.source.admit("alice", record.key(), 0, SessionLimit.NONE);
			keys.add(record.key());
		}
		return keys;
	}

}
