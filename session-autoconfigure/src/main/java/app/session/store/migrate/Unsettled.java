package app.session.store.migrate;

import java.util.ArrayList;
import java.util.List;

import app.session.SessionRecord;
import app.session.WriterTag;

/**
 * The mark by which a record tells that its session came from the source, and may still
 * be there: a writer that nobody is. It goes from record to record as writers do, so
 * whoever writes next sees to what a crash has left, and after a few writes nobody looks
 * any more.
 */
final class Unsettled {

	private static final WriterTag SOURCE = new WriterTag(0x736F_7572_6365_0001L);

	private Unsettled() {
	}

	/**
	 * A record as it was read from the source, with the mark.
	 */
	static SessionRecord mark(SessionRecord left) {
		List<WriterTag> writers = new ArrayList<>(SessionRecord.MAX_WRITERS);
		writers.add(SOURCE);
		writers.addAll(left.writers().subList(0, Math.min(left.writers().size(), SessionRecord.MAX_WRITERS - 1)));
		return new SessionRecord(left.key(), left.version(), writers, left.secretHash(), left.creationTime(),
				left.lastAccessedTime(), left.idleTimeout(), left.lifetime(), left.principal(), left.data());
	}

	/**
	 * Whether a record that is to be written may be the first that is written to the
	 * target, or the one after it.
	 */
	static boolean is(SessionRecord next) {
		int at = next.writers().indexOf(SOURCE);
		return at >= 0 && at <= 2;
	}

}
