package app.session.store.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import app.session.SessionKey;
import app.session.SessionRecord;
import app.session.test.SessionRecords;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * That PostgreSQL changes rows in place, without a new entry in an index.
 */
class HotUpdateTests {

	private static final int SESSIONS = 500;

	private static final int ROUNDS = 10;

	@Test
	@Timeout(60)
	void touchesAndUpdatesStayOnTheirPage() throws SQLException {
		try (JdbcFixture fixture = new JdbcFixture(JdbcDatabase.postgresql())) {
			List<SessionKey> keys = new ArrayList<>();
			for (int i = 0; i < SESSIONS; i++) {
				SessionRecord record = SessionRecords.records().data("views=1").build();
				assertThat(fixture.store().create(record)).isTrue();
				keys.add(record.key());
			}
			for (int round = 0; round < ROUNDS; round++) {
				for (SessionKey key : keys) {
					assertThat(fixture.store().touch(key)).isTrue();
					SessionRecord read = Objects.requireNonNull(fixture.store().findAndTouch(key));
					assertThat(fixture.store().update(SessionRecords.withData(read, "views=" + round))).isTrue();
				}
			}
			double share = hotShare(fixture);
			assertThat(share).as("n_tup_hot_upd / n_tup_upd").isGreaterThan(0.95);
		}
	}

	/**
	 * A backend reports what it did when it is idle for a second, or is told to.
	 */
	private static double hotShare(JdbcFixture fixture) throws SQLException {
		while (true) {
			try (Connection connection = fixture.connection(); Statement statement = connection.createStatement()) {
				statement.execute("SELECT pg_stat_force_next_flush()");
				try (ResultSet rows = statement
					.executeQuery("SELECT n_tup_hot_upd, n_tup_upd FROM pg_stat_user_tables WHERE relname = '"
							+ fixture.table() + "'")) {
					assertThat(rows.next()).isTrue();
					if (rows.getLong(2) == 3L * SESSIONS * ROUNDS) {
						return (double) rows.getLong(1) / rows.getLong(2);
					}
				}
			}
		}
	}

}
