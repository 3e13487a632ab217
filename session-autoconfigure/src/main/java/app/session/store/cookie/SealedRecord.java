package app.session.store.cookie;

import app.session.SessionRecord;
import app.session.crypto.SessionId;

/**
 * What is under a seal.
 *
 * @param record the session; its writers are not kept
 * @param id its id
 * @param epoch the epoch of its principal that it is valid in, or {@link #NO_EPOCH}
 */
record SealedRecord(SessionRecord record, SessionId id, long epoch) {

	/** No epoch: the session can't be revoked, or was never admitted. */
	static final long NO_EPOCH = -1;

}
