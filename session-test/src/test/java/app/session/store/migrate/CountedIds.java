package app.session.store.migrate;

import java.util.concurrent.atomic.AtomicLong;

import app.session.SessionKey;
import app.session.WriterTag;
import app.session.crypto.SessionId;
import app.session.crypto.SessionIds;

/**
 * Tags of which it is known before which will be given out.
 */
final class CountedIds implements SessionIds {

	private final AtomicLong next;

	CountedIds(long node) {
		this.next = new AtomicLong(1000 * node);
	}

	@Override
	public SessionId newId() {
		throw new UnsupportedOperationException();
	}

	@Override
	public SessionId newSecret(SessionKey key) {
		throw new UnsupportedOperationException();
	}

	@Override
	public WriterTag newTag() {
		return new WriterTag(this.next.getAndIncrement());
	}

}
