package app.session.store.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;

import app.session.PrincipalIndex;
import app.session.SessionCatalog;
import app.session.SessionEvent;
import app.session.SessionKey;
import app.session.SessionLeases;
import app.session.SessionRepository;
import app.session.store.LaterClock;
import app.session.test.StoreFixture;
import com.zaxxer.hikari.HikariDataSource;

/**
 * The store in tables of its own, as two nodes have it. Its clock is the database's, so
 * time passes by moving all records back.
 */
final class JdbcFixture implements StoreFixture {

	private final String table = "t" + Long.toHexString(ThreadLocalRandom.current().nextLong());

	private final List<SessionEvent> events = new CopyOnWriteArrayList<>();

	private final HikariDataSource dataSource = new HikariDataSource();

	private final JdbcSessionRepository repository;

	private final JdbcSessionRepository otherNode;

	private volatile Duration moved = Duration.ZERO;

	JdbcFixture(JdbcDatabase database) {
		this.dataSource.setJdbcUrl(database.url());
		this.dataSource.setUsername(database.user());
		this.dataSource.setPassword(database.password());
		this.dataSource.setMaximumPoolSize(16);
		this.dataSource.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
		database.createTables(this.dataSource, this.table);
		this.repository = node();
		this.otherNode = node();
	}

	/** Calls as a node makes them. */
	SqlCalls calls() {
		return new SqlCalls(this.dataSource, Duration.ofSeconds(20), InstantSource.system());
	}

	private JdbcSessionRepository node() {
		return new JdbcSessionRepository(this.dataSource,
				new JdbcStoreSettings(this.table, Duration.ofSeconds(20), Duration.ofHours(24), Duration.ofHours(1)),
				InstantSource.system(), this.events::add);
	}

	@Override
	public SessionRepository repository() {
		return new LaterClock(this.repository, () -> this.moved);
	}

	@Override
	public SessionRepository otherNode() {
		return new LaterClock(this.otherNode, () -> this.moved);
	}

	@Override
	public PrincipalIndex principalIndex() {
		return this.repository;
	}

	@Override
	public SessionLeases leases() {
		return this.repository;
	}

	@Override
	public SessionLeases leasesOfOtherNode() {
		return this.otherNode;
	}

	@Override
	public SessionCatalog catalog() {
		return this.repository;
	}

	/** The server's clock is this machine's, and reckons in milliseconds. */
	@Override
	public Instant now() {
		return Instant.now().truncatedTo(ChronoUnit.MILLIS).plus(this.moved);
	}

	@Override
	public boolean isClockControlled() {
		return false;
	}

	@Override
	public void advance(Duration duration) {
		this.moved = this.moved.plus(duration);
		execute("UPDATE " + this.table + " SET created = created - ?, last_accessed = last_accessed - ?",
				duration.toMillis(), duration.toMillis());
	}

	@Override
	public boolean corrupt(SessionKey key) {
		return execute("UPDATE " + this.table + " SET version = -version WHERE id = ?", key.bytes()) == 1;
	}

	@Override
	public int raceRounds() {
		return 100;
	}

	/** The store itself. */
	JdbcSessionRepository store() {
		return this.repository;
	}

	/** That of the other node. */
	JdbcSessionRepository otherStore() {
		return this.otherNode;
	}

	String table() {
		return this.table;
	}

	List<SessionEvent> events() {
		return this.events;
	}

	Connection connection() throws SQLException {
		return this.dataSource.getConnection();
	}

	int execute(String sql, Object... parameters) {
		try (Connection connection = connection(); PreparedStatement statement = connection.prepareStatement(sql)) {
			for (int i = 0; i < parameters.length; i++) {
				statement.setObject(i + 1, parameters[i]);
			}
			return statement.executeUpdate();
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * What a query finds: numbers as {@code long}, and bytes in hexadecimal.
	 */
	List<Map<String, Object>> rows(String sql) {
		try (Connection connection = connection();
				PreparedStatement statement = connection.prepareStatement(sql);
				ResultSet rows = statement.executeQuery()) {
			List<Map<String, Object>> all = new ArrayList<>();
			while (rows.next()) {
				all.add(row(rows));
			}
			return all;
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Map<String, Object> row(ResultSet rows) throws SQLException {
		ResultSetMetaData columns = rows.getMetaData();
		Map<String, Object> row = new LinkedHashMap<>();
		for (int i = 1; i <= columns.getColumnCount(); i++) {
			int type = columns.getColumnType(i);
			if (type == Types.BIGINT || type == Types.SMALLINT) {
				long value = rows.getLong(i);
				row.put(columns.getColumnName(i).toLowerCase(Locale.ROOT), rows.wasNull() ? null : value);
			}
			else {
				byte[] value = rows.getBytes(i);
				row.put(columns.getColumnName(i).toLowerCase(Locale.ROOT),
						(value != null) ? HexFormat.of().formatHex(value) : null);
			}
		}
		return row;
	}

	@Override
	public void close() {
		this.repository.close();
		this.otherNode.close();
		for (String suffix : List.of("", "_principal", "_lease")) {
			execute("DROP TABLE " + this.table + suffix);
		}
		this.dataSource.close();
	}

}
