package app.session.store;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import app.session.PrincipalIndex.Admission.Status;
import app.session.SessionKey;
import app.session.SessionLimit;
import app.session.SessionRecord;
import app.session.SessionReplyLostException;
import app.session.SessionStoreUnavailableException;
import app.session.store.memory.MemorySessionRepository;
import app.session.test.MutableClock;
import app.session.test.SessionRecords;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What the index costs, and what it does when nodes and networks get in its way.
 */
class StoredPrincipalIndexTests {

	private static final SessionLimit ONE = new SessionLimit(1, SessionLimit.WhenFull.END_OLDEST);

	private final MutableClock clock = new MutableClock();

	private final MemorySessionRepository sessions = new MemorySessionRepository(100_000, this.clock, (event) -> {
	});

	private final MapEntries entries = new MapEntries();

	private final StoredPrincipalIndex index = node();

	private final StoredPrincipalIndex otherNode = node();

	private StoredPrincipalIndex node() {
		return new StoredPrincipalIndex(this.entries, this.sessions, Duration.ofSeconds(2), this.clock);
	}

	@AfterEach
	void close() {
		this.sessions.close();
	}

	private SessionKey session() {
		SessionRecord record = SessionRecords.records().principal("alice").build();
		assertThat(this.sessions.create(record)).isTrue();
		return record.key();
	}

	private Status login(StoredPrincipalIndex node, SessionKey key, SessionLimit limit) {
		return node.admit("alice", key, node.epoch("alice"), limit).status();
	}

	@Test
	void aLoginCostsTwoCalls() {
		for (int i = 0; i < 3; i++) {
			assertThat(login(this.index, session(), SessionLimit.NONE)).isEqualTo(Status.ADMITTED);
			assertThat(this.entries.takeCalls()).containsExactly("find", "replace");
		}
	}

	@Test
	void whatANodeRemembersNeverDecidesAlone() {
		this.index.epoch("alice");
		assertThat(this.otherNode.revoke("alice", null)).isEmpty();
		this.entries.takeCalls();
		assertThat(this.index.admit("alice", session(), 0, SessionLimit.NONE).status()).isEqualTo(Status.STALE);
		assertThat(this.entries.takeCalls()).containsExactly("replace", "find");
		// Now it remembers that the login is stale: not even that is taken for the truth.
		assertThat(this.index.admit("alice", session(), 0, SessionLimit.NONE).status()).isEqualTo(Status.STALE);
		assertThat(this.entries.takeCalls()).containsExactly("find");
	}

	@Test
	void aLoginOnAnotherNodeIsSeen() {
		SessionKey first = session();
		SessionKey second = session();
		login(this.index, first, ONE);
		login(this.otherNode, second, ONE);
		assertThat(this.index.admit("alice", session(), 0, ONE).condemned()).containsExactly(first, second);
	}

	@Test
	void aChangeWhoseReplyWasLostIsMadeOnce() {
		for (boolean arrives : new boolean[] { true, false }) {
			SessionKey key = session();
			long epoch = this.index.epoch("alice");
			this.entries.loseReplies(1, arrives);
			assertThat(this.index.admit("alice", key, epoch, SessionLimit.NONE).status()).isEqualTo(Status.ADMITTED);
			assertThat(this.index.members("alice")).containsOnlyOnce(key);
			this.entries.loseReplies(1, arrives);
			assertThat(this.index.revoke("alice", null)).contains(key);
			assertThat(this.index.epoch("alice")).isGreaterThan(epoch);
		}
	}

	@Test
	void aSecondLostReplyIsTold() {
		this.entries.loseReplies(2, false);
		assertThatExceptionOfType(SessionReplyLostException.class)
			.isThrownBy(() -> this.index.admit("alice", session(), 0, SessionLimit.NONE));
	}

	@Test
	void membersThatHaveEndedDoNotPileUp() {
		SessionKey alive = session();
		login(this.index, alive, SessionLimit.NONE);
		for (int i = 0; i < 500; i++) {
			SessionKey key = session();
			login(this.index, key, SessionLimit.NONE);
			this.sessions.delete(key);
			assertThat(this.index.members("alice")).hasSizeLessThanOrEqualTo(33).contains(alive);
		}
	}

	@Test
	void livingMembersAreLookedThroughLessAndLessOften() {
		int looks = 0;
		this.entries.takeCalls();
		for (int i = 0; i < 512; i++) {
			this.index.admit("alice", session(), 0, SessionLimit.NONE);
			looks += this.entries.takeCalls().size() > 2 ? 1 : 0;
		}
		assertThat(this.index.members("alice")).hasSize(512);
		assertThat(looks).isLessThanOrEqualTo(5);
	}

	@Test
	void aSweepFinishesWhatANodeLeftThatDied() {
		List<SessionKey> keys = IntStream.range(0, 5).mapToObj((i) -> session()).toList();
		keys.forEach((key) -> login(this.index, key, SessionLimit.NONE));
		this.index.revoke("alice", keys.get(2));
		this.otherNode.finish();
		assertThat(keys).filteredOn((key) -> this.sessions.find(key) != null).containsExactly(keys.get(2));
		assertThat(this.index.members("alice")).containsExactly(keys.get(2));
		assertThat(this.entries.unfinished()).isEmpty();
	}

	@Test
	void anEntryThatCannotBeReadIsNotTakenForNone() {
		login(this.index, session(), SessionLimit.NONE);
		this.entries.overwriteAll(new byte[] { 2, 0, 0 });
		assertThatExceptionOfType(SessionStoreUnavailableException.class)
			.isThrownBy(() -> this.otherNode.epoch("alice"));
		assertThatExceptionOfType(SessionStoreUnavailableException.class)
			.isThrownBy(() -> this.index.revoke("alice", null));
	}

	@Test
	void aSweepLeavesAnEntryThatItCannotReadAndFinishesTheOthers() {
		login(this.index, session(), SessionLimit.NONE);
		this.index.revoke("alice", null);
		this.entries.overwriteAll(new byte[] { 2, 0, 0 });
		SessionKey key = session();
		this.index.admit("bob", key, 0, SessionLimit.NONE);
		this.index.revoke("bob", null);
		assertThat(this.entries.unfinished()).hasSize(2);
		this.otherNode.finish();
		assertThat(this.sessions.find(key)).isNull();
		assertThat(this.entries.unfinished()).hasSize(1);
	}

	@Test
	void aChangeThatOthersAlwaysOutrunEndsInTime() {
		PrincipalEntries contended = new PrincipalEntries() {

			@Override
			public byte[] find(byte[] id) {
				StoredPrincipalIndexTests.this.clock.advance(Duration.ofMillis(500));
				return PrincipalEntry.of(0).encode();
			}

			@Override
			public boolean replace(byte[] id, byte[] expected, byte[] next, boolean unfinished) {
				return false;
			}

			@Override
			public Stream<byte[]> unfinished() {
				return Stream.empty();
			}

		};
		StoredPrincipalIndex outrun = new StoredPrincipalIndex(contended, this.sessions, Duration.ofSeconds(2),
				this.clock);
		assertThatExceptionOfType(SessionStoreUnavailableException.class)
			.isThrownBy(() -> outrun.admit("alice", session(), 0, SessionLimit.NONE));
	}

}
