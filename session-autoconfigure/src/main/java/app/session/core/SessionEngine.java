package app.session.core;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import app.session.SessionEvent;
import app.session.SessionEvent.Destroyed;
import app.session.SessionKey;
import app.session.SessionRecord;
import app.session.SessionRepository;
import app.session.SessionStoreUnavailableException;
import app.session.Sessions;
import app.session.codec.AttributeCodec;
import app.session.codec.UnreadableDataException;
import app.session.crypto.SessionId;
import app.session.crypto.SessionIdGenerator;

/**
 * Opens sessions for requests. One for an application; safe for use by many threads.
 */
public final class SessionEngine {

	private static final Log logger = LogFactory.getLog(SessionEngine.class);

	private final SessionRepository repository;

	private final AttributeCodec codec;

	private final SessionIdGenerator ids;

	private final EngineSettings settings;

	private final Limits limits;

	private final InstantSource clock;

	private final Events events;

	private final Committer committer;

	private final Logins logins;

	private final TouchMemory touches;

	private final SharedSessions sharedSessions = new SharedSessions();

	/**
	 * Creates an engine.
	 * @param repository where sessions are kept
	 * @param codec how attributes are encoded
	 * @param ids where ids come from
	 * @param settings how sessions are treated
	 * @param clock the time
	 * @param listener told of what happens, on the thread on which it happens
	 */
	public SessionEngine(SessionRepository repository, AttributeCodec codec, SessionIdGenerator ids,
			EngineSettings settings, InstantSource clock, Consumer<SessionEvent> listener) {
		this.repository = repository;
		this.codec = codec;
		this.ids = ids;
		this.settings = settings;
		this.limits = new Limits(settings);
		this.clock = clock;
		this.events = new Events(listener);
		this.committer = new Committer(repository, this.sharedSessions, ids, settings, clock);
		this.logins = new Logins(repository, this.committer, settings, this.events);
		this.touches = new TouchMemory(clock);
	}

	/**
	 * Opens the session of a request. The store is not asked before the session is.
	 * @param presented the id that the client brought, its signature verified, or
	 * {@code null}
	 * @param client the way back to the client
	 * @return the session, to be {@linkplain RequestSession#end ended} with the request
	 */
	public RequestSession open(@Nullable SessionId presented, ClientChannel client) {
		return new RequestSession(this, presented, client);
	}

	/**
	 * The sessions, outside a request.
	 * @return a view of the repository
	 */
	public Sessions sessions() {
		return new StoredSessions(this.repository, this.committer, this.logins, this.events);
	}

	/**
	 * Finds a session, and writes down that it was used if it is time to.
	 */
	@Nullable StoredSession find(SessionKey key, boolean touch) {
		boolean due = touch && this.touches.isDue(key);
		SessionRecord record = due ? this.repository.findAndTouch(key) : this.repository.find(key);
		StoredSession found = (record != null) ? read(record) : null;
		if (found == null || isOver(found)) {
			this.touches.forget(key);
			return null;
		}
		if (due) {
			touched(found);
		}
		return found;
	}

	private @Nullable StoredSession read(SessionRecord record) {
		try {
			return StoredSession.of(record);
		}
		catch (UnreadableDataException ex) {
			this.events.publish(new SessionEvent.RecordUnreadable(record.key()));
			return null;
		}
	}

	/**
	 * Whether the configuration has become stricter than it was when the record was
	 * written, and the session is over by it.
	 */
	private boolean isOver(StoredSession session) {
		SessionRecord record = session.record();
		Duration idleTimeout = this.settings.idleTimeout(timeout(session));
		Duration lifetime = this.settings.maxLifetime();
		if (record.idleTimeout().compareTo(idleTimeout) <= 0 && record.lifetime().compareTo(lifetime) <= 0) {
			return false;
		}
		Instant now = this.clock.instant();
		return !now.isBefore(record.lastAccessedTime().plus(idleTimeout))
				|| !now.isBefore(record.creationTime().plus(lifetime));
	}

	private Duration timeout(StoredSession session) {
		return this.settings.timeout(session.attributes().ownTimeout(), session.record().principal());
	}

	/**
	 * Writes down that a session was used that the request did not ask for.
	 * @return {@code false} if the session has to be read for it: this node does not know
	 * its timeout
	 */
	boolean touch(SessionKey key) {
		Long interval = this.touches.interval(key);
		if (interval == null) {
			return false;
		}
		if (!this.touches.isDue(key)) {
			return true;
		}
		if (this.repository.touch(key)) {
			this.touches.touched(key, interval);
		}
		else {
			this.touches.forget(key);
			this.events.publish(new SessionEvent.Missed(key));
		}
		return true;
	}

	/**
	 * Notes that a record was stored, which moves its expiry.
	 */
	void touched(StoredSession session) {
		Duration timeout = timeout(session);
		long slack = session.record().idleTimeout().minus(timeout).toMillis();
		this.touches.touched(session.record().key(),
				Math.max(0, Math.min(slack, this.settings.touchInterval(timeout))));
	}

	/**
	 * Notes that a session was deleted.
	 */
	void ended(SessionRecord record, Destroyed.Reason reason) {
		this.touches.forget(record.key());
		this.events.publish(new Destroyed(record.key(), record.principal(), reason));
	}

	/**
	 * Notes that the end of a request failed, when it is answered already.
	 */
	void finishFailed(RuntimeException failure) {
		if (failure instanceof SessionStoreUnavailableException) {
			logger.warn("The use of a session could not be written down: " + failure.getMessage());
		}
		else {
			logger.error("A request's session could not be finished", failure);
		}
	}

	AttributeCodec codec() {
		return this.codec;
	}

	SessionIdGenerator ids() {
		return this.ids;
	}

	EngineSettings settings() {
		return this.settings;
	}

	Limits limits() {
		return this.limits;
	}

	InstantSource clock() {
		return this.clock;
	}

	Events events() {
		return this.events;
	}

	Committer committer() {
		return this.committer;
	}

	Logins logins() {
		return this.logins;
	}

	SharedSessions sharedSessions() {
		return this.sharedSessions;
	}

}
