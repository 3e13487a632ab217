package app.session.store.migrate;

import java.time.Duration;
import java.time.InstantSource;

import app.session.PrincipalIndex.Admission.Status;
import app.session.SessionKey;
import app.session.SessionLimit;
import app.session.SessionRecord;
import app.session.SessionReplyLostException;
import app.session.SessionStoreUnavailableException;
import app.session.crypto.SessionIds;
import app.session.store.SessionSource;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Moves and ends sessions that are in the source. The target alone decides: a session is
 * moved, or has ended, by the one operation that inserts its record or its
 * {@link EndMark} there. What is left in the source from then on counts for nothing.
 */
final class Moves {

	private static final Log logger = LogFactory.getLog(Moves.class);

	private final Target target;

	private final SessionSource source;

	private final SessionIds ids;

	private final InstantSource clock;

	Moves(Target target, SessionSource source, SessionIds ids, InstantSource clock) {
		this.target = target;
		this.source = source;
		this.ids = ids;
		this.clock = clock;
	}

	/**
	 * Moves a session.
	 * @param record the record that it is to have in the target
	 * @param left the record that it has in the source
	 * @return {@code false} if it was moved, or ended, by somebody else
	 */
	boolean move(SessionRecord record, SessionRecord left) {
		if (!this.target.adoption().adopt(outliving(record, left), age(left))) {
			return false;
		}
		try {
			settle(record, left);
		}
		catch (SessionReplyLostException ex) {
			throw ex;
		}
		catch (SessionStoreUnavailableException ex) {
			throw new SessionReplyLostException("Session " + left.key() + " is moved, but not all that belongs to it",
					ex);
		}
		return true;
	}

	/**
	 * As long as a session may be in both stores it must not end in the target first: it
	 * would come back as it was.
	 */
	private static SessionRecord outliving(SessionRecord record, SessionRecord left) {
		if (record.idleTimeout().compareTo(left.idleTimeout()) >= 0) {
			return record;
		}
		return new SessionRecord(record.key(), record.version(), record.writers(), record.secretHash(),
				record.creationTime(), record.lastAccessedTime(), left.idleTimeout(), record.lifetime(),
				record.principal(), record.data());
	}

	/**
	 * Does what is left to be done for a session that is in the target. May be done
	 * again.
	 */
	void settle(SessionRecord record, SessionRecord left) {
		String principal = left.principal();
		if (principal != null && principal.equals(record.principal())) {
			admit(principal, left.key());
		}
		deleteFromSource(left.key());
	}

	/**
	 * Makes a session a member that was one in the source. If all sessions of the
	 * principal are revoked meanwhile it needs no other answer: whoever does it has found
	 * the session in the source, and ends it.
	 */
	private void admit(String principal, SessionKey key) {
		Status status = Status.STALE;
		while (status == Status.STALE) {
			long epoch = this.target.principals().epoch(principal);
			status = this.target.principals().admit(principal, key, epoch, SessionLimit.NONE).status();
		}
	}

	/**
	 * Ends a session that is in the source.
	 * @return {@code false} if it was moved, or ended, by somebody else
	 */
	boolean end(SessionRecord left) {
		if (!this.target.adoption().adopt(EndMark.of(left, this.ids.newTag()), age(left))) {
			return false;
		}
		deleteFromSource(left.key());
		return true;
	}

	/**
	 * Keeps a session from being moved that is in neither store, by somebody who has read
	 * it before.
	 * @return {@code false} if it was moved, or ended, by somebody else
	 */
	boolean end(SessionKey key) {
		return this.target.adoption().adopt(EndMark.of(key, this.ids.newTag()), Duration.ZERO);
	}

	/**
	 * Ends a session that is in the target.
	 * @return {@code false} if it was written, or ended, by somebody else
	 */
	boolean endMoved(SessionRecord record) {
		if (!this.target.records().update(EndMark.after(record, this.ids.newTag()))) {
			return false;
		}
		deleteFromSource(record.key());
		return true;
	}

	/** What is decided is decided, whether or not the source answers. */
	void deleteFromSource(SessionKey key) {
		try {
			this.source.delete(key);
		}
		catch (SessionStoreUnavailableException ex) {
			logger.warn("Session " + key + " could not be deleted from the store that is left: " + ex.getMessage());
		}
	}

	private Duration age(SessionRecord left) {
		Duration age = Duration.between(left.creationTime(), this.clock.instant());
		return age.isNegative() ? Duration.ZERO : age;
	}

}
