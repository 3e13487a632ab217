package app.session.store.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import app.session.SessionEvent;
import app.session.SessionRecord;
import app.session.test.SessionRecords;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the sweep deletes, and what not.
 */
class JdbcSweepTests {

	static Stream<JdbcDatabase> databases() {
		return Stream.of(JdbcDatabase.h2(), JdbcDatabase.postgresql(), JdbcDatabase.mariadb(),
				JdbcDatabase.mariadbByMysqlDriver());
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

	@ParameterizedTest
	@MethodSource("databases")
	@Timeout(60)
	void twoNodesThatSweepAtOnceDoNotWaitForEachOtherNorForALock(JdbcDatabase database) throws Exception {
		try (JdbcFixture fixture = new JdbcFixture(database)) {
			for (int round = 0; round < 3; round++) {
				List<SessionRecord> ended = new ArrayList<>();
				List<SessionRecord> alive = new ArrayList<>();
				for (int i = 0; i < 700; i++) {
					(i % 7 == 0 ? alive : ended).add(create(fixture, Duration.ofMinutes((i % 7 == 0) ? 60 : 1), null));
				}
				fixture.advance(Duration.ofMinutes(2));
				sweepByTwo(fixture, ended, alive);
				fixture.execute("DELETE FROM " + fixture.table());
				fixture.events().clear();
			}
		}
	}

	/** While one of each kind is locked. */
	private static void sweepByTwo(JdbcFixture fixture, List<SessionRecord> ended, List<SessionRecord> alive)
			throws Exception {
		List<Map<String, Object>> before = rows(fixture, alive);
		List<SessionRecord> locked = ended.subList(0, ended.size() / 10);
		try (Connection connection = fixture.connection()) {
			connection.setAutoCommit(false);
			for (SessionRecord record : locked) {
				lock(connection, fixture.table(), record);
			}
			lock(connection, fixture.table(), alive.get(0));
			together(fixture.store()::sweep, fixture.otherStore()::sweep);
			assertThat(fixture.events())
				.containsExactlyInAnyOrderElementsOf(events(ended.subList(locked.size(), ended.size())));
			connection.rollback();
			connection.setAutoCommit(true);
		}
		assertThat(rows(fixture)).isEqualTo(locked.size() + alive.size());
		assertThat(rows(fixture, alive)).isEqualTo(before);
		together(fixture.store()::sweep, fixture.otherStore()::sweep);
		assertThat(fixture.events()).containsExactlyInAnyOrderElementsOf(events(ended));
		assertThat(rows(fixture)).isEqualTo(alive.size());
		assertThat(rows(fixture, alive)).isEqualTo(before);
	}

	@ParameterizedTest
	@MethodSource("databases")
	@Timeout(60)
	void requestsAndSweepsOfTheSameRowsDoNotWaitInACircle(JdbcDatabase database) throws Exception {
		try (JdbcFixture fixture = new JdbcFixture(database)) {
			List<SessionRecord> alive = new ArrayList<>();
			for (int i = 0; i < 700; i++) {
				boolean lives = i % 2 == 0;
				SessionRecord record = create(fixture, Duration.ofMinutes(lives ? 60 : 1), null);
				if (lives) {
					alive.add(record);
				}
			}
			fixture.advance(Duration.ofMinutes(2));
			together(fixture.store()::sweep, fixture.otherStore()::sweep, () -> alive.forEach((record) -> {
				assertThat(fixture.store().touch(record.key())).isTrue();
				assertThat(fixture.store().update(SessionRecords.withData(record, "1"))).isTrue();
			}));
			assertThat(fixture.events()).hasSize(350).doesNotHaveDuplicates();
			assertThat(rows(fixture)).isEqualTo(350);
		}
	}

	private static void together(Runnable... calls) throws Exception {
		CyclicBarrier start = new CyclicBarrier(calls.length);
		ExecutorService threads = Executors.newFixedThreadPool(calls.length);
		try {
			List<Future<?>> futures = new ArrayList<>();
			for (Runnable call : calls) {
				futures.add(threads.submit(() -> {
					start.await(20, TimeUnit.SECONDS);
					call.run();
					return true;
				}));
			}
			for (Future<?> future : futures) {
				future.get(40, TimeUnit.SECONDS);
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

	private static List<SessionEvent> events(List<SessionRecord> records) {
		return records.stream().<SessionEvent>map((record) -> new SessionEvent.Expired(record.key(), null)).toList();
	}

	private static List<Map<String, Object>> rows(JdbcFixture fixture, List<SessionRecord> records) {
		Set<String> ids = records.stream()
			.map((record) -> HexFormat.of().formatHex(record.key().bytes()))
			.collect(Collectors.toSet());
		return fixture.rows("SELECT * FROM " + fixture.table() + " ORDER BY id")
			.stream()
			.filter((row) -> ids.contains(row.get("id")))
			.toList();
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
