package app.session.store.cookie;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import app.session.PrincipalIndex;
import app.session.SessionKey;
import app.session.SessionLimit;
import app.session.SessionRecord;
import app.session.SessionRepository;
import app.session.store.ClientHeldRecord;
import org.jspecify.annotations.Nullable;

/**
 * A request's own record that is absent if its principal's sessions were revoked since it
 * was sealed. The principal's epoch is asked for when such a session is read, and no
 * answer is no session: then the index's failure is the caller's. Safe for use by the
 * threads of the request.
 */
final class RevocableRecord implements SessionRepository, PrincipalIndex {

	private final ClientHeldRecord held;

	private final Revocations revocations;

	private volatile @Nullable Standing standing;

	/**
	 * Creates the record of a request.
	 * @param held the record
	 * @param brought what the client brought, if it did
	 * @param revocations the epochs
	 */
	RevocableRecord(ClientHeldRecord held, @Nullable SealedRecord brought, Revocations revocations) {
		this.held = held;
		this.revocations = revocations;
		SessionRecord record = (brought != null) ? brought.record() : null;
		String principal = (record != null) ? record.principal() : null;
		if (record != null && brought != null && principal != null) {
			this.standing = standing(record.key(), principal, brought.epoch());
		}
	}

	private Standing standing(SessionKey key, String principal, long epoch) {
		AtomicLong spared = this.revocations.spared(key, principal);
		return new Standing(principal, epoch, spared, spared.get());
	}

	/**
	 * The epoch to seal a record with. Whoever was not admitted gets none, and is nobody
	 * in the next request.
	 */
	long epochOf(SessionRecord record) {
		Standing present = this.standing;
		String principal = record.principal();
		return (present != null && present.principal().equals(principal)) ? present.epoch() : SealedRecord.NO_EPOCH;
	}

	/**
	 * Whether the session was spared since its client was told of it.
	 */
	boolean isToBeSealedAgain(long told) {
		SessionRecord record = this.held.record();
		return record != null && record.principal() != null && epochOf(record) != told;
	}

	@Override
	public @Nullable SessionRecord find(SessionKey key) {
		SessionRecord record = this.held.find(key);
		return (record != null && isValid(record)) ? record : null;
	}

	@Override
	public @Nullable SessionRecord findAndTouch(SessionKey key) {
		SessionRecord record = find(key);
		return (record != null && this.held.touch(key)) ? record : null;
	}

	private boolean isValid(SessionRecord record) {
		String principal = record.principal();
		if (principal == null) {
			return true;
		}
		long epoch = epochOf(record);
		return epoch != SealedRecord.NO_EPOCH && epoch == this.revocations.epoch(principal);
	}

	@Override
	public boolean create(SessionRecord record) {
		return this.held.create(record);
	}

	@Override
	public boolean update(SessionRecord record) {
		return this.held.update(record);
	}

	/**
	 * Asks for the epoch if the use is to be noted: a session that was revoked is sealed
	 * no more.
	 */
	@Override
	public boolean touch(SessionKey key) {
		return this.held.isTouchDue() ? findAndTouch(key) != null : this.held.touch(key);
	}

	@Override
	public boolean delete(SessionKey key) {
		return this.held.delete(key);
	}

	@Override
	public long epoch(String principal) {
		return this.revocations.epoch(principal);
	}

	@Override
	public List<SessionKey> members(String principal) {
		return this.revocations.members(principal);
	}

	/**
	 * Remembers the epoch, to be sealed with the record.
	 */
	@Override
	public Admission admit(String principal, SessionKey key, long epoch, SessionLimit limit) {
		// Before the question: who is spared after it counts.
		Standing next = standing(key, principal, epoch);
		Admission admission = this.revocations.admit(principal, key, epoch, limit);
		if (admission.status() == Admission.Status.ADMITTED) {
			this.standing = next;
		}
		return admission;
	}

	@Override
	public List<SessionKey> revoke(String principal, @Nullable SessionKey spared) {
		return this.revocations.revoke(principal, spared);
	}

	@Override
	public void strikeOff(String principal, List<SessionKey> keys) {
		this.revocations.strikeOff(principal, keys);
	}

	/**
	 * In which epoch the session is valid. To be spared moves it by one, whatever the
	 * present epoch is by then: if somebody else has revoked all sessions as well, this
	 * one is among them.
	 *
	 * @param principal whose session it is
	 * @param admitted the epoch that it was sealed with, or admitted in
	 * @param spared how often it was spared
	 * @param before how often it had been spared then
	 */
	private record Standing(String principal, long admitted, AtomicLong spared, long before) {

		long epoch() {
			return (this.admitted != SealedRecord.NO_EPOCH) ? this.admitted + this.spared.get() - this.before
					: SealedRecord.NO_EPOCH;
		}

	}

}
