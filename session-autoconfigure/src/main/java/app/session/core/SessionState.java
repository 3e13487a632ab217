package app.session.core;

import org.jspecify.annotations.Nullable;

import app.session.SessionEvent;
import app.session.SessionEvent.ChangesDropped;
import app.session.SessionKey;
import app.session.SessionRecord;
import app.session.SessionStoreUnavailableException;
import app.session.core.Committer.Created;
import app.session.core.Committer.View;
import app.session.core.Committer.Written;
import app.session.core.Draft.Basis;
import app.session.core.EngineSettings.OnStoreFailure;
import app.session.core.SessionReader.Found;
import app.session.crypto.SessionId;

/**
 * Where one request stands with its session: which id it holds, whether the session was
 * read, stored or has ended. Not safe for several threads: {@link RequestGuard} sees to
 * that.
 */
final class SessionState {

	private final SessionEngine engine;

	private final RequestHooks hooks;

	private final SessionView view = new SessionView();

	private Phase phase;

	private boolean brought;

	private @Nullable SessionId id;

	private @Nullable SessionId proposed;

	private @Nullable SharedSession shared;

	private @Nullable Turn turn;

	private boolean touched;

	private boolean idChanged;

	private @Nullable SessionStoreUnavailableException unavailable;

	SessionState(SessionEngine engine, @Nullable SessionId presented, RequestHooks hooks) {
		this.engine = engine;
		this.hooks = hooks;
		this.id = presented;
		this.phase = (presented != null) ? Phase.UNREAD : Phase.NEW;
		if (presented != null) {
			hold(presented.key());
		}
	}

	Phase phase() {
		return this.phase;
	}

	/**
	 * Whether the client brought the id of a living session.
	 */
	boolean isBrought() {
		return this.brought;
	}

	/**
	 * Whether this request has given the session another id.
	 */
	boolean isIdChanged() {
		return this.idChanged;
	}

	/**
	 * What this request sees.
	 */
	SessionView view() {
		return this.view;
	}

	/**
	 * Whether this use of the session was written down.
	 */
	boolean isTouched() {
		return this.touched;
	}

	/**
	 * The id that this request holds.
	 */
	@Nullable SessionId id() {
		return this.id;
	}

	/**
	 * The id that the session will have after the changes that are noted. One that is not
	 * stored yet has it from now on.
	 */
	SessionId nextId() {
		SessionId changed = this.view.draft().newId();
		SessionId present = (changed != null) ? changed : this.id;
		if (present != null) {
			return present;
		}
		if (this.proposed == null) {
			this.proposed = this.engine.ids().newId();
		}
		return this.proposed;
	}

	/**
	 * Another id for the session, under the same key.
	 * @return the id, or {@code null} if the session is not stored yet: it gets one of
	 * its own when it is
	 */
	@Nullable SessionId newSecret() {
		SessionKey key = key();
		return (this.phase == Phase.STORED && key != null) ? this.engine.ids().newSecret(key) : null;
	}

	/**
	 * Proposes another id for a session that is not stored yet.
	 */
	void proposeAnother() {
		this.proposed = null;
	}

	@Nullable SessionRecord record() {
		StoredSession stored = this.view.stored();
		return (stored != null) ? stored.record() : null;
	}

	@Nullable SessionKey key() {
		SessionRecord record = record();
		return (record != null) ? record.key() : null;
	}

	/**
	 * What a commit needs to know. For a stored session only.
	 */
	View known() {
		StoredSession stored = this.view.stored();
		if (stored == null || this.id == null) {
			throw new IllegalStateException("The session is not stored");
		}
		// An error page may go on with a request that has ended and let go of it.
		return new View(hold(this.id.key()), stored, this.id.secretHash(), this.view.seen(), this.turn);
	}

	/**
	 * Whether the id that this request holds is the session's present one, as far as this
	 * node knows: another request may have ended the session since, or changed its id.
	 */
	boolean isCurrent() {
		StoredSession stored = this.view.stored();
		if (this.phase != Phase.STORED || this.id == null || stored == null) {
			return false;
		}
		SharedSession held = hold(this.id.key());
		return !held.isEnded() && held.newest(stored).record().secretHash().equals(this.id.secretHash());
	}

	/**
	 * Reads the session, if that has not been done.
	 * @param touch whether this is a use that may be written down
	 * @return whether the store was asked
	 */
	boolean load(boolean touch) {
		SessionId presented = this.id;
		if (this.phase != Phase.UNREAD || presented == null) {
			return false;
		}
		try {
			find(presented, touch);
		}
		catch (SessionStoreUnavailableException ex) {
			becomeUnavailable(presented.key(), ex);
		}
		return true;
	}

