package app.session.core;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

import app.session.SessionBusyException;
import app.session.SessionKey;
import app.session.SessionStoreUnavailableException;

/**
 * What the requests of one session share on this node while they run: a queue for their
 * commits, so that only nodes contend for the record, and what the last of them wrote, so
 * that the next need not fail and load it again.
 */
final class SharedSession {

	private final SessionKey key;

	private final ReentrantLock queue = new ReentrantLock(true);

	/** Held by a serialized request. Not a lock, since a request may change threads. */
	private final Semaphore turn = new Semaphore(1, true);

	/** Guarded by the map entry that holds this object. */
	int holders;

	/** Written by whoever has the queue. */
	private volatile @Nullable StoredSession latest;

	private volatile boolean ended;

	SharedSession(SessionKey key) {
		this.key = key;
	}

	SessionKey key() {
		return this.key;
	}

	/**
	 * Waits until nobody else of this node writes the session.
	 * @throws SessionStoreUnavailableException if there is no time left to write it then
	 */
	void enter(Deadline deadline) {
		try {
			// The first is for a thread that is interrupted already, and need not wait.
			if (this.queue.tryLock() || this.queue.tryLock(deadline.left().toMillis(), TimeUnit.MILLISECONDS)) {
				if (!deadline.isOver()) {
					return;
				}
				this.queue.unlock();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new SessionStoreUnavailableException("Interrupted before the session was written", ex);
		}
		throw new SessionStoreUnavailableException(
				"Other requests of this session were writing for " + deadline.limit() + "; nothing was written", null);
	}

	void leave() {
		this.queue.unlock();
	}

	/**
	 * The newer of a stored session and what was last written on this node.
	 */
	StoredSession newest(StoredSession known) {
		StoredSession latest = this.latest;
		return (latest != null && latest.record().version() > known.record().version()) ? latest : known;
	}

	void written(StoredSession session) {
		this.latest = session;
	}

	/**
	 * Whether the session has ended, once whoever may be ending it right now is done.
	 */
	boolean isEndedBy(Deadline deadline) {
		enter(deadline);
		leave();
		return this.ended;
	}

	/**
	 * Whether the session ended while the requests that hold this ran.
	 */
	boolean isEnded() {
		return this.ended;
	}

	void end() {
		this.ended = true;
	}

	void awaitTurn(Duration limit) {
		try {
			if (this.turn.tryAcquire(limit.toMillis(), TimeUnit.MILLISECONDS)) {
				return;
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new SessionBusyException("Interrupted before the turn at session " + this.key + " came");
		}
		throw new SessionBusyException("Another request held session " + this.key + " for " + limit);
	}

	void passTurn() {
		this.turn.release();
	}

}
