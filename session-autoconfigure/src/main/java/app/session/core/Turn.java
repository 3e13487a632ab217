package app.session.core;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

import app.session.SessionBusyException;
import app.session.SessionConflictException;
import app.session.SessionLeases;
import app.session.SessionStoreUnavailableException;
import app.session.WriterTag;

/**
 * The turn of a serialized request: on this node, and by a lease on all of them if the
 * store has leases. Not safe for several threads: {@link RequestGuard} sees to that.
 */
final class Turn {

	/** How long a request may hold its turn if its node dies, or it never ends. */
	static final Duration LEASE = Duration.ofSeconds(30);

	private static final long FIRST_PAUSE_NANOS = 2_000_000;

	private static final long LONGEST_PAUSE_NANOS = 50_000_000;

	private final SharedSession shared;

	private final @Nullable SessionLeases leases;

	private final WriterTag holder;

	private final InstantSource clock;

	private final long safeMillis;

	private long end;

	private Turn(SessionEngine engine, SharedSession shared) {
		this.shared = shared;
		this.leases = engine.leases();
		this.holder = engine.ids().newTag();
		this.clock = engine.clock();
		// A write that is sent in time may still be under way for as long as this.
		this.safeMillis = LEASE.minus(engine.settings().storeTimeout()).toMillis();
	}

	/**
	 * Waits for the turn at a session.
	 * @param limit how long to wait
	 * @return the turn, to be {@linkplain #pass passed on}
	 * @throws SessionBusyException if the wait was too long
	 */
	static Turn await(SessionEngine engine, SharedSession shared, Duration limit) {
		long deadline = System.nanoTime() + limit.toNanos();
		Turn turn = new Turn(engine, shared);
		shared.awaitTurn(limit);
		try {
			turn.awaitLease(limit, deadline);
			return turn;
		}
		catch (RuntimeException ex) {
			shared.passTurn();
			throw ex;
		}
	}

	/** One request of a node at a time comes here, so few ask at once. */
	private void awaitLease(Duration limit, long deadline) {
		long pause = FIRST_PAUSE_NANOS;
		while (!acquire()) {
			if (System.nanoTime() - deadline >= 0) {
				throw new SessionBusyException(
						"A request on another node held session " + this.shared.key() + " for " + limit);
			}
			LockSupport.parkNanos(Math.min(pause, Math.max(1, deadline - System.nanoTime())));
			if (Thread.currentThread().isInterrupted()) {
				throw new SessionBusyException("Interrupted before the turn at session " + this.shared.key() + " came");
			}
			pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
		}
	}

	private boolean acquire() {
		this.end = this.clock.millis() + this.safeMillis;
		return this.leases == null || this.leases.acquire(this.shared.key(), this.holder, LEASE);
	}

	/**
	 * Sees to it that nobody else had a turn since this one came. A clock alone can't
	 * tell: a request that is held up between this and its write has a lease in its eyes
	 * and none in the store's. So the write itself is fenced by the version that the
	 * request has read. If others wrote, the store is asked whose turn it is, and an
	 * attribute that they wrote is not overwritten: one of them may be such a request.
	 * @param moved whether the session is no longer as the request has read it
	 * @param unseen the attributes that it would overwrite without having seen them
	 * @throws SessionConflictException if somebody else may have had a turn
	 */
	void check(boolean moved, Set<String> unseen) {
		if (!unseen.isEmpty()) {
			throw new SessionConflictException("Session " + this.shared.key() + " was written by others in " + unseen
					+ " during this request's turn; nothing was written");
		}
		if (this.leases == null || !(moved || this.clock.millis() >= this.end)) {
			return;
		}
		this.end = this.clock.millis() + this.safeMillis;
		if (!this.leases.renew(this.shared.key(), this.holder, LEASE)) {
			this.end = Long.MIN_VALUE;
			throw new SessionConflictException(
					"The turn at session " + this.shared.key() + " was lost after " + LEASE + "; nothing was written");
		}
	}

	/**
	 * Lets the next request in.
	 */
	void pass() {
		try {
			if (this.leases != null) {
				this.leases.release(this.shared.key(), this.holder);
			}
		}
		catch (SessionStoreUnavailableException ex) {
			// It ends by itself.
		}
		finally {
			this.shared.passTurn();
		}
	}

}
