package app.session.store;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import app.session.PrincipalIndex;
import app.session.SessionAdoption;
import app.session.SessionCatalog;
import app.session.SessionKey;
import app.session.SessionLeases;
import app.session.SessionLimit;
import app.session.SessionRecord;
import app.session.SessionRepository;
import app.session.WriterTag;
import org.jspecify.annotations.Nullable;

/**
 * A store that several nodes share, put together from its abilities.
 */
public abstract class SharedStore
		implements SessionRepository, SessionAdoption, PrincipalIndex, SessionCatalog, SessionLeases, AutoCloseable {

	private final SessionRepository records;

	private final SessionAdoption adoption;

	private final PrincipalIndex principals;

	private final SessionCatalog catalog;

	private final SessionLeases leases;

	/**
	 * Creates a store.
	 * @param records the records
	 * @param adoption how records of other stores are taken over
	 * @param principals their principals
	 * @param catalog the walk through them
	 * @param leases the leases on them
	 */
	protected SharedStore(SessionRepository records, SessionAdoption adoption, PrincipalIndex principals,
			SessionCatalog catalog, SessionLeases leases) {
		this.records = records;
		this.adoption = adoption;
		this.principals = principals;
		this.catalog = catalog;
		this.leases = leases;
	}

	@Override
	public final @Nullable SessionRecord find(SessionKey key) {
		return this.records.find(key);
	}

	@Override
	public final @Nullable SessionRecord findAndTouch(SessionKey key) {
		return this.records.findAndTouch(key);
	}

	@Override
	public final boolean create(SessionRecord record) {
		return this.records.create(record);
	}

	@Override
	public final boolean adopt(SessionRecord record, Duration age) {
		return this.adoption.adopt(record, age);
	}

	@Override
	public final boolean update(SessionRecord record) {
		return this.records.update(record);
	}

	@Override
	public final boolean touch(SessionKey key) {
		return this.records.touch(key);
	}

	@Override
	public final boolean delete(SessionKey key) {
		return this.records.delete(key);
	}

	@Override
	public final long epoch(String principal) {
		return this.principals.epoch(principal);
	}

	@Override
	public final List<SessionKey> members(String principal) {
		return this.principals.members(principal);
	}

	@Override
	public final Admission admit(String principal, SessionKey key, long epoch, SessionLimit limit) {
		return this.principals.admit(principal, key, epoch, limit);
	}

	@Override
	public final List<SessionKey> revoke(String principal, @Nullable SessionKey spared) {
		return this.principals.revoke(principal, spared);
	}

	@Override
	public final void strikeOff(String principal, List<SessionKey> keys) {
		this.principals.strikeOff(principal, keys);
	}

	@Override
	public final long count() {
		return this.catalog.count();
	}

	@Override
	public final Stream<SessionRecord> stream() {
		return this.catalog.stream();
	}

	@Override
	public final boolean acquire(SessionKey key, WriterTag holder, Duration length) {
		return this.leases.acquire(key, holder, length);
	}

	@Override
	public final boolean renew(SessionKey key, WriterTag holder, Duration length) {
		return this.leases.renew(key, holder, length);
	}

	@Override
	public final void release(SessionKey key, WriterTag holder) {
		this.leases.release(key, holder);
	}

	/**
	 * Ends what the store has started.
	 */
	@Override
	public abstract void close();

}
