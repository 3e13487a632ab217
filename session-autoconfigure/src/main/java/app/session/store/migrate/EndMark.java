package app.session.store.migrate;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import app.session.SecretHash;
import app.session.SessionKey;
import app.session.SessionRecord;
import app.session.WriterTag;

/**
 * What stands in the target in the place of a session that has ended: whoever is about to
 * move that session, having read it before, finds its key taken. It is a record that
 * nobody's secret opens, without data, and it ends by itself.
 */
final class EndMark {

	/** No secret has this hash, as far as anybody knows. */
	private static final SecretHash HASH = SecretHash.of(new byte[SecretHash.LENGTH]);

	/** Far above any version that an update in flight expects. */
	private static final long VERSION = 1L << 40;

	/**
	 * Nobody is held up for as long as this between reading a session and moving it.
	 */
	private static final Duration LONGEST_MOVE = Duration.ofHours(1);

	private static final byte[] NO_DATA = new byte[0];

	private EndMark() {
	}

	/**
	 * Whether a record is such a mark.
	 */
	static boolean is(SessionRecord record) {
		return record.secretHash().equals(HASH);
	}

	/**
	 * The mark that follows a record of the target. It lasts as long as the session could
	 * have, since that may still be in the source, if a move was cut short. It remembers
	 * no writer of the session: who asks again whether an update was made is told that
	 * the session is gone.
	 */
	static SessionRecord after(SessionRecord record, WriterTag tag) {
		return new SessionRecord(record.key(), record.version() + 1, List.of(tag), HASH, record.creationTime(),
				record.lastAccessedTime(), record.lifetime(), record.lifetime(), null, NO_DATA);
	}

	/**
	 * The mark of a session that was not moved. It lasts as long as the session could
	 * have in the source.
	 */
	static SessionRecord of(SessionRecord left, WriterTag tag) {
		return mark(left.key(), left.creationTime(), left.lifetime().plus(LONGEST_MOVE), tag);
	}

	/**
	 * The mark of a session that is in neither store.
	 */
	static SessionRecord of(SessionKey key, WriterTag tag) {
		return mark(key, Instant.EPOCH, LONGEST_MOVE, tag);
	}

	private static SessionRecord mark(SessionKey key, Instant creationTime, Duration lifetime, WriterTag tag) {
		return new SessionRecord(key, VERSION, List.of(tag), HASH, creationTime, creationTime, lifetime, lifetime, null,
				NO_DATA);
	}

}
