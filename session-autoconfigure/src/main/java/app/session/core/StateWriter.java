package app.session.core;

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import app.session.SessionEvent;
import app.session.SessionEvent.ChangesDropped;
import app.session.SessionEvent.Destroyed;
import app.session.SessionKey;
import app.session.SessionRecord;
import app.session.core.Committer.Created;
import app.session.core.Committer.View;
import app.session.core.Committer.Written;
import app.session.core.Draft.Basis;
import app.session.crypto.SessionId;

/**
 * Has what one request changed written, tells the client, and publishes what happened.
 */
final class StateWriter {

	private final SessionEngine engine;

	private final ClientChannel client;

	private final SessionState state;

	private final SessionTimes times;

	private final RequestHooks hooks;

	private @Nullable SessionWatcher watcher;

	private @Nullable Change exactChange;

	private boolean ending;

	StateWriter(SessionEngine engine, ClientChannel client, SessionState state, SessionTimes times,
			RequestHooks hooks) {
		this.engine = engine;
		this.client = client;
		this.state = state;
		this.times = times;
		this.hooks = hooks;
	}

	void watch(SessionWatcher watcher) {
		this.watcher = watcher;
	}

	/**
	 * Writes the change log.
	 */
	void write() {
		write(false);
	}

	/**
	 * Makes a change at once, together with those noted before: what it computes is the
	 * stored truth.
	 * @param fresh whether the session was read just now
	 */
	void writeExact(Change change, boolean fresh) {
		this.state.view().log().add(change);
		this.exactChange = change;
		try {
			write(!fresh);
		}
		finally {
			this.exactChange = null;
			// Unless it was written, it must not be tried again behind the caller's back.
			this.state.view().log().remove(change);
		}
	}

	private void write(boolean exact) {
		this.hooks.checkNotSaving();
		// What was changed in place is not refused before it is found here.
		this.state.checkAvailable();
		switch (this.state.phase()) {
			case NEW -> create();
			case STORED -> update(exact);
			case ENDED -> drop();
			case UNREAD, UNAVAILABLE -> throw new IllegalStateException("A session is read before it is changed");
		}
	}

	private void create() {
		Draft draft = this.state.view().replay(Basis.SEEN);
		if (isToBeStored(draft) && !this.hooks.areNone()) {
			beforeSave();
			draft = this.state.view().replay(Basis.SEEN);
		}
		if (!isToBeStored(draft)) {
			this.state.view().showUnstored(draft.attributes());
			return;
		}
		Created created = this.engine.committer().create(draft, this.state.nextId());
		this.state.becomeStored(created);
		this.engine.reader().touched(created.stored());
		this.engine.events().publish(new SessionEvent.Created(created.id().key()));
		admit(null, draft);
		this.client.send(created.id(), this.times.cookieMaxAge());
		if (this.watcher != null) {
			this.watcher.created();
		}
	}

	private boolean isToBeStored(Draft draft) {
		return draft.isChanged() && this.client.canSend();
	}

	/**
	 * Lets the hooks add to the log. An exact change stays the last: what it computes is
	 * what is stored.
	 */
	private void beforeSave() {
		List<Change> log = this.state.view().log();
		Change exact = this.exactChange;
		if (exact == null) {
			this.hooks.beforeSave();
			return;
		}
		log.remove(exact);
		try {
			this.hooks.beforeSave();
		}
		finally {
			log.add(exact);
		}
	}

	private @Nullable Written commit(View known, boolean exact) {
		List<Change> log = this.state.view().log();
		if (!this.hooks.areNone()) {
			Written written = this.engine.committer().prepare(known, log, exact);
			if (written == null || !written.pending()) {
				return written;
			}
			beforeSave();
		}
		return this.engine.committer().update(known, log, exact);
	}

	private void update(boolean exact) {
		View known = this.state.known();
		Written written = commit(known, exact);
		if (written == null) {
			drop();
			return;
		}
		this.state.becomeWritten(written);
		if (written.draft().isChanged()) {
			this.engine.reader().touched(written.stored());
		}
		announce(known.stored().record(), written.draft());
	}

	private void announce(SessionRecord before, Draft draft) {
		Events events = this.engine.events();
		if (!draft.conflicts().isEmpty()) {
			events.publish(new SessionEvent.ConflictMerged(before.key(), Set.copyOf(draft.conflicts())));
		}
		if (!draft.dropped().isEmpty() || draft.isRefused()) {
			events.dropped(before.key(), draft.dropped(), ChangesDropped.Reason.ID_CHANGED);
		}
		if (draft.newId() != null) {
			events.publish(new SessionEvent.IdChanged(before.key()));
		}
		admit(before.principal(), draft);
		SessionId id = this.state.id();
		if (id != null && (draft.newId() != null || draft.isCookieMaxAgeChanged())) {
			this.client.send(id, this.times.cookieMaxAge());
		}
	}

	private void admit(@Nullable String before, Draft draft) {
		SessionKey key = this.state.key();
		if (draft.login() == null || key == null) {
			return;
		}
		try {
			this.engine.logins().admit(key, before, draft.login());
		}
		catch (RuntimeException ex) {
			this.state.becomeEnded();
			throw ex;
		}
	}

	/**
	 * Gives up the changes of a session that has ended. They are replayed once more on
	 * nothing, so that exact operations have an answer.
	 */
	private void drop() {
		SessionId id = this.state.id();
		Set<String> names = this.state.view().replay(Basis.ENDED).touched();
		this.state.becomeEnded();
		if (id != null) {
			this.engine.events().dropped(id.key(), names, ChangesDropped.Reason.SESSION_ENDED);
		}
	}

	/**
	 * Ends the session. What is noted afterwards begins another, unless the session had
	 * ended already: then the answer to this request is late, and the client may have a
	 * newer one.
	 * @return whether it was this request that ended it
	 */
	private boolean end(Destroyed.Reason reason) {
		// Who is told of the end may well ask for it.
		if (this.ending) {
			return false;
		}
		tellOfEnd();
		SessionRecord record = this.state.record();
		if (this.state.phase() != Phase.STORED || record == null) {
			if (this.state.phase() == Phase.NEW) {
				this.state.becomeNew();
			}
			return false;
		}
		if (!this.engine.committer().delete(record.key())) {
			this.state.becomeEnded();
			return false;
		}
		this.engine.ended(record, reason);
		this.state.becomeNew();
		return true;
	}

	private void tellOfEnd() {
		boolean stored = this.state.phase() == Phase.STORED;
		if (this.watcher == null || !(stored || this.state.phase() == Phase.NEW)) {
			return;
		}
		this.ending = true;
		try {
			this.watcher.ending(stored ? this.state.key() : null);
		}
		finally {
			this.ending = false;
		}
	}

	/**
	 * Ends the session, and takes the client's id away.
	 */
	void invalidate() {
		if (end(Destroyed.Reason.INVALIDATED)) {
			this.client.clear();
		}
	}

	/**
	 * Ends the session, unless somebody else has given it another id: to replace the
	 * secret first decides that atomically, and keeps out whoever else is writing.
	 */
	void reset() {
		if (this.state.phase() == Phase.STORED && !this.ending) {
			View known = this.state.known();
			SessionId fence = this.engine.ids().newSecret(known.shared().key());
			Written written = this.engine.committer().update(known, List.of((draft) -> draft.changeId(fence)), false);
			if (written == null || written.draft().isRefused()) {
				this.engine.events().dropped(known.shared().key(), Set.of(), ChangesDropped.Reason.ID_CHANGED);
				this.state.becomeEnded();
				return;
			}
		}
		end(Destroyed.Reason.RESET);
	}

}
