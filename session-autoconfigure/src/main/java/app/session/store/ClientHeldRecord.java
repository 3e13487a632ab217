package app.session.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;

import app.session.SessionKey;
import app.session.SessionRecord;
import app.session.SessionRepository;
import app.session.core.ClientToken.Due;
import org.jspecify.annotations.Nullable;

/**
 * The repository of one request whose client holds its session itself: it has the one
 * record that the client brought, or none, and knows what the client has to be told. How
 * a record is written for a client is not its business. Safe for use by the threads of
 * the request.
 * <p>
 * Within the request all rules of the contract hold. Beyond it none can: two requests
 * that bring the same record each have it as it was brought, and who kept a copy can
 * bring it again until the times in it are over.
 */
public final class ClientHeldRecord implements SessionRepository {

	private final InstantSource clock;

	private final double touchFraction;

	private final Consumer<SessionRecord> check;

	private @Nullable SessionRecord record;

	private boolean held;

	private Due due = Due.NOTHING;

	/**
	 * Creates the repository of a request.
	 * @param brought what the client brought, authenticated, or {@code null}; it may be
	 * over
	 * @param touchFraction the part of the timeout, before it was made longer by the same
	 * part, that may pass before a use of the session is noted, from 0 to 1
	 * @param clock by which sessions live and end, in milliseconds
	 * @param check called with each record before it is written: what it throws leaves
	 * all as it was
	 */
	public ClientHeldRecord(@Nullable SessionRecord brought, double touchFraction, InstantSource clock,
			Consumer<SessionRecord> check) {
		this.record = brought;
		this.touchFraction = touchFraction;
		this.clock = clock;
		this.check = check;
		this.held = brought != null && isAlive(brought);
	}

	@Override
	public synchronized @Nullable SessionRecord find(SessionKey key) {
		SessionRecord present = this.record;
		return (present != null && present.key().equals(key) && isAlive(present)) ? present : null;
	}

	@Override
	public synchronized @Nullable SessionRecord findAndTouch(SessionKey key) {
		SessionRecord before = find(key);
		return (before != null && touch(key)) ? before : null;
	}

	/**
	 * Takes the place of whatever the client holds, unless that is the same session.
	 */
	@Override
	public synchronized boolean create(SessionRecord record) {
		if (find(record.key()) != null) {
			return false;
		}
		Instant now = now();
		write(record.stamped(now, now));
		return true;
	}

	@Override
	public synchronized boolean update(SessionRecord record) {
		SessionRecord present = find(record.key());
		if (present == null) {
			return false;
		}
		if (present.writers().contains(record.writer())) {
			return true;
		}
		if (present.version() != record.version() - 1) {
			return false;
		}
		write(record.stamped(present.creationTime(), latest(present.lastAccessedTime(), now())));
		return true;
	}

	private void write(SessionRecord next) {
		this.check.accept(next);
		this.record = next;
		this.due = Due.SEND;
	}

	/**
	 * Notes the use, if it is time to.
	 */
	@Override
	public synchronized boolean touch(SessionKey key) {
		SessionRecord present = find(key);
		if (present == null) {
			return false;
		}
		if (isTouchDue(present)) {
			this.record = present.stamped(present.creationTime(), latest(present.lastAccessedTime(), now()));
			this.due = (this.due == Due.SEND) ? Due.SEND : Due.REFRESH;
		}
		return true;
	}

	@Override
	public synchronized boolean delete(SessionKey key) {
		if (find(key) == null) {
			return false;
		}
		this.record = null;
		this.due = this.held ? Due.CLEAR : Due.NOTHING;
		return true;
	}

	/**
	 * The session as it is now.
	 * @return the record, or {@code null} if there is none that is alive
	 */
	public synchronized @Nullable SessionRecord record() {
		SessionRecord present = this.record;
		return (present != null && isAlive(present)) ? present : null;
	}

	/**
	 * Whether a use of the session would be noted now.
	 * @return {@code false} also if there is no session
	 */
	public synchronized boolean isTouchDue() {
		SessionRecord present = record();
		return present != null && isTouchDue(present);
	}

	/**
	 * What the client has to be told.
	 * @return {@link Due#SEND} after a change, {@link Due#REFRESH} after a touch,
	 * {@link Due#CLEAR} if what the client holds was deleted
	 */
	public synchronized Due due() {
		return this.due;
	}

	/**
	 * Gives the record to be told to the client. From now on nothing is due, until there
	 * is another change.
	 * @return the newest record
	 * @throws IllegalStateException if there is none
	 */
	public synchronized SessionRecord handOver() {
		SessionRecord present = this.record;
		if (present == null) {
			throw new IllegalStateException("There is no session that a client could hold");
		}
		this.held = true;
		this.due = Due.NOTHING;
		return present;
	}

	private boolean isAlive(SessionRecord present) {
		return now().isBefore(present.expiryTime());
	}

	/**
	 * The idle timeout of a record is longer than the session's by the time that a use
	 * may go unnoted, so that a session never ends early: a part of the whole here.
	 */
	private boolean isTouchDue(SessionRecord present) {
		Duration passed = Duration.between(present.lastAccessedTime(), now());
		double interval = present.idleTimeout().toMillis() * this.touchFraction / (1 + this.touchFraction);
		return passed.toMillis() > 0 && passed.toMillis() >= interval;
	}

	private Instant now() {
		return this.clock.instant().truncatedTo(ChronoUnit.MILLIS);
	}

	private static Instant latest(Instant one, Instant other) {
		return one.isAfter(other) ? one : other;
	}

}
