package app.session.core;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import org.jspecify.annotations.Nullable;

import app.session.SessionEvent;
import app.session.SessionKey;
import app.session.SessionRecord;
import app.session.SessionRepository;
import app.session.core.TouchMemory.Recalled;
import app.session.core.TouchMemory.Rhythm;
import app.session.crypto.SessionId;

/**
 * Reads sessions, and writes down that they are used.
 */
final class SessionReader {

	private final SessionRepository repository;

	private final EngineSettings settings;

	private final InstantSource clock;

	private final Events events;

	private final TouchMemory touches;

	SessionReader(SessionRepository repository, EngineSettings settings, InstantSource clock, Events events,
			TouchMemory touches) {
		this.repository = repository;
		this.settings = settings;
		this.clock = clock;
		this.events = events;
		this.touches = touches;
	}

	/**
	 * Whether a use can still be noted when the response has left.
	 */
	boolean notesLateUse() {
		return this.touches != TouchMemory.NONE;
	}

	TouchMemory touches() {
		return this.touches;
	}

	/**
	 * Finds a session, and writes down that it was used if it is time to.
	 * @param id the id that was presented, which may be retired
	 * @param touch whether this is a use that may be written down
	 */
	@Nullable Found find(SessionId id, boolean touch) {
		SessionKey key = id.key();
		Recalled known = touch ? this.touches.recall(id) : Recalled.NOTHING;
		boolean due = touch && known.due();
		SessionRecord record = due ? this.repository.findAndTouch(key) : this.repository.find(key);
		StoredSession found = StoredSession.of(record, this.events);
		if (found == null || isOver(found)) {
			this.touches.forget(key);
			return null;
		}
		if (due) {
			touched(found);
		}
		else if (touch && isNews(id, known.rhythm(), found)) {
			due = touchNow(found);
		}
		return new Found(found, due);
	}

	/**
	 * Writes down that a session was used that was found without that, if it is time to.
	 * @param id the id that was presented, which is the session's present one
	 * @return whether it was written down
	 */
	boolean touch(SessionId id, StoredSession found) {
		Recalled known = this.touches.recall(id);
		return (known.due() || isNews(id, known.rhythm(), found)) && touchNow(found);
	}

	private boolean touchNow(StoredSession found) {
		boolean touched = this.repository.touch(found.record().key());
		touched(found);
		return touched;
	}

	/**
	 * Whether it is time to write down a use of a session, as far as is known without
	 * reading it.
	 * @return {@code true} also if this node does not know enough of it
	 */
	boolean isTouchDue(SessionId id) {
		Recalled known = this.touches.recall(id);
		return known.due() || known.rhythm() == null;
	}

	/**
	 * Whether another node has changed the id, or the timeout.
	 */
	private boolean isNews(SessionId id, @Nullable Rhythm known, StoredSession found) {
		return found.record().secretHash().equals(id.secretHash()) && (known == null || !known.isSame(rhythm(found)));
	}

	/**
	 * Ends a session that is over by a configuration which is stricter than it was when
	 * the record was written. To find it absent is not enough: a touch came with that.
	 */
	private boolean isOver(StoredSession session) {
		SessionRecord record = session.record();
		Duration idleTimeout = this.settings.idleTimeout(timeout(session));
		Duration lifetime = this.settings.maxLifetime();
		if (record.idleTimeout().compareTo(idleTimeout) <= 0 && record.lifetime().compareTo(lifetime) <= 0) {
			// The store's clock has decided that it is alive.
			return false;
		}
		Instant now = this.clock.instant();
		if (now.isBefore(record.lastAccessedTime().plus(idleTimeout))
				&& now.isBefore(record.creationTime().plus(lifetime))) {
			return false;
		}
		if (this.repository.delete(record.key())) {
			this.events.publish(new SessionEvent.Expired(record.key(), record.principal()));
		}
		return true;
	}

	private Duration timeout(StoredSession session) {
		return this.settings.timeout(session.attributes().ownTimeout(), session.record().principal());
	}

	/**
	 * Writes down that a session was used that the request did not ask for.
	 * @return {@code false} if the session has to be read for it: this node does not know
	 * enough of it
	 */
	boolean touch(SessionId id) {
		Recalled known = this.touches.recall(id);
		Rhythm rhythm = known.rhythm();
		if (rhythm == null) {
			return false;
		}
		if (!known.due()) {
			return true;
		}
		if (this.repository.touch(id.key())) {
			this.touches.touched(id.key(), rhythm);
		}
		else {
			this.touches.forget(id.key());
			this.events.publish(new SessionEvent.Missed(id.key()));
		}
		return true;
	}

	/**
	 * Notes that a record was stored, which moves its expiry.
	 */
	void touched(StoredSession session) {
		this.touches.touched(session.record().key(), rhythm(session));
	}

	private Rhythm rhythm(StoredSession session) {
		SessionRecord record = session.record();
		Duration timeout = timeout(session);
		long slack = record.idleTimeout().minus(timeout).toMillis();
		return new Rhythm(record.secretHash(), Math.min(slack, this.settings.touchInterval(timeout)),
				this.settings.idleTimeout(timeout).toMillis(),
				record.creationTime().plus(this.settings.maxLifetime()).toEpochMilli());
	}

	void forget(SessionKey key) {
		this.touches.forget(key);
	}

	/**
	 * A session that was found.
	 *
	 * @param session the session, as it was before this use of it
	 * @param touched whether this use of it was written down
	 */
	record Found(StoredSession session, boolean touched) {
	}

}