	private void find(SessionId presented, boolean touch) {
		SharedSession held = hold(presented.key());
		boolean asking = this.hooks.areToBeAsked();
		Found found = held.isEnded() ? null : this.engine.reader().find(presented, touch && !asking);
		if (found == null && (this.view.stored() != null || held.isEndedBy(this.engine.committer().deadline()))) {
			this.phase = Phase.ENDED;
		}
		else if (found == null) {
			becomeNew();
			this.engine.events().publish(new SessionEvent.Missed(presented.key()));
		}
		else if (!found.session().record().secretHash().equals(presented.secretHash())) {
			this.phase = Phase.ENDED;
			this.engine.events().publish(new SessionEvent.RetiredIdUsed(presented.key()));
		}
		else {
			this.brought = true;
			this.touched = found.touched();
			become(found.session());
			if (asking) {
				validate(presented, found.session(), touch);
			}
		}
	}

	/**
	 * Has the application say whether the session that was read is this client's. If not
	 * it is no use of the session either, nor may it hold up those who come for it.
	 */
	private void validate(SessionId presented, StoredSession session, boolean touch) {
		boolean known = false;
		try {
			boolean valid = this.hooks.isValid();
			this.touched = valid && touch && this.engine.reader().touch(presented, session);
			if (!valid) {
				passTurn();
				becomeNew();
				this.engine.events().publish(new SessionEvent.Invalid(presented.key()));
			}
			known = true;
		}
		finally {
			if (!known) {
				// Nobody may see what nobody has allowed.
				this.view.clear();
				this.brought = false;
				this.phase = Phase.UNREAD;
			}
		}
	}

	/**
	 * Goes on without the session, if the application wants that.
	 */
	private void becomeUnavailable(SessionKey key, SessionStoreUnavailableException failure) {
		if (this.engine.settings().onStoreFailure() == OnStoreFailure.FAIL) {
			throw failure;
		}
		this.view.clear();
		this.brought = false;
		this.unavailable = failure;
		this.phase = Phase.UNAVAILABLE;
		this.engine.events().publish(new SessionEvent.StoreUnavailable(key));
	}

	/**
	 * Refuses a change of a session that the store did not answer for.
	 */
	void checkAvailable() {
		if (this.unavailable != null) {
			throw this.unavailable;
		}
	}

	/**
	 * Reads the session again, if it has been read. There must be no changes.
	 */
	void reload(boolean touch) {
		if (this.phase == Phase.STORED) {
			this.phase = Phase.UNREAD;
			load(touch);
		}
	}

	SharedSession hold(SessionKey key) {
		if (this.shared == null || !this.shared.key().equals(key)) {
			release();
			this.shared = this.engine.sharedSessions().hold(key);
		}
		return this.shared;
	}

	void release() {
		if (this.shared != null) {
			this.engine.sharedSessions().release(this.shared);
			this.shared = null;
		}
	}

	boolean hasTurn() {
		return this.turn != null;
	}

	void takeTurn(Turn turn) {
		this.turn = turn;
	}

	void passTurn() {
		if (this.turn != null) {
			this.turn.pass();
			this.turn = null;
		}
	}

	private void become(StoredSession session) {
		this.phase = Phase.STORED;
		this.view.show(session);
	}

	/**
	 * Begins anew, with nothing.
	 */
	void becomeNew() {
		release();
		this.phase = Phase.NEW;
		this.id = null;
		this.proposed = null;
		this.brought = false;
		this.view.clear();
	}

	void becomeStored(Created created) {
		this.id = created.id();
		hold(created.id().key());
		become(created.stored());
	}

	/**
	 * Goes on with what was written.
	 */
	void becomeWritten(Written written) {
		this.view.showWritten(written);
		Draft draft = written.draft();
		this.touched |= draft.isChanged();
		if (draft.basis() == Basis.OTHER_PRINCIPAL || draft.basis() == Basis.ENDED) {
			this.phase = Phase.ENDED;
		}
		SessionId newId = draft.newId();
		if (newId != null) {
			this.id = newId;
			this.idChanged = true;
		}
	}

	void becomeEnded() {
		this.view.log().clear();
		this.phase = Phase.ENDED;
	}

	/**
	 * Forgets the changes that are not written yet.
	 */
	void discard(ChangesDropped.Reason reason) {
		SessionKey key = key();
		if (key != null && !this.view.log().isEmpty()) {
			this.engine.events().dropped(key, this.view.draft().touched(), reason);
		}
		this.view.discard();
	}

}
