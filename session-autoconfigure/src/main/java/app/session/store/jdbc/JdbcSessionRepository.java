package app.session.store.jdbc;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;

import javax.sql.DataSource;

import app.session.SessionEvent;
import app.session.SessionStoreUnavailableException;
import app.session.store.PrincipalEntries;
import app.session.store.SharedStore;
import app.session.store.StoreEvents;
import app.session.store.StoredPrincipalIndex;
import app.session.store.Sweeper;

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
public final class JdbcSessionRepository extends SharedStore {

	private final Parts parts;

	private final Sweeper sweeper;

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
		this(settings.sweepInterval(), Parts.of(dataSource, settings, clock, new StoreEvents(events)));
	}

	private JdbcSessionRepository(Duration sweepInterval, Parts parts) {
		super(parts.records(), parts.records(), parts.principals(), parts.records(), parts.leases());
		this.parts = parts;
		this.sweeper = new Sweeper("session-jdbc-sweep", sweepInterval, parts.leases(), this::sweep);
	}

	/**
	 * Looks whether the tables are there.
	 * @throws SessionStoreUnavailableException if the database does not answer
	 * @throws IllegalArgumentException if it is one that the store does not know
	 * @throws IllegalStateException if a table is missing, or not for its user
	 */
	public void checkTables() {
		this.parts.tables().check();
	}

	/**
	 * Deletes what has ended, and what nodes have left that died. The store does so
	 * itself, now and then.
	 */
	void sweep() {
		this.parts.sweep().run();
		this.parts.entries().forgetOld();
		this.parts.leases().forgetEnded();
		this.parts.principals().finish();
	}

	/**
	 * Ends the sweep.
	 */
	@Override
	public void close() {
		this.sweeper.close();
	}

	/**
	 * What the store is put together from.
	 */
	private record Parts(JdbcTables tables, JdbcRecords records, JdbcPrincipalEntries entries,
			StoredPrincipalIndex principals, JdbcLeases leases, JdbcSweep sweep) {

		static Parts of(DataSource dataSource, JdbcStoreSettings settings, InstantSource clock, StoreEvents events) {
			SqlCalls calls = new SqlCalls(dataSource, settings.timeout(), clock);
			JdbcTables tables = new JdbcTables(calls, settings.table());
			JdbcRecords records = new JdbcRecords(calls, settings.table(), events);
			JdbcPrincipalEntries entries = new JdbcPrincipalEntries(calls, tables.principals(),
					PrincipalEntries.retention(settings.maxLifetime()));
			return new Parts(tables, records, entries,
					new StoredPrincipalIndex(entries, records, settings.timeout(), clock),
					new JdbcLeases(calls, tables.leases()), new JdbcSweep(calls, records, events));
		}

	}

}
