package app.session.core;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import app.session.LoginNotFreshException;
import app.session.LoginRefusedException;
import app.session.Session;
import app.session.SessionConflictException;
import app.session.SessionEvent.ChangesDropped;
import app.session.SessionStoreUnavailableException;
import app.session.codec.StoredLogin;
import app.session.crypto.SessionId;

/**
 * One request's session, as the transport sees it: the handler gets {@link #session()},
 * the transport calls {@link #commit} before the first byte of the response leaves, and
 * {@link #end} when the request is over. Safe for use by several threads.
 */
public final class RequestSession {

	private final ReentrantLock lock = new ReentrantLock();

	private final SessionEngine engine;

	private final ClientChannel client;

	private final @Nullable SessionId presented;

	private final SessionState state;

	private final SessionTimes times;

	private final StateWriter writer;

	private final SessionAttributes attributes;

	private final ExactChanges exact;

	private final RequestPolicy policy;

	private final Session session;

	private final RequestLogin login;

	private volatile boolean accessed;

	private volatile @Nullable RuntimeException failure;

	private boolean ended;

	RequestSession(SessionEngine engine, @Nullable SessionId presented, ClientChannel client) {
		this.engine = engine;
		this.client = client;
		this.presented = presented;
		this.state = new SessionState(engine, presented);
		this.policy = new RequestPolicy(client);
		this.times = new SessionTimes(engine, this.state);
		this.writer = new StateWriter(engine, client, this.state, this.times);
		this.attributes = new SessionAttributes(engine, this.state, this.writer, this.policy::checkWritable);
		this.exact = new ExactChanges(engine, this.attributes);
		this.login = new RequestLogin(this, engine, client, this.state);
		this.session = new HandlerSession(this, engine, this.state, this.writer, this.attributes, this.exact,
				this.times);
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
	 * Whether there is a session: one that the client brought, or one that this request
	 * has stored.
	 * @return {@code true} if there is
	 * @throws SessionStoreUnavailableException if the store does not answer
	 */
	public boolean exists() {
		return read(() -> this.state.phase() == Phase.STORED);
	}

	/**
	 * Whether there may be a session, as far as is known without asking the store.
	 * @return {@code false} only if there is certainly none
	 */
	public boolean mayExist() {
		return locked(() -> switch (this.state.phase()) {
			case UNREAD, STORED -> true;
			case NEW -> !this.state.view().log().isEmpty();
			case ENDED, UNAVAILABLE -> false;
		});
	}

	/**
	 * The {@linkplain SessionId#name name} of the id that the client brought.
	 * @return the name, or {@code null} if it brought none
	 */
	public @Nullable String requestedName() {
		return (this.presented != null) ? this.presented.name() : null;
	}

	/**
	 * The {@linkplain SessionId#name name} of the id that this request's session has, or
	 * will have once it is stored. Loads nothing.
	 * @return the name, another one after each change of the id
	 */
	public String name() {
		return locked(() -> this.state.nextId().name());
	}

	/**
	 * Sets an attribute to an object that comes back as what it was, without being told
	 * its class. May come when the response has gone, if the session is stored.
	 * @param name the attribute
	 * @param value the object
	 * @throws app.session.AttributeNotStorableException if it can't be stored
	 */
	public void setObject(String name, Object value) {
		changeAnyTime(() -> this.attributes.setObject(name, value));
	}

	/**
	 * Removes an attribute. May come when the response has gone, if the session is
	 * stored.
	 * @param name the attribute
	 */
	public void removeObject(String name) {
		changeAnyTime(() -> this.attributes.remove(name));
	}

	/**
	 * Code that was written for a container's session may change it after a redirect, as
	 * Spring Security does at a login. A stored session needs no cookie for that; it is
	 * written at once, since nobody comes later who would.
	 */
	private void changeAnyTime(Runnable change) {
		change((fresh) -> {
			if (this.policy.isLate() && this.state.phase() == Phase.STORED && this.state.view().log().isEmpty()) {
				this.policy.runLate(change);
				writeChanges();
			}
			else {
				change.run();
			}
			return true;
		});
	}

	/**
	 * Whether anybody asked for the session.
	 * @return {@code true} once something was read or changed
	 */
	public boolean isAccessed() {
		return this.accessed;
	}

	/**
	 * Whether there is anything to commit. Finds objects changed in place.
	 * @return {@code false} also after a commit has failed
	 */
	public boolean hasChanges() {
		return locked(() -> {
			if (this.failure != null) {
				return false;
			}
			remember(() -> {
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
		locked(() -> {
			if (hasChanges()) {
				remember(this::writeChanges);
			}
			return true;
		});
	}

	/**
	 * The failure of a commit, or of an operation that is one.
	 * @return the failure, or {@code null}
	 */
	public @Nullable RuntimeException failure() {
		return this.failure;
	}

	/**
	 * Forgets all changes that are not written.
	 */
	public void discardChanges() {
		locked(() -> {
			discard(ChangesDropped.Reason.ERROR);
			return true;
		});
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
		return locked(() -> {
			this.state.load(this.policy.isTouching());
			return this.state.isCurrent() ? this.state.id() : null;
		});
	}

	/**
	 * Lets a request pass whose login was made a short while ago. Reads the session.
	 * @param maxAge how long ago, as {@link Session#isFreshlyAuthenticated} takes it
	 * @throws LoginNotFreshException if it was made earlier, if nobody knows when, or if
	 * the session is anonymous
	 * @throws SessionStoreUnavailableException if the store does not answer, also where
	 * that is to be an anonymous session otherwise
	 */
	public void requireFreshLogin(Duration maxAge) {
		Duration age = read(() -> {
			this.state.checkAvailable();
			return this.times.loginAge();
		});
		if (!SessionTimes.isFresh(age, maxAge)) {
			throw new LoginNotFreshException(maxAge, (age != null && !age.isNegative()) ? age : null);
		}
	}

	/**
	 * Makes every change an error, for the rest of the request.
	 */
	public void readOnly() {
		locked(() -> {
			this.policy.readOnly();
			return true;
		});
	}

	/**
	 * Makes this request no use of the session that puts off its expiry.
	 */
	public void noTouch() {
		locked(() -> {
			this.policy.noTouch();
			return true;
		});
	}

	/**
	 * Lets no other request in that does the same, until this one ends. Does nothing for
	 * a client without a session, and nothing if called again.
	 * @param limit how long to wait
	 * @throws app.session.SessionBusyException if the wait was too long
	 */
	public void serialize(Duration limit) {
		locked(() -> {
			SessionId id = this.state.id();
			if (!this.state.hasTurn() && id != null) {
				this.state.takeTurn(Turn.await(this.engine, this.state.hold(id.key()), limit));
				// What was read before the turn may be old by now.
				if (this.state.phase() == Phase.STORED && hasChanges()) {
					remember(this::writeChanges);
				}
				else {
					this.state.reload(this.policy.isTouching());
				}
			}
			return true;
		});
	}

	/**
	 * Ends the request: writes down that the session was used, if it is time to, and lets
	 * go of what it held. Called again if the request has gone on all the same, with an
	 * error page.
	 */
	public void end() {
		locked(() -> {
			try {
				finish();
			}
			finally {
				this.state.passTurn();
				this.ended = true;
			}
			return true;
		});
	}

	private void finish() {
		if (this.failure != null) {
			return;
		}
		try {
			touch();
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
		if (this.policy.isTouching() && this.state.phase() == Phase.UNREAD && id != null
				&& !this.engine.reader().touch(id)) {
			this.state.load(true);
		}
	}

	/**
	 * Runs a reading operation of the handler.
	 */
	<T extends @Nullable Object> T read(Supplier<T> reader) {
		return locked(() -> {
			load();
			return reader.get();
		});
	}

	/**
	 * Runs a changing operation of the handler. A failure of the store is remembered,
	 * since the change is lost, whatever the handler makes of the exception.
	 * @param operation told whether the session was read just now
	 */
	<T extends @Nullable Object> T change(Function<Boolean, T> operation) {
		return locked(() -> {
			if (this.failure != null) {
				throw this.failure;
			}
			this.exact.checkNotComputing();
			try {
				boolean fresh = load();
				this.state.checkAvailable();
				return operation.apply(fresh);
			}
			catch (SessionStoreUnavailableException | LoginRefusedException | SessionConflictException ex) {
				this.failure = ex;
				throw ex;
			}
		});
	}

	void checkWritable() {
		this.policy.checkWritable();
	}

	void clearClient() {
		this.client.clear();
	}

	/**
	 * Writes the changes. The request's lock is held.
	 */
	void writeChanges() {
		this.attributes.noteChangesInPlace();
		if (!this.state.view().log().isEmpty()) {
			this.writer.write();
		}
	}

	private boolean load() {
		this.accessed = true;
		return this.state.load(this.policy.isTouching());
	}

	private void remember(Runnable action) {
		try {
			action.run();
		}
		catch (RuntimeException ex) {
			this.failure = ex;
			throw ex;
		}
	}

	<T extends @Nullable Object> T locked(Supplier<T> action) {
		this.lock.lock();
		try {
			return action.get();
		}
		finally {
			// Nobody ends a request again because something was read after its end.
			if (this.ended && !this.state.hasTurn() && this.lock.getHoldCount() == 1) {
				this.state.release();
			}
			this.lock.unlock();
		}
	}

}
