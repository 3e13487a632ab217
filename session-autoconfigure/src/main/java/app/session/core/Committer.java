package app.session.core;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import app.session.SecretHash;
import app.session.SessionKey;
import app.session.SessionRecord;
import app.session.SessionReplyLostException;
import app.session.SessionRepository;
import app.session.SessionStoreUnavailableException;
import app.session.WriterTag;
import app.session.codec.EncodedValue;
import app.session.codec.StoredAttributes;
import app.session.core.Draft.Basis;
import app.session.crypto.SessionId;
import app.session.crypto.SessionIds;

/**
 * Writes change logs to the repository. The merge lives here and nowhere else: on a
 * conflict the newer record is loaded and the log is replayed on it, until it is written,
 * the session has ended, or the time is up.
 * <p>
 * A commit takes a bounded time. It begins no call when {@code store-timeout} has passed
 * since it came, the wait for others of its session included, and the store bounds each
 * call by the same time. So a store that is silent holds a commit for that time, and one
 * that answers late, after a wait or while others write, for twice that time at most.
 */
final class Committer {

	private static final int CREATE_ATTEMPTS = 3;

	private final SessionRepository repository;

	private final SharedSessions sharedSessions;

	private final SessionIds ids;

	private final EngineSettings settings;

	private final Limits limits;

	private final InstantSource clock;

	private final Events events;

	Committer(SessionRepository repository, SharedSessions sharedSessions, SessionIds ids, EngineSettings settings,
			InstantSource clock, Events events) {
		this.repository = repository;
		this.sharedSessions = sharedSessions;
		this.ids = ids;
		this.settings = settings;
		this.limits = new Limits(settings);
		this.clock = clock;
		this.events = events;
	}

	/**
	 * Stores a new session. If the reply is lost this fails, and the cookie is not sent:
	 * a record of the first version can't tell whether it was this call that made it or
	 * another, and one that nobody has the id of ends by itself.
	 * @param draft its content
	 * @param proposed the id to be taken unless its key is in use
	 * @return the session and its id
	 */
	Created create(Draft draft, SessionId proposed) {
		WriterTag tag = this.ids.newTag();
		Instant now = this.clock.instant();
		StoredAttributes attributes = draft.attributes();
		Duration idleTimeout = idleTimeout(attributes, draft.principal());
		byte[] data = this.limits.write(Map.of(), attributes);
		for (int attempt = 1; attempt <= CREATE_ATTEMPTS; attempt++) {
			SessionId id = (attempt == 1) ? proposed : this.ids.newId();
			SessionRecord record = new SessionRecord(id.key(), 1, List.of(tag), id.secretHash(), now, now, idleTimeout,
					this.settings.maxLifetime(), draft.principal(), data);
			if (this.repository.create(record)) {
				return new Created(id, new StoredSession(record, attributes));
			}
		}
		throw new IllegalStateException(
				CREATE_ATTEMPTS + " new session keys were in use already: is the source of randomness sound?");
	}

	/**
	 * Writes a change log to a stored session.
	 * @param view what the request has seen
	 * @param log the changes
	 * @param exact whether to load the session again before concluding that the log
	 * changes nothing
	 * @return what was written, or {@code null} if the session has ended
	 */
	@Nullable Written update(View view, List<Change> log, boolean exact) {
		return update(view, log, exact, false);
	}

	/**
	 * The same, up to the first call that would write: for those who have something to
	 * add to the log then, and not before.
	 * @return what was written, if there was nothing to write; what would have been,
	 * marked as {@linkplain Written#pending pending}; {@code null} if the session has
	 * ended
	 */
	@Nullable Written prepare(View view, List<Change> log, boolean exact) {
		return update(view, log, exact, true);
	}

	private @Nullable Written update(View view, List<Change> log, boolean exact, boolean prepare) {
		SharedSession shared = view.shared();
		Deadline deadline = deadline();
		shared.enter(deadline);
		try {
			return shared.isEnded() ? null : replayUntilWritten(view, log, exact, prepare, deadline);
		}
		finally {
			shared.leave();
		}
	}

	/**
	 * When whoever begins to wait for a session now has to give up.
	 */
	Deadline deadline() {
		return Deadline.in(this.clock, this.settings.storeTimeout());
	}

