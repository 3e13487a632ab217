package app.session.core;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import app.session.LoginRefusedException;
import app.session.Session;
import app.session.SessionConflictException;
import app.session.SessionEvent.ChangesDropped;
import app.session.SessionStoreUnavailableException;
import app.session.crypto.SessionId;

/**
 * One request's session, as the transport sees it: the handler gets {@link #session()},
 * the transport calls {@link #commit} before the first byte of the response leaves, and
 * {@link #end} when the request is over. Safe for use by several threads.
 */
public final class RequestSession {

	private final SessionEngine engine;

	private final SessionState state;

	private final SessionTimes times;

	private final StateWriter writer;

	private final SessionAttributes attributes;

	private final RequestPolicy policy;

	private final RequestHooks hooks;

	private final RequestGuard guard;

	private final RequestLogin login;

	private final ContainerView container;

	private final Session session;

	RequestSession(SessionEngine engine, @Nullable SessionId presented, ClientChannel client) {
		this.engine = engine;
		this.policy = new RequestPolicy(client);
		this.hooks = new RequestHooks(engine, client, this.policy, this);
		this.state = new SessionState(engine, presented, this.hooks);
		this.times = new SessionTimes(engine, this.state);
		this.writer = new StateWriter(engine, client, this.state, this.times, this.hooks);
		this.attributes = new SessionAttributes(engine, this.state, this.writer, this.policy::checkWritable);
		ExactChanges exact = new ExactChanges(engine, this.attributes);
		this.guard = new RequestGuard(this.state, this.policy, exact);
		this.login = new RequestLogin(this.guard, engine, client, this.state, this.attributes, this.times);
		this.container = new ContainerView(this.guard, presented, this.state, this.attributes, this.policy, this.times);
		this.session = new HandlerSession(this.guard, this.login, this.state, this.writer, this.attributes, exact,
				this.times, engine.clock().instant());
	}

	/**
	 * What the handler gets.
	 * @return the session
	 */
	public Session session() {
		return this.session;
	}

	/**
	 * The login that this request may make.
	 * @return the login
	 */
	public RequestLogin login() {
		return this.login;
	}

	/**
	 * What code that was written for a container's session asks of it.
	 * @return the view
	 */
	public ContainerView container() {
		return this.container;
	}

	/**
	 * Has the beginning and the end of the session told, if this request makes them.
	 * @param watcher who is told from now on
	 */
	public void watch(SessionWatcher watcher) {
		this.guard.locked(() -> this.writer.watch(watcher));
	}

	/**
	 * Whether there is a session: one that the client brought, or one that this request
	 * has stored.
	 * @return {@code true} if there is
	 * @throws SessionStoreUnavailableException if the store does not answer
	 */
	public boolean exists() {
		return this.guard.read(() -> this.state.phase() == Phase.STORED);
	}

	/**
	 * Whether anybody asked for the session.
	 * @return {@code true} once something was read or changed
	 */
	public boolean isAccessed() {
		return this.guard.isAccessed();
	}

	/**
	 * Whether there is anything to commit. Finds objects changed in place.
	 * @return {@code false} also after a commit has failed
	 */
	public boolean hasChanges() {
		return this.guard.locked(() -> {
			if (this.guard.failure() != null) {
				return false;
			}
			this.guard.remember(() -> {
				if (this.attributes.noteChangesInPlace()) {
					this.policy.checkNotReadOnly();
				}
			});
			return !this.state.view().log().isEmpty();
		});
	}

	/**
	 * Writes what is not written yet. A failure is remembered: from then on this does
	 * nothing.
	 * @throws SessionStoreUnavailableException if the store does not answer in time
	 * @throws LoginRefusedException if a login was not admitted
	 * @throws SessionConflictException if a serialized request has lost its turn
	 */
	public void commit() {
		this.guard.locked(() -> {
			if (hasChanges()) {
				this.guard.remember(this.attributes::write);
			}
		});
	}

