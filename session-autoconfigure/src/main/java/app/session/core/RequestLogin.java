package app.session.core;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import app.session.LoginNotFreshException;
import app.session.LoginRefusedException;
import app.session.SessionKey;
import app.session.SessionLimit;
import app.session.codec.StoredLogin;
import app.session.crypto.SessionId;

/**
 * The login that one request may make, for a framework that knows more of it than a
 * handler that calls {@link app.session.Session#setPrincipal}: what it checks before, and
 * who it says is logged in after. Safe for use by several threads.
 */
public final class RequestLogin {

	private final RequestGuard guard;

	private final SessionEngine engine;

	private final ClientChannel client;

	private final SessionState state;

	private final SessionAttributes attributes;

	private final SessionTimes times;

	private final Map<String, Long> epochs = new HashMap<>();

	private @Nullable SessionLimit limit;

	private @Nullable String entered;

	RequestLogin(RequestGuard guard, SessionEngine engine, ClientChannel client, SessionState state,
			SessionAttributes attributes, SessionTimes times) {
		this.guard = guard;
		this.engine = engine;
		this.client = client;
		this.state = state;
		this.attributes = attributes;
		this.times = times;
	}

	/**
	 * To be called before credentials are checked: reads the principal's epoch, so that
	 * the login fails if all its sessions are revoked meanwhile. Does nothing for a name
	 * that can't be a principal's.
	 * @param principal who says it is at the door, not to be trusted
	 * @throws app.session.SessionStoreUnavailableException if the store does not answer
	 */
	public void prepare(String principal) {
		if (this.engine.limits().isPrincipal(principal)) {
			long epoch = this.engine.logins().epoch(principal);
			this.guard.locked(() -> this.epochs.put(principal, epoch));
		}
	}

	/**
	 * Says how many sessions the principal may have after this request's login, instead
	 * of the number that is configured for all.
	 * @param limit the limit
	 */
	public void limit(SessionLimit limit) {
		this.guard.locked(() -> this.limit = limit);
	}

	/**
	 * Whether a login of the principal would be let in now. Only the login itself decides
	 * that for certain.
	 * @param principal the principal
	 * @return {@code false} if it has as many sessions as the limit says, this one not
	 * among them, and a further login is refused
	 * @throws app.session.SessionStoreUnavailableException if the store does not answer
	 */
	public boolean isAdmissible(String principal) {
		SessionLimit present = limit();
		if (present.whenFull() == SessionLimit.WhenFull.END_OLDEST) {
			return true;
		}
		SessionKey own = this.guard.locked(() -> {
			SessionId id = this.state.id();
			return (id != null) ? id.key() : null;
		});
		return this.engine.logins().hasRoom(principal, own, present);
	}

	/**
	 * Changes what says who is logged in, and with it whose session it is. It is a login
	 * if it was not theirs before, and if the id was changed by this request, as is done
	 * at every login. Both changes are made, or none. A login that may be refused is
	 * written at once, so that it can be answered as any other that fails; what is in the
	 * session is lost with it.
	 * @param user who is logged in, or {@code null} for nobody
	 * @param change sets or removes the attribute that says so
	 * @return {@code false} if the login was refused: for now, since it came too late, or
	 * since nobody can have such a name
	 */
	public boolean follow(@Nullable LoggedIn user, Runnable change) {
		return this.guard.change((fresh) -> {
			String principal = (user != null) ? user.principal() : null;
			if (principal != null && !this.engine.limits().isPrincipal(principal)) {
				return false;
			}
			if (!isLogin(principal)) {
				change.run();
				return true;
			}
			// All that can fail comes before the first change.
			this.guard.checkWritable();
			long epoch = epoch(principal);
			change.run();
			enter(principal, epoch, (user != null) ? time(user) : null);
			return principal == null || isAdmitted();
		});
	}

	private boolean isLogin(@Nullable String principal) {
		return !Objects.equals(principal, this.state.view().draft().principal())
				|| (principal != null && isIdChanged() && !principal.equals(this.entered));
	}

