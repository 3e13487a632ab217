package app.session.core;

import java.time.InstantSource;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import app.session.SessionEvent;
import app.session.SessionEvent.Destroyed;
import app.session.SessionLeases;
import app.session.SessionRecord;
import app.session.SessionRepository;
import app.session.SessionStoreUnavailableException;
import app.session.Sessions;
import app.session.codec.AttributeCodec;
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

	private final SessionReader reader;

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
		this.committer = new Committer(repository, this.sharedSessions, ids, settings, clock, this.events);
		this.logins = new Logins(repository, this.committer, this.events);
		this.reader = new SessionReader(repository, settings, clock, this.events);
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
		return new StoredSessions(this.repository, this.committer, this.logins, this.limits, this.events);
	}

	/**
	 * Notes that a session was deleted.
	 */
	void ended(SessionRecord record, Destroyed.Reason reason) {
		this.reader.forget(record.key());
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

	/**
	 * The store's leases, if it has any.
	 */
	@Nullable SessionLeases leases() {
		return (this.repository instanceof SessionLeases leases) ? leases : null;
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

	/**
	 * The time.
	 * @return the clock of this node
	 */
	public InstantSource clock() {
		return this.clock;
	}

	Events events() {
		return this.events;
	}

	SessionReader reader() {
		return this.reader;
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