	/**
	 * Notes what a hook has changed in place, to be written with the rest.
	 */
	void noteChangesInPlace() {
		this.attributes.noteChangesInPlace();
	}

	/**
	 * Lets go of the objects that a hook has read.
	 */
	void forgetObjects() {
		this.attributes.forget();
	}

	/**
	 * The failure of a commit, or of an operation that is one.
	 * @return the failure, or {@code null}
	 */
	public @Nullable RuntimeException failure() {
		return this.guard.failure();
	}

	/**
	 * Forgets all changes that are not written.
	 */
	public void discardChanges() {
		this.guard.locked(() -> discard(ChangesDropped.Reason.ERROR));
	}

	private void discard(ChangesDropped.Reason reason) {
		this.attributes.forget();
		this.state.discard(reason);
	}

	/**
	 * The id to send to the client again, for a new signature or lifetime. Asks the store
	 * if that has not been done: only the id of a living session is worth sending.
	 * @return the session's present id, or {@code null} if this request does not hold it
	 * @throws SessionStoreUnavailableException if the store does not answer
	 */
	public @Nullable SessionId confirmedId() {
		return this.guard.locked(() -> {
			this.state.load(this.policy.isTouching());
			return this.state.isCurrent() ? this.state.id() : null;
		});
	}

	/**
	 * Writes down that the session is used, if it is time to: for a client that has to be
	 * told, before the response is committed. Otherwise {@link #end} does it. A failure
	 * is logged: the request did not ask for the session.
	 */
	public void use() {
		this.guard.locked(() -> {
			if (this.guard.failure() == null) {
				try {
					touch();
				}
				catch (RuntimeException ex) {
					this.engine.finishFailed(ex);
				}
			}
		});
	}

	/**
	 * Makes every change an error, for the rest of the request.
	 */
	public void readOnly() {
		this.guard.locked(this.policy::readOnly);
	}

	/**
	 * Makes this request no use of the session that puts off its expiry.
	 */
	public void noTouch() {
		this.guard.locked(this.policy::noTouch);
	}

	/**
	 * Lets no other request in that does the same, until this one ends. Does nothing for
	 * a client without a session, and nothing if called again.
	 * @param limit how long to wait
	 * @throws app.session.SessionBusyException if the wait was too long
	 */
	public void serialize(Duration limit) {
		this.guard.locked(() -> {
			SessionId id = this.state.id();
			if (!this.state.hasTurn() && id != null) {
				this.state.takeTurn(Turn.await(this.engine, this.state.hold(id.key()), limit));
				// What was read before the turn may be old by now.
				if (this.state.phase() == Phase.STORED && hasChanges()) {
					this.guard.remember(this.attributes::write);
				}
				else {
					this.state.reload(this.policy.isTouching());
				}
			}
		});
	}

	/**
	 * Ends the request: writes down that the session was used, if it is time to, and lets
	 * go of what it held. Called again if the request has gone on all the same, with an
	 * error page.
	 */
	public void end() {
		this.guard.locked(() -> {
			try {
				finish();
			}
			finally {
				this.guard.end();
			}
		});
	}

	private void finish() {
		if (this.guard.failure() != null) {
			return;
		}
		try {
			if (this.engine.reader().notesLateUse()) {
				touch();
			}
			if (hasChanges()) {
				discard(ChangesDropped.Reason.TOO_LATE);
			}
		}
		catch (RuntimeException ex) {
			this.engine.finishFailed(ex);
		}
	}

	private void touch() {
		SessionId id = this.state.id();
		if (!this.policy.isTouching() || this.state.phase() != Phase.UNREAD || id == null || this.hooks.haveFailed()) {
			return;
		}
		// Hooks say first whether it is the session's own client that uses it.
		SessionReader reader = this.engine.reader();
		boolean toBeRead = this.hooks.areToBeAsked() ? reader.isTouchDue(id) : !reader.touch(id);
		if (toBeRead) {
			this.state.load(true);
		}
	}

}
