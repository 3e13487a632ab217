package app.session.store.migrate;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import app.session.PrincipalIndex;
import app.session.SessionCatalog;
import app.session.SessionKey;
import app.session.SessionLeases;
import app.session.SessionLimit;
import app.session.SessionMigration;
import app.session.SessionRecord;
import app.session.SessionRepository;
import app.session.SessionStoreUnavailableException;
import app.session.WriterTag;
import app.session.store.SessionSource;
import org.jspecify.annotations.Nullable;

/**
 * A store that takes its sessions over from another, each when it is first written: it
 * reads the target, and the source when the target has nothing. Safe for use by many
 * threads and many nodes, if none of them writes to the source past it.
 * <p>
 * What is promised of a session holds while it is moved, crashes included. To move it is
 * one operation: its record is inserted in the target in the state of this first write.
 * To end it is one as well: a session that ends leaves an {@link EndMark} in the target,
 * under its key, so that nobody who has read it in the source can bring it back. What
 * happens to the source afterwards decides nothing.
 * <p>
 * A session that was moved, or is new, is read with one call. One that is in neither
 * store costs three, since it may be moved between the look at the one and at the other.
 * An update costs one call, but for the first two after the session was in the source.
 */
public final class MigratingStore
		implements SessionRepository, PrincipalIndex, SessionCatalog, SessionLeases, SessionMigration {

	private final Target target;

	private final SessionSource source;

	private final MigrationSettings settings;

	private final Moves moves;

	private final PrincipalIndex principals;

	private MigratingStore(Target target, SessionSource source, MigrationSettings settings) {
		this.target = target;
		this.source = source;
		this.settings = settings;
		this.moves = new Moves(target, source, settings.ids(), settings.clock());
		this.principals = new MigratingPrincipals(target.principals(), source, this);
	}

	/**
	 * Creates a store.
	 * @param target where sessions are moved to: a {@link app.session.SessionAdoption},
	 * {@link PrincipalIndex} and {@link SessionCatalog}. If it has no
	 * {@link SessionLeases}, serialized requests take turns on each node alone
	 * @param source where they are moved from
	 * @param settings how it works
	 * @return the store
	 * @throws IllegalArgumentException if the target lacks an ability
	 */
	public static MigratingStore of(SessionRepository target, SessionSource source, MigrationSettings settings) {
		return new MigratingStore(Target.of(target), source, settings);
	}

	/**
	 * The same target with another source.
	 * @param other the source
	 * @return another store
	 */
	public MigratingStore from(SessionSource other) {
		return new MigratingStore(this.target, other, this.settings);
	}

	@Override
	public @Nullable SessionRecord find(SessionKey key) {
		SessionRecord moved = this.target.records().find(key);
		if (moved != null) {
			return alive(moved);
		}
		SessionRecord left = this.source.find(key);
		return (left != null) ? Unsettled.mark(left) : alive(this.target.records().find(key));
	}

	@Override
	public @Nullable SessionRecord findAndTouch(SessionKey key) {
		SessionRecord moved = this.target.records().findAndTouch(key);
		if (moved != null) {
			return alive(moved);
		}
		SessionRecord left = this.source.canTouch() ? this.source.findAndTouch(key) : this.source.find(key);
		if (left != null) {
			SessionRecord marked = Unsettled.mark(left);
			if (this.source.canTouch() || this.moves.move(marked, left)) {
				return marked;
			}
		}
		return alive(this.target.records().findAndTouch(key));
	}

	private static @Nullable SessionRecord alive(@Nullable SessionRecord record) {
		return (record != null && !EndMark.is(record)) ? record : null;
	}

	/** Keys are random: one that is new is not in the source. */
	@Override
	public boolean create(SessionRecord record) {
		return this.target.records().create(record);
	}

	@Override
	public boolean update(SessionRecord record) {
		if (Unsettled.is(record)) {
			SessionRecord left = this.source.find(record.key());
			if (left != null) {
				if (left.version() == record.version() - 1 && this.moves.move(record, left)) {
					return true;
				}
				SessionRecord moved = this.target.records().find(record.key());
				if (moved == null) {
					return false;
				}
				this.moves.settle(moved, left);
			}
		}
		return this.target.records().update(record);
	}

	/** An end mark could be touched, so what is touched has to be looked at. */
	@Override
	public boolean touch(SessionKey key) {
		return findAndTouch(key) != null;
	}

	@Override
	public boolean delete(SessionKey key) {
		long deadline = this.settings.clock().millis() + this.settings.timeout().toMillis();
		while (true) {
			SessionRecord moved = this.target.records().find(key);
			if (moved != null && EndMark.is(moved)) {
				this.moves.deleteFromSource(key);
				return false;
			}
			if (moved != null && this.moves.endMoved(moved)) {
				return true;
			}
			if (moved == null) {
				SessionRecord left = this.source.find(key);
				if ((left != null) ? this.moves.end(left) : this.moves.end(key)) {
					return left != null;
				}
			}
			if (this.settings.clock().millis() > deadline) {
				throw new SessionStoreUnavailableException(
						"Session " + key + " was written by others for " + this.settings.timeout(), null);
			}
		}
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

	/** End marks are not counted, so all records are looked at. */
	@Override
	public long count() {
		try (Stream<SessionRecord> moved = this.target.catalog().stream()) {
			return moved.filter((record) -> !EndMark.is(record)).count() + remaining();
		}
	}

	@Override
	public Stream<SessionRecord> stream() {
		Stream<SessionRecord> moved = this.target.catalog().stream();
		try {
			Stream<SessionRecord> left = this.source.stream();
			return Stream.concat(moved.filter((record) -> !EndMark.is(record)),
					left.filter((record) -> this.target.records().find(record.key()) == null).map(Unsettled::mark));
		}
		catch (RuntimeException ex) {
			moved.close();
			throw ex;
		}
	}

	@Override
	public long remaining() {
		return this.source.count();
	}

	@Override
	public boolean acquire(SessionKey key, WriterTag holder, Duration length) {
		SessionLeases leases = this.target.leases();
		return leases == null || leases.acquire(key, holder, length);
	}

	@Override
	public boolean renew(SessionKey key, WriterTag holder, Duration length) {
		SessionLeases leases = this.target.leases();
		return leases == null || leases.renew(key, holder, length);
	}

	@Override
	public void release(SessionKey key, WriterTag holder) {
		SessionLeases leases = this.target.leases();
		if (leases != null) {
			leases.release(key, holder);
		}
	}

}
