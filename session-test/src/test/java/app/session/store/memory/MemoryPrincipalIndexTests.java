package app.session.store.memory;

import java.util.List;

import app.session.PrincipalIndex.Admission.Status;
import app.session.SessionKey;
import app.session.SessionLimit;
import app.session.test.SessionRecords;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MemoryPrincipalIndexTests {

	private static final int QUIET = 10;

	private final MemoryPrincipalIndex index = new MemoryPrincipalIndex(QUIET);

	@Test
	void anEntryOfEpochZeroGoesWithItsLastMember() {
		SessionKey key = SessionRecords.newKey();
		this.index.admit("alice", key, 0, SessionLimit.NONE);
		assertThat(this.index.size()).isEqualTo(1);
		this.index.strikeOff("alice", List.of(key));
		assertThat(this.index.size()).isZero();
	}

	@Test
	void entriesWithNothingButAnEpochAreBounded() {
		for (int i = 0; i < 100 * QUIET; i++) {
			SessionKey key = SessionRecords.newKey();
			String principal = "principal " + i;
			this.index.admit(principal, key, this.index.epoch(principal), SessionLimit.NONE);
			this.index.strikeOff(principal, this.index.revoke(principal, null));
			this.index.revoke("without sessions " + i, null);
		}
		assertThat(this.index.size()).isLessThanOrEqualTo(QUIET);
	}

	@Test
	void aRevocationIsKnownAfterItsEntryWent() {
		long epoch = this.index.epoch("alice");
		this.index.revoke("alice", null);
		this.index.revoke("alice", null);
		long later = this.index.epoch("alice");
		for (int i = 0; i < 3 * QUIET; i++) {
			this.index.revoke("principal " + i, null);
			assertThat(this.index.epoch("alice")).isGreaterThanOrEqualTo(later);
			assertThat(this.index.admit("alice", SessionRecords.newKey(), epoch, SessionLimit.NONE).status())
				.isEqualTo(Status.STALE);
		}
		assertThat(this.index.admit("alice", SessionRecords.newKey(), this.index.epoch("alice"), SessionLimit.NONE)
			.status()).isEqualTo(Status.ADMITTED);
	}

	@Test
	void membersAndCondemnedStayHoweverManyAreQuiet() {
		SessionKey condemned = SessionRecords.newKey();
		SessionKey member = SessionRecords.newKey();
		this.index.admit("alice", condemned, 0, SessionLimit.NONE);
		this.index.revoke("alice", null);
		this.index.admit("alice", member, 1, SessionLimit.NONE);
		for (int i = 0; i < 3 * QUIET; i++) {
			this.index.revoke("principal " + i, null);
		}
		assertThat(this.index.members("alice")).containsExactly(member);
		assertThat(this.index.revoke("alice", null)).containsExactly(condemned, member);
	}

}
