package app.session.core;

import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import app.session.SessionEvent;
import app.session.SessionEvent.Destroyed;
import app.session.SessionHook;
import app.session.SessionLeases;
import app.session.SessionRecord;
import app.session.SessionRepository;
import app.session.SessionStoreUnavailableException;
import app.session.Sessions;
import app.session.codec.AttributeCodec;
import app.session.crypto.SessionId;
import app.session.crypto.SessionIds;

/**
 * Opens sessions for requests. One for an application; safe for use by many threads.
 */
public final class SessionEngine {

	private static final Log logger = LogFactory.getLog(SessionEngine.class);

	private final SessionRepository repository;

	private final AttributeCodec codec;

	private final SessionIds ids;

	private final EngineSettings settings;

	private final Limits limits;

	private final InstantSource clock;

	private final Events events;

	private final Committer committer;

	private final Logins logins;

	private final SessionReader reader;

	private final Supplier<List<SessionHook>> hooks;

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
	public SessionEngine(SessionRepository repository, AttributeCodec codec, SessionIds ids, EngineSettings settings,
			InstantSource clock, Consumer<SessionEvent> listener) {
		this(repository, codec, ids, settings, clock, listener, List::of);
	}

	/**
	 * Creates an engine that asks hooks of the application's.
	 * @param repository where sessions are kept
	 * @param codec how attributes are encoded
	 * @param ids where ids come from
	 * @param settings how sessions are treated
	 * @param clock the time
	 * @param listener told of what happens, on the thread on which it happens
	 * @param hooks the hooks in their order, always the same; not asked for before a
	 * session is read or written, since a hook may need what is made of this engine
	 */
	public SessionEngine(SessionRepository repository, AttributeCodec codec, SessionIds ids, EngineSettings settings,
			InstantSource clock, Consumer<SessionEvent> listener, Supplier<List<SessionHook>> hooks) {
		this.repository = repository;
		this.codec = codec;
		this.ids = ids;
		this.settings = settings;
		this.limits = new Limits(settings);
		this.clock = clock;
		this.events = new Events(listener);
		this.committer = new Committer(repository, this.sharedSessions, ids, settings, clock, this.events);
		this.logins = new Logins(repository, this.committer, this.events);
		this.reader = new SessionReader(repository, settings, clock, this.events, new RecentTouches(clock));
		this.hooks = hooks;
	}

	private SessionEngine(SessionEngine shared, SessionRepository repository, SessionIds ids, TouchMemory touches) {
		this.repository = repository;
		this.codec = shared.codec;
		this.ids = ids;
		this.settings = shared.settings;
		this.limits = shared.limits;
		this.clock = shared.clock;
		this.events = shared.events;
		this.committer = new Committer(repository, this.sharedSessions, ids, this.settings, this.clock, this.events);
		this.logins = new Logins(repository, this.committer, this.events);
		this.reader = new SessionReader(repository, this.settings, this.clock, this.events, touches);
		this.hooks = shared.hooks;
	}

	/**
	 * An engine for one request, by the same settings.
	 * @param own the records that this request can reach
	 * @param ids where their ids come from
	 * @param remembering whether this node remembers when a session was touched; if not,
	 * {@code own} is asked each time, and decides
	 * @return the engine. Requests with engines of their own do not wait for each other,
	 * and do not see each other's versions
	 */
	public SessionEngine bound(SessionRepository own, SessionIds ids, boolean remembering) {
		return new SessionEngine(this, own, ids, remembering ? this.reader.touches() : TouchMemory.NONE);
	}

	/**
	 * The same, with this engine's ids.
	 * @param own the records that this request can reach
	 * @param remembering whether this node remembers when a session was touched
	 * @return the engine
	 */
	public SessionEngine bound(SessionRepository own, boolean remembering) {
		return bound(own, this.ids, remembering);
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

	SessionIds ids() {
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

	List<SessionHook> hooks() {
		return this.hooks.get();
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
