package app.session.core;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import app.session.SessionEvent;
import app.session.SessionEvent.ChangesDropped;
import app.session.SessionKey;
import app.session.SessionRecord;
import app.session.codec.EncodedValue;
import app.session.codec.StoredAttributes;
import app.session.core.Committer.Created;
import app.session.core.Committer.View;
import app.session.core.Committer.Written;
import app.session.core.Draft.Basis;
import app.session.core.SessionReader.Found;
import app.session.crypto.SessionId;

/**
 * What one request knows of its session, and what it has changed in it. Not safe for
 * several threads: {@link RequestSession} sees to that.
 */
final class SessionState {

	private static final StoredAttributes NO_ATTRIBUTES = new StoredAttributes(null, null, Map.of());

	private final SessionEngine engine;

	private final List<Change> log = new ArrayList<>();

	private Phase phase;

	private boolean brought;

	private @Nullable SessionId id;

	private @Nullable SharedSession shared;

	private @Nullable StoredSession stored;

	/**
	 * What a new session holds that can't be stored: see {@link ClientChannel#canSend}.
	 */
	private StoredAttributes unstored = NO_ATTRIBUTES;

	private Map<String, EncodedValue> seen = Map.of();

	private final Set<String> overwritten = new HashSet<>();

	private boolean touched;

	private Draft view;

	SessionState(SessionEngine engine, @Nullable SessionId presented) {
		this.engine = engine;
		this.id = presented;
		this.phase = (presented != null) ? Phase.UNREAD : Phase.NEW;
		this.view = view(NO_ATTRIBUTES, null);
		if (presented != null) {
			hold(presented.key());
		}
	}

	private static Draft view(StoredAttributes attributes, @Nullable String principal) {
		return new Draft(Basis.SEEN, attributes, principal, attributes.values(), Set.of());
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
	 * The session as this request sees it, its own changes included.
	 */
	Draft view() {
		return this.view;
	}

	/**
	 * Whether this use of the session was written down.
	 */
	boolean isTouched() {
		return this.touched;
	}

	/**
	 * The changes that are not written yet.
	 */
	List<Change> log() {
		return this.log;
	}

	/**
	 * The id that this request holds.
	 */
	@Nullable SessionId id() {
		return this.id;
	}

	@Nullable SessionRecord record() {
		return (this.stored != null) ? this.stored.record() : null;
	}

	@Nullable SessionKey key() {
		return (this.stored != null) ? this.stored.record().key() : null;
	}

	/**
	 * What a commit needs to know. For a stored session only.
	 */
	View known() {
		if (this.stored == null || this.id == null) {
			throw new IllegalStateException("The session is not stored");
		}
		// An error page may go on with a request that has ended and let go of it.
		return new View(hold(this.id.key()), this.stored, this.id.secretHash(), this.seen);
	}

	/**
	 * Whether the id that this request holds is the session's present one, as far as is
	 * known.
	 */
	boolean isCurrent() {
		return this.phase == Phase.STORED && this.id != null && this.stored != null
				&& this.stored.record().secretHash().equals(this.id.secretHash());
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
		SharedSession held = hold(presented.key());
		Found found = held.isEnded() ? null : this.engine.reader().find(presented, touch);
		if (found == null && (this.stored != null || held.isEndedAfter(this.engine.settings().storeTimeout()))) {
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
		}
		return true;
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

	private void become(StoredSession session) {
		this.phase = Phase.STORED;
		this.stored = session;
		this.seen = session.values();
		this.view = view(session.attributes(), session.record().principal());
	}

	/**
	 * Begins anew, with nothing.
	 */
	void becomeNew() {
		release();
		this.phase = Phase.NEW;
		this.id = null;
		this.stored = null;
		this.unstored = NO_ATTRIBUTES;
		this.seen = Map.of();
		this.log.clear();
		this.view = view(NO_ATTRIBUTES, null);
	}

	void becomeStored(Created created) {
		this.log.clear();
		this.id = created.id();
		hold(created.id().key());
		become(created.stored());
	}

	/**
	 * Keeps what can't be stored for the rest of the request.
	 */
	void becomeUnstored(StoredAttributes attributes) {
		this.log.clear();
		this.unstored = attributes;
		this.view = view(attributes, null);
	}

	/**
	 * Goes on with what was written.
	 */
	void becomeWritten(Written written) {
		this.log.clear();
		Draft draft = written.draft();
		Map<String, EncodedValue> before = this.view.values();
		this.touched |= draft.isChanged();
		switch (draft.basis()) {
			case SEEN, NEWER -> become(written.stored());
			case OTHER_ID -> becomeOther(written);
			case OTHER_PRINCIPAL, ENDED -> this.phase = Phase.ENDED;
		}
		SessionId newId = draft.newId();
		if (newId != null) {
			this.id = newId;
		}
		if (draft.basis() != Basis.SEEN) {
			noteOverwritten(before);
		}
		this.overwritten.removeAll(draft.touched());
	}

	private void noteOverwritten(Map<String, EncodedValue> before) {
		before.forEach((name, value) -> {
			if (!value.equals(this.view.values().get(name))) {
				this.overwritten.add(name);
			}
		});
	}

	/**
	 * Whether others have written an attribute since this request first saw it, and it
	 * has not written it itself since.
	 */
	boolean isOverwritten(String name) {
		return this.overwritten.contains(name);
	}

	/**
	 * What is stored under another id now is not for this request to see, but for what it
	 * has changed itself.
	 */
	private void becomeOther(Written written) {
		Map<String, EncodedValue> values = new LinkedHashMap<>(this.seen);
		Map<String, EncodedValue> now = written.stored().values();
		for (String name : written.draft().touched()) {
			EncodedValue value = written.draft().dropped().contains(name) ? this.view.values().get(name)
					: now.get(name);
			if (value != null) {
				values.put(name, value);
			}
			else {
				values.remove(name);
			}
		}
		this.stored = written.stored();
		this.seen = values;
		this.view = baseView();
	}

	void becomeEnded() {
		this.log.clear();
		this.phase = Phase.ENDED;
	}

	/**
	 * Notes a change, and makes it in what this request sees.
	 */
	void add(Change change) {
		change.applyTo(this.view);
		this.log.add(change);
	}

	/**
	 * Takes back the change noted last.
	 */
	void undo() {
		this.log.remove(this.log.size() - 1);
		this.view = baseView();
		this.log.forEach((change) -> change.applyTo(this.view));
	}

	private Draft baseView() {
		return (this.stored != null)
				? view(new StoredAttributes(this.stored.attributes().ownTimeout(),
						this.stored.attributes().ownCookieMaxAge(), this.seen), this.stored.record().principal())
				: view(this.unstored, null);
	}

	/**
	 * Applies the changes that are not written yet to a session that has nothing stored.
	 */
	Draft replay(Basis basis) {
		Draft draft = new Draft(basis, this.unstored, null, this.seen, Set.of());
		this.log.forEach((change) -> change.applyTo(draft));
		return draft;
	}

	/**
	 * Forgets the changes that are not written yet.
	 */
	void discard(ChangesDropped.Reason reason) {
		SessionKey key = key();
		if (key != null && !this.log.isEmpty()) {
			this.engine.events().dropped(key, this.view.touched(), reason);
		}
		this.log.clear();
		this.view = baseView();
	}

}
