package app.session.core;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import app.session.SessionKey;
import app.session.SessionLimit;
import app.session.crypto.SessionId;

/**
 * The login that one request may make, for a framework that knows more of it than a
 * handler that calls {@link app.session.Session#setPrincipal}: what it checks before, and
 * who it says is logged in after. Safe for use by several threads.
 */
public final class RequestLogin {

	private final RequestSession request;

	private final SessionEngine engine;

	private final SessionState state;

	private final @Nullable SessionId presented;

	private final Map<String, Long> epochs = new HashMap<>();

	private @Nullable SessionLimit limit;

	RequestLogin(RequestSession request, SessionEngine engine, SessionState state, @Nullable SessionId presented) {
		this.request = request;
		this.engine = engine;
		this.state = state;
		this.presented = presented;
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
			this.request.locked(() -> this.epochs.put(principal, epoch));
		}
	}

	/**
	 * Says how many sessions the principal may have after this request's login, instead
	 * of the number that is configured for all.
	 * @param limit the limit
	 */
	public void limit(SessionLimit limit) {
		this.request.locked(() -> this.limit = limit);
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
		SessionKey own = this.request.locked(() -> {
			SessionId id = this.state.id();
			return (id != null) ? id.key() : null;
		});
		return this.engine.logins().hasRoom(principal, own, present);
	}

	/**
	 * Makes the session that of whoever is logged in. It is a login if it was not theirs
	 * before, and if the id was changed by this request, as is done at every login; else
	 * nothing is changed.
	 * @param principal who is logged in, or {@code null} for nobody
	 */
	public void follow(@Nullable String principal) {
		boolean login = this.request.read(() -> {
			boolean changed = !Objects.equals(principal, this.state.view().draft().principal());
			return changed || (principal != null && hasNewId());
		});
		if (login) {
			this.request.session().setPrincipal(principal);
		}
	}

	private boolean hasNewId() {
		return this.state.view().draft().newId() != null || !Objects.equals(this.presented, this.state.id());
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
		SessionLimit own = this.request.locked(() -> this.limit);
		return (own != null) ? own : this.engine.settings().limit();
	}

}
