package app.session.store.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.stream.Stream;

import app.session.SessionEvent;
import app.session.SessionRecord;
import app.session.test.SessionRecords;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the sweep deletes, and what not.
 */
class JdbcSweepTests {

	static Stream<JdbcDatabase> databases() {
		return Stream.of(JdbcDatabase.h2(), JdbcDatabase.postgresql(), JdbcDatabase.mariadb());
	}

	@ParameterizedTest
	@MethodSource("databases")
	void whatHasEndedIsDeletedAndToldAndWhatLivesStays(JdbcDatabase database) {
		try (JdbcFixture fixture = new JdbcFixture(database)) {
			SessionRecord ended = create(fixture, Duration.ofMinutes(1), "älice");
			SessionRecord alive = create(fixture, Duration.ofHours(1), null);
			fixture.advance(Duration.ofMinutes(2));
			fixture.store().sweep();
			assertThat(fixture.events()).containsExactly(new SessionEvent.Expired(ended.key(), "älice"));
			assertThat(rows(fixture)).isEqualTo(1);
			assertThat(fixture.store().find(alive.key())).isNotNull();
			fixture.store().sweep();
			assertThat(fixture.events()).hasSize(1);
		}
	}

	@ParameterizedTest
	@MethodSource("databases")
	void itPassesOverRowsThatAnotherTransactionHasLocked(JdbcDatabase database) throws Exception {
		try (JdbcFixture fixture = new JdbcFixture(database)) {
			SessionRecord locked = create(fixture, Duration.ofMinutes(1), null);
			SessionRecord free = create(fixture, Duration.ofMinutes(1), null);
			fixture.advance(Duration.ofMinutes(2));
			try (Connection connection = fixture.connection()) {
				connection.setAutoCommit(false);
				lock(connection, fixture.table(), locked);
				fixture.store().sweep();
				assertThat(fixture.events()).containsExactly(new SessionEvent.Expired(free.key(), null));
				connection.rollback();
				connection.setAutoCommit(true);
			}
			fixture.store().sweep();
			assertThat(fixture.events()).contains(new SessionEvent.Expired(locked.key(), null)).hasSize(2);
			assertThat(rows(fixture)).isZero();
		}
	}

	@ParameterizedTest
	@MethodSource("databases")
	void itGoesThroughMoreThanOnePage(JdbcDatabase database) {
		try (JdbcFixture fixture = new JdbcFixture(database)) {
			for (int i = 0; i < 1100; i++) {
				create(fixture, Duration.ofMinutes((i % 2 == 0) ? 1 : 60), null);
			}
			fixture.advance(Duration.ofMinutes(2));
			fixture.store().sweep();
			assertThat(fixture.events()).hasSize(550).doesNotHaveDuplicates();
			assertThat(rows(fixture)).isEqualTo(550);
		}
	}

	private static SessionRecord create(JdbcFixture fixture, Duration idleTimeout, String principal) {
		SessionRecord record = SessionRecords.records().idleTimeout(idleTimeout).principal(principal).build();
		assertThat(fixture.store().create(record)).isTrue();
		return record;
	}

	private static void lock(Connection connection, String table, SessionRecord record) throws Exception {
		try (PreparedStatement statement = connection
			.prepareStatement("SELECT id FROM " + table + " WHERE id = ? FOR UPDATE")) {
			statement.setBytes(1, record.key().bytes());
			try (ResultSet rows = statement.executeQuery()) {
				assertThat(rows.next()).isTrue();
			}
		}
	}

	private static long rows(JdbcFixture fixture) {
		try (Connection connection = fixture.connection();
				PreparedStatement statement = connection.prepareStatement("SELECT COUNT(*) FROM " + fixture.table());
				ResultSet rows = statement.executeQuery()) {
			rows.next();
			return rows.getLong(1);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