	private @Nullable Written replayUntilWritten(View view, List<Change> log, boolean exact, boolean prepare,
			Deadline deadline) {
		SharedSession shared = view.shared();
		Turn turn = view.turn();
		WriterTag tag = this.ids.newTag();
		StoredSession current = shared.newest(view.stored());
		boolean fresh = !exact;
		while (true) {
			Draft draft = replay(view, current, log);
			if (prepare && draft.isChanged()) {
				return new Written(current, draft, true);
			}
			if (turn != null) {
				turn.check(current.record().version() != view.stored().record().version(), draft.unseen());
			}
			Attempt attempt = (draft.isChanged()) ? write(current, draft, tag, deadline)
					: new Attempt(fresh, false, current);
			if (attempt.done()) {
				shared.written(attempt.stored());
				return new Written(attempt.stored(), draft, false);
			}
			if (deadline.isOver()) {
				throw attempt.replyLost() ? unknown(shared) : outrun(shared, deadline);
			}
			StoredSession found = StoredSession.of(this.repository.find(shared.key()), this.events);
			if (found == null) {
				this.sharedSessions.end(shared);
				return null;
			}
			SessionRecord newer = found.record();
			if (attempt.replyLost() && newer.version() - current.record().version() > SessionRecord.MAX_WRITERS) {
				throw unknown(shared);
			}
			if (deadline.isOver()) {
				throw outrun(shared, deadline);
			}
			current = found;
			fresh = true;
		}
	}

	private static SessionStoreUnavailableException unknown(SharedSession shared) {
		return new SessionStoreUnavailableException(
				"It can't be known any more whether a change of session " + shared.key() + " was written", null);
	}

	private static SessionStoreUnavailableException outrun(SharedSession shared, Deadline deadline) {
		return new SessionStoreUnavailableException("Session " + shared.key() + " was written by others for "
				+ deadline.limit() + "; this change was not written", null);
	}

	private Draft replay(View view, StoredSession current, List<Change> log) {
		SessionRecord record = current.record();
		Draft draft = new Draft(basis(view, record), current.attributes(), record.principal(), view.seen(),
				this.settings.securityNames());
		log.forEach((change) -> change.applyTo(draft));
		return draft;
	}

	private static Basis basis(View view, SessionRecord current) {
		if (!current.secretHash().equals(view.secretHash())) {
			return Objects.equals(current.principal(), view.stored().record().principal()) ? Basis.OTHER_ID
					: Basis.OTHER_PRINCIPAL;
		}
		return (current.version() == view.stored().record().version()) ? Basis.SEEN : Basis.NEWER;
	}

	private Attempt write(StoredSession current, Draft draft, WriterTag tag, Deadline deadline) {
		SessionRecord record = current.record();
		StoredAttributes attributes = draft.attributes();
		SessionId newId = draft.newId();
		SessionRecord next = record.next(tag, (newId != null) ? newId.secretHash() : record.secretHash(),
				idleTimeout(attributes, draft.principal()), draft.principal(),
				this.limits.write(current.values(), attributes));
		StoredSession stored = new StoredSession(next, attributes);
		try {
			return new Attempt(this.repository.update(next), false, stored);
		}
		catch (SessionReplyLostException ex) {
			if (deadline.isOver()) {
				throw ex;
			}
			// The record remembers its writers, so asking again can't write twice.
			return new Attempt(this.repository.update(next), true, stored);
		}
	}

	private Duration idleTimeout(StoredAttributes attributes, @Nullable String principal) {
		return this.settings.idleTimeout(this.settings.timeout(attributes.ownTimeout(), principal));
	}

	/**
	 * Removes a session, for the requests in flight as well.
	 * @param key the session
	 * @return whether it was this call that removed it
	 */
	boolean delete(SessionKey key) {
		SharedSession shared = this.sharedSessions.hold(key);
		try {
			Deadline deadline = deadline();
			shared.enter(deadline);
			try {
				boolean deleted = deleteRecord(key, deadline);
				this.sharedSessions.end(shared);
				return deleted;
			}
			finally {
				shared.leave();
			}
		}
		finally {
			this.sharedSessions.release(shared);
		}
	}

	private boolean deleteRecord(SessionKey key, Deadline deadline) {
		try {
			return this.repository.delete(key);
		}
		catch (SessionReplyLostException ex) {
			if (deadline.isOver()) {
				throw ex;
			}
			// The call that removed it may be the lost one. To tell its end twice is
			// better than never.
			this.repository.delete(key);
			return true;
		}
	}

	/**
	 * What a request has seen of its session.
	 *
	 * @param shared the session on this node
	 * @param stored the record it knows
	 * @param secretHash the hash of the secret it holds
	 * @param seen the values it has seen
	 * @param turn its turn, if it is serialized
	 */
	record View(SharedSession shared, StoredSession stored, SecretHash secretHash, Map<String, EncodedValue> seen,
			@Nullable Turn turn) {
	}

	/**
	 * A session stored for the first time.
	 */
	record Created(SessionId id, StoredSession stored) {
	}

	/**
	 * A change log written.
	 *
	 * @param stored the session with it
	 * @param draft what it did
	 * @param pending whether it is yet to be written, and the session is without it
	 */
	record Written(StoredSession stored, Draft draft, boolean pending) {
	}

	private record Attempt(boolean done, boolean replyLost, StoredSession stored) {
	}

}
