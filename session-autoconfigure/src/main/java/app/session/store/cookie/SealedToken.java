package app.session.store.cookie;

import java.util.Objects;

import app.session.SessionRecord;
import app.session.SessionRepository;
import app.session.core.ClientToken;
import app.session.core.SessionEngine;
import app.session.crypto.SessionId;
import app.session.store.ClientHeldRecord;
import org.jspecify.annotations.Nullable;

/**
 * The session that a client holds, opened for one request.
 */
final class SealedToken implements ClientToken {

	private final SealedTokens tokens;

	private final @Nullable SessionId id;

	private final ClientHeldRecord held;

	private final @Nullable RevocableRecord revocable;

	/** Whether the client holds a text by today's key. */
	private boolean currentKey;

	/** The epoch in the text that the client holds. */
	private long told;

	/**
	 * Opens the session of a request.
	 * @param tokens how texts are made
	 * @param brought what the client brought, or {@code null}
	 * @param currentKey whether it was sealed by the key that seals today
	 * @param held the record
	 * @param revocable the same, if it can be revoked
	 */
	SealedToken(SealedTokens tokens, @Nullable SealedRecord brought, boolean currentKey, ClientHeldRecord held,
			@Nullable RevocableRecord revocable) {
		this.tokens = tokens;
		this.id = (brought != null) ? brought.id() : null;
		this.told = (brought != null) ? brought.epoch() : SealedRecord.NO_EPOCH;
		this.currentKey = currentKey;
		this.held = held;
		this.revocable = revocable;
	}

	@Override
	public @Nullable SessionId id() {
		return this.id;
	}

	@Override
	public SessionEngine engine(SessionEngine shared) {
		return shared.bound(repository(), false);
	}

	/**
	 * The records that this request can reach.
	 */
	SessionRepository repository() {
		return Objects.requireNonNullElse(this.revocable, this.held);
	}

	/**
	 * Seals the newest record. It fits into a cookie: that was seen to when it was
	 * written.
	 * @throws IllegalStateException if there is no session, or another than {@code id}
	 */
	@Override
	public synchronized String text(SessionId id) {
		SessionRecord record = this.held.handOver();
		if (!record.key().equals(id.key()) || !record.secretHash().equals(id.secretHash())) {
			throw new IllegalStateException("The session that is to be sealed is another than " + id);
		}
		long epoch = (this.revocable != null) ? this.revocable.epochOf(record) : SealedRecord.NO_EPOCH;
		this.told = epoch;
		this.currentKey = true;
		return this.tokens.seal(new SealedRecord(record, id, epoch));
	}

	@Override
	public synchronized Due due() {
		Due due = this.held.due();
		boolean alive = this.held.record() != null;
		if (due == Due.CLEAR || due == Due.SEND || !alive) {
			return due;
		}
		if (this.revocable != null && this.revocable.isToBeSealedAgain(this.told)) {
			return Due.SEND;
		}
		return this.currentKey ? due : Due.REFRESH;
	}

	/**
	 * Whether it is time to note a use of the session.
	 */
	@Override
	public boolean isUseNotedByClient() {
		return this.held.isTouchDue();
	}

}
