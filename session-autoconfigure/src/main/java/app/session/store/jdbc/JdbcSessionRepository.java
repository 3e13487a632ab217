package app.session.store.jdbc;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import javax.sql.DataSource;

import app.session.PrincipalIndex;
import app.session.SessionCatalog;
import app.session.SessionEvent;
import app.session.SessionKey;
import app.session.SessionLeases;
import app.session.SessionLimit;
import app.session.SessionRecord;
import app.session.SessionRepository;
import app.session.SessionStoreUnavailableException;
import app.session.WriterTag;
import app.session.store.StoredPrincipalIndex;
import app.session.store.Sweeper;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Keeps sessions in a SQL database: PostgreSQL, MariaDB from 10.6 on, MySQL 8 or H2. Safe
 * for use by many threads and many nodes.
 * <p>
 * A session is one row, and each operation one statement on it, carried out and committed
 * on a connection of its own: never part of a transaction of the application, whose
 * rollback would undo a logout. (Only to read and touch at once takes MySQL and MariaDB
 * two.) The statements compare the version and the database's own clock, as in
 * <pre class="code">
 * UPDATE app_session SET ... WHERE id = ? AND (version = ? OR ? IN (writer1, ...)) AND now &lt; ...
 * </pre> The tables are in the files {@code schema-*.sql} beside this class.
 *
 * <table>
 * <caption>The columns of a session</caption>
 * <tr>
 * <th>column</th>
 * <th>what it holds</th>
 * </tr>
 * <tr>
 * <td>id</td>
 * <td>the key, 16 bytes</td>
 * </tr>
 * <tr>
 * <td>version</td>
 * <td>how often it was written</td>
 * </tr>
 * <tr>
 * <td>writer1 to writer4</td>
 * <td>the tags of the last writers, newest first</td>
 * </tr>
 * <tr>
 * <td>secret_hash</td>
 * <td>SHA-256 of the secret, 32 bytes</td>
 * </tr>
 * <tr>
 * <td>created, last_accessed</td>
 * <td>milliseconds since 1970 by the database's clock</td>
 * </tr>
 * <tr>
 * <td>idle_timeout, lifetime</td>
 * <td>milliseconds</td>
 * </tr>
 * <tr>
 * <td>principal</td>
 * <td>UTF-8, or NULL: as bytes, so that case, spaces at the end and any character count
 * alike on each database</td>
 * </tr>
 * <tr>
 * <td>touches</td>
 * <td>counts changes of the row, so that each of them is one: some drivers count rows
 * that changed, and not those that were found</td>
 * </tr>
 * <tr>
 * <td>data</td>
 * <td>the encoded attributes</td>
 * </tr>
 * </table>
 *
 * No index covers a column that a touch or an update changes, so PostgreSQL updates rows
 * in place (HOT). A sweep deletes the rows of sessions whose time has run out, on one
 * node at a time, and publishes {@link app.session.SessionEvent.Expired}.
 */
public final class JdbcSessionRepository
		implements SessionRepository, PrincipalIndex, SessionCatalog, SessionLeases, AutoCloseable {

	/** How long after its last change a principal's entry may still matter to a login. */
	private static final Duration LOGIN = Duration.ofHours(1);

	private static final Log logger = LogFactory.getLog(JdbcSessionRepository.class);

	private final JdbcRecords records;

	private final JdbcLeases leases;

	private final JdbcPrincipalEntries entries;

	private final StoredPrincipalIndex principals;

	private final JdbcSweep sweep;

	private final Sweeper sweeper;

	private final Duration maxLifetime;

	private final Consumer<SessionEvent> events;

	private final JdbcTables tables;

	/**
	 * Creates a store, with a daemon thread for the sweep that {@link #close} ends. The
	 * database need not be there yet.
	 * @param dataSource its connections, which it does not close
	 * @param settings how it is to work
	 * @param clock by which the time for trying again is measured; sessions live and end
	 * by the database's own clock
	 * @param events takes the events; what it throws changes nothing
	 */
	public JdbcSessionRepository(DataSource dataSource, JdbcStoreSettings settings, InstantSource clock,
			Consumer<SessionEvent> events) {
		SqlCalls calls = new SqlCalls(dataSource, settings.timeout(), clock);
		this.events = events;
		this.maxLifetime = settings.maxLifetime();
		this.tables = new JdbcTables(calls, settings.table());
		this.records = new JdbcRecords(calls, settings.table(),
				(key) -> publish(new SessionEvent.RecordUnreadable(key)));
		this.leases = new JdbcLeases(calls, this.tables.leases());
		this.entries = new JdbcPrincipalEntries(calls, this.tables.principals());
		this.principals = new StoredPrincipalIndex(this.entries, this, settings.timeout(), clock);
		this.sweep = new JdbcSweep(calls, this.records, this::publish);
		this.sweeper = new Sweeper("session-jdbc-sweep", settings.sweepInterval(), this, this::sweep);
	}

	/**
	 * Looks whether the tables are there.
	 * @throws SessionStoreUnavailableException if the database does not answer
	 * @throws IllegalArgumentException if it is one that the store does not know
	 * @throws IllegalStateException if a table is missing, or not for its user
	 */
	public void checkTables() {
		this.tables.check();
	}

	/**
	 * Deletes what has ended, and what nodes have left that died. The store does so
	 * itself, now and then.
	 */
	void sweep() {
		this.sweep.run();
		this.entries.forget(this.maxLifetime.plus(LOGIN).toMillis());
		this.leases.forgetEnded();
		this.principals.finish();
	}

	private void publish(SessionEvent event) {
		try {
			this.events.accept(event);
		}
		catch (RuntimeException ex) {
			logger.error("A listener failed on " + event, ex);
		}
	}

	@Override
	public @Nullable SessionRecord find(SessionKey key) {
		return this.records.find(key);
	}

	@Override
	public @Nullable SessionRecord findAndTouch(SessionKey key) {
		return this.records.findAndTouch(key);
	}

	@Override
	public boolean create(SessionRecord record) {
		return this.records.create(record);
	}

	@Override
	public boolean update(SessionRecord record) {
		return this.records.update(record);
	}

	@Override
	public boolean touch(SessionKey key) {
		return this.records.touch(key);
	}

	@Override
	public boolean delete(SessionKey key) {
		return this.records.delete(key);
	}

	@Override
	public long epoch(String principal) {
		return this.principals.epoch(principal);
	}

	@Override
	public List<SessionKey> members(String principal) {
		return this.principals.members(principal);
	}

	@Override
	public Admission admit(String principal, SessionKey key, long epoch, SessionLimit limit) {
		return this.principals.admit(principal, key, epoch, limit);
	}

	@Override
	public List<SessionKey> revoke(String principal, @Nullable SessionKey spared) {
		return this.principals.revoke(principal, spared);
	}

	@Override
	public void strikeOff(String principal, List<SessionKey> keys) {
		this.principals.strikeOff(principal, keys);
	}

	@Override
	public long count() {
		return this.records.count();
	}

	@Override
	public Stream<SessionRecord> stream() {
		return this.records.stream();
	}

	@Override
	public boolean acquire(SessionKey key, WriterTag holder, Duration length) {
		return this.leases.acquire(key, holder, length);
	}

	@Override
	public boolean renew(SessionKey key, WriterTag holder, Duration length) {
		return this.leases.renew(key, holder, length);
	}

	@Override
	public void release(SessionKey key, WriterTag holder) {
		this.leases.release(key, holder);
	}

	/**
	 * Ends the sweep.
	 */
	@Override
	public void close() {
		this.sweeper.close();
	}

}
