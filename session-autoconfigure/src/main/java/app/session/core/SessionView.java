package app.session.core;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import app.session.codec.EncodedValue;
import app.session.codec.StoredAttributes;
import app.session.codec.StoredLogin;
import app.session.core.Committer.Written;
import app.session.core.Draft.Basis;

/**
 * What one request sees in its session: what it has read, with its own changes made in
 * it, and the log of those that are not written yet. Not safe for several threads:
 * {@link RequestGuard} sees to that.
 */
final class SessionView {

	private static final StoredAttributes NO_ATTRIBUTES = new StoredAttributes(null, null, null, Map.of());

	private final List<Change> log = new ArrayList<>();

	private final Set<String> overwritten = new HashSet<>();

	private @Nullable StoredSession stored;

	/**
	 * What a new session holds that can't be stored: see {@link ClientChannel#canSend}.
	 */
	private StoredAttributes unstored = NO_ATTRIBUTES;

	private Map<String, EncodedValue> seen = Map.of();

	private @Nullable StoredLogin seenLogin;

	private Draft draft = draft(NO_ATTRIBUTES, null);

	private static Draft draft(StoredAttributes attributes, @Nullable String principal) {
		return new Draft(Basis.SEEN, attributes, principal, attributes.values(), Set.of());
	}

	/**
	 * The changes that are not written yet.
	 */
	List<Change> log() {
		return this.log;
	}

	/**
	 * The session as this request sees it, its own changes included.
	 */
	Draft draft() {
		return this.draft;
	}

	/**
	 * The stored session that this request knows.
	 */
	@Nullable StoredSession stored() {
		return this.stored;
	}

	/**
	 * The stored values that this request has seen.
	 */
	Map<String, EncodedValue> seen() {
		return this.seen;
	}

	/**
	 * Whether others have written an attribute since this request first saw it, and it
	 * has not written it itself since.
	 */
	boolean isOverwritten(String name) {
		return this.overwritten.contains(name);
	}

	/**
	 * Sees nothing any more.
	 */
	void clear() {
		this.log.clear();
		this.stored = null;
		this.unstored = NO_ATTRIBUTES;
		this.seen = Map.of();
		this.seenLogin = null;
		this.draft = draft(NO_ATTRIBUTES, null);
	}

	void show(StoredSession session) {
		this.log.clear();
		this.stored = session;
		this.seen = session.values();
		this.seenLogin = session.attributes().lastLogin();
		this.draft = draft(session.attributes(), session.record().principal());
	}

	/**
	 * Keeps what can't be stored for the rest of the request.
	 */
	void showUnstored(StoredAttributes attributes) {
		this.log.clear();
		this.unstored = attributes;
		this.draft = draft(attributes, null);
	}

	/**
	 * Goes on with what was written.
	 */
	void showWritten(Written written) {
		this.log.clear();
		Draft draft = written.draft();
		Map<String, EncodedValue> before = this.draft.values();
		switch (draft.basis()) {
			case SEEN -> show(written.stored());
			case NEWER -> {
				show(written.stored());
				noteOverwritten(before);
			}
			case OTHER_ID -> {
				showOther(written);
				noteOverwritten(before);
			}
			case OTHER_PRINCIPAL, ENDED -> {
				// Nothing of it is for this request to see.
			}
		}
		this.overwritten.removeAll(draft.touched());
	}

	/**
	 * What is stored under another id now is not for this request to see, but for what it
	 * has changed itself. Nor has it a part in a login that gave that id.
	 */
	private void showOther(Written written) {
		Map<String, EncodedValue> values = new LinkedHashMap<>(this.seen);
		Map<String, EncodedValue> now = written.stored().values();
		for (String name : written.draft().touched()) {
			EncodedValue value = written.draft().dropped().contains(name) ? this.draft.values().get(name)
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
		this.draft = base();
	}

	private void noteOverwritten(Map<String, EncodedValue> before) {
		before.forEach((name, value) -> {
			if (!value.equals(this.draft.values().get(name))) {
				this.overwritten.add(name);
			}
		});
	}

	/**
	 * Notes a change, and makes it in what this request sees.
	 */
	void add(Change change) {
		change.applyTo(this.draft);
		this.log.add(change);
	}

	/**
	 * Takes back the change noted last.
	 */
	void undo() {
		this.log.remove(this.log.size() - 1);
		this.draft = base();
		this.log.forEach((change) -> change.applyTo(this.draft));
	}

	/**
	 * Forgets the changes that are not written yet.
	 */
	void discard() {
		this.log.clear();
		this.draft = base();
	}

	private Draft base() {
		return (this.stored != null) ? draft(new StoredAttributes(this.stored.attributes().ownTimeout(),
				this.stored.attributes().ownCookieMaxAge(), this.seenLogin, this.seen),
				this.stored.record().principal()) : draft(this.unstored, null);
	}

	/**
	 * Applies the changes that are not written yet to a session that has nothing stored.
	 */
	Draft replay(Basis basis) {
		Draft replayed = new Draft(basis, this.unstored, null, this.seen, Set.of());
		this.log.forEach((change) -> change.applyTo(replayed));
		return replayed;
	}

}