	private boolean isAdmitted() {
		if (limit().whenFull() == SessionLimit.WhenFull.REFUSE) {
			try {
				this.attributes.write();
			}
			catch (LoginRefusedException ex) {
				this.entered = null;
				this.state.becomeNew();
				return false;
			}
		}
		return true;
	}

	private boolean isIdChanged() {
		return this.state.view().draft().newId() != null || this.state.isIdChanged();
	}

	private @Nullable Instant time(LoggedIn user) {
		Instant since = user.since();
		return user.remembered() ? null : (since != null) ? since : this.engine.clock().instant();
	}

	/**
	 * Whether somebody's credentials were checked no longer ago.
	 * @param user who has to be the one that is logged in to this session
	 * @param maxAge how long ago
	 * @return {@code false} also if nobody is logged in, or somebody else
	 */
	public boolean isFresh(String user, Duration maxAge) {
		return this.guard.read(() -> user.equals(this.state.view().draft().principal())
				&& SessionTimes.isFresh(this.times.loginAge(), maxAge));
	}

	/**
	 * Lets a request pass whose login was made a short while ago. Reads the session.
	 * @param user who makes the request, or {@code null} if only the session knows:
	 * somebody else's login is not theirs
	 * @param maxAge how long ago, as {@link app.session.Session#isFreshlyAuthenticated}
	 * takes it
	 * @throws LoginNotFreshException if it was made earlier, if nobody knows when, or if
	 * the session is anonymous
	 * @throws app.session.SessionStoreUnavailableException if the store does not answer,
	 * also where that is to be an anonymous session otherwise
	 */
	public void requireFresh(@Nullable String user, Duration maxAge) {
		Duration age = this.guard.read(() -> {
			this.state.checkAvailable();
			boolean theirs = user == null || user.equals(this.state.view().draft().principal());
			return theirs ? this.times.loginAge() : null;
		});
		if (!SessionTimes.isFresh(age, maxAge)) {
			throw new LoginNotFreshException(maxAge, (age != null && !age.isNegative()) ? age : null);
		}
	}

	/**
	 * Makes the session a principal's that has just shown its credentials. The request's
	 * lock is held.
	 */
	void enter(@Nullable String principal) {
		enter(principal, epoch(principal));
	}

	void enter(@Nullable String principal, long epoch) {
		enter(principal, epoch, this.engine.clock().instant());
	}

	private void enter(@Nullable String principal, long epoch, @Nullable Instant time) {
		if (principal != null) {
			this.engine.limits().checkPrincipal(principal);
		}
		else if (this.state.phase() == Phase.NEW && this.state.view().draft().principal() == null) {
			return;
		}
		StoredLogin made = (principal != null) ? made(time) : null;
		this.entered = principal;
		// One that this request has given it already is as new: nobody has been told.
		SessionId changed = this.state.view().draft().newId();
		SessionId id = (changed != null) ? changed : this.state.newSecret();
		Draft.Login login = new Draft.Login(id, principal, made, epoch, limit());
		this.state.view().add((draft) -> draft.login(login));
	}

	private StoredLogin made(@Nullable Instant time) {
		Instant millis = (time != null) ? time.truncatedTo(ChronoUnit.MILLIS) : null;
		ClientOrigin origin = this.client.origin();
		return (origin != null) ? new StoredLogin(millis, origin.address(), origin.userAgent())
				: new StoredLogin(millis, null, null);
	}

	/**
	 * The principal's epoch: the one that was read before its credentials were checked,
	 * if there is one.
	 */
	long epoch(@Nullable String principal) {
		Long known = (principal != null) ? this.epochs.get(principal) : null;
		return (known != null) ? known : this.engine.logins().epoch(principal);
	}

	SessionLimit limit() {
		SessionLimit own = this.guard.locked(() -> this.limit);
		return (own != null) ? own : this.engine.settings().limit();
	}

}
