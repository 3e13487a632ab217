package app.session.store.jdbc;

import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;

import app.session.SessionKey;
import app.session.WriterTag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the sweep does with the entries of principals and the leases, of which there may
 * be more than it reads at once.
 */
class JdbcForgetTests {

	private static final int MANY = 1_100;

	private static final Duration LIFETIME = Duration.ofHours(24);

	static List<JdbcDatabase> databases() {
		return List.of(JdbcDatabase.h2(), JdbcDatabase.postgresql(), JdbcDatabase.mariadb(),
				JdbcDatabase.mariadbByMysqlDriver());
	}

	@ParameterizedTest
	@MethodSource("databases")
	void entriesThatNobodyWroteForSoLongAreForgotten(JdbcDatabase database) throws Exception {
		try (JdbcFixture fixture = new JdbcFixture(database)) {
			long now = fixture.now().toEpochMilli();
			long old = now - LIFETIME.plusHours(1).plusMinutes(1).toMillis();
			long recent = now - LIFETIME.toMillis();
			for (int i = 0; i < MANY; i++) {
				insertEntry(fixture, i, 0, (i % 2 == 0) ? old : recent);
			}
			fixture.store().sweep();
			assertThat(fixture
				.execute("UPDATE " + fixture.table() + "_principal SET unfinished = 2 WHERE written < " + (recent - 1)))
				.isZero();
			assertThat(fixture.execute("UPDATE " + fixture.table() + "_principal SET unfinished = 2"))
				.isEqualTo(MANY / 2);
		}
	}

	@ParameterizedTest
	@MethodSource("databases")
	void eachUnfinishedEntryIsFoundHoweverManyThereAre(JdbcDatabase database) throws Exception {
		try (JdbcFixture fixture = new JdbcFixture(database)) {
			long now = fixture.now().toEpochMilli();
			for (int i = 0; i < MANY; i++) {
				insertEntry(fixture, i, (i % 3 == 0) ? 1 : 0, now);
			}
			JdbcPrincipalEntries entries = new JdbcPrincipalEntries(fixture.calls(), fixture.table() + "_principal",
					LIFETIME);
			assertThat(entries.unfinished()).hasSize((MANY + 2) / 3).doesNotHaveDuplicates();
		}
	}

	@ParameterizedTest
	@MethodSource("databases")
	void leasesThatHaveEndedAreForgottenAndOthersAreHeld(JdbcDatabase database) throws Exception {
		try (JdbcFixture fixture = new JdbcFixture(database)) {
			long now = fixture.now().toEpochMilli();
			for (int i = 0; i < MANY; i++) {
				fixture.execute(
						"INSERT INTO " + fixture.table() + "_lease (id, holder, ends_at, turns) VALUES (?, ?, ?, 0)",
						new SessionKey(1, i).bytes(), 7L, (i % 2 == 0) ? now - 1 : now + 60_000);
			}
			fixture.store().sweep();
			assertThat(fixture.execute("UPDATE " + fixture.table() + "_lease SET turns = 1")).isEqualTo(MANY / 2);
			assertThat(fixture.leases().acquire(new SessionKey(1, 1), new WriterTag(8), Duration.ofSeconds(1)))
				.isFalse();
		}
	}

	private static void insertEntry(JdbcFixture fixture, int number, int unfinished, long written) throws Exception {
		byte[] id = MessageDigest.getInstance("SHA-256").digest(new SessionKey(1, number).bytes());
		fixture.execute(
				"INSERT INTO " + fixture.table() + "_principal (id, entry, unfinished, written) VALUES (?, ?, ?, ?)",
				id, new byte[0], unfinished, written);
	}

}
