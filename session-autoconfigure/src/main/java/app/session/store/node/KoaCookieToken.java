package app.session.store.node;

import app.session.core.ClientToken;
import app.session.core.SessionEngine;
import app.session.crypto.SessionId;
import app.session.store.ClientHeldRecord;
import org.jspecify.annotations.Nullable;

/**
 * A session in koa's cookie.
 *
 * @param tokens how it is written
 * @param ids the ids of this request
 * @param id the id of the session that the client brought
 * @param currentKey whether the key that signs today signed it
 * @param content what the client brought
 * @param held what it is to hold
 */
record KoaCookieToken(KoaCookieTokens tokens, NodeIds ids, @Nullable SessionId id, boolean currentKey,
		NodeContent content, ClientHeldRecord held) implements ClientToken {

	@Override
	public SessionEngine engine(SessionEngine shared) {
		return shared.bound(this.held, this.ids, false);
	}

	@Override
	public String text(SessionId id) {
		return this.tokens.write(this.held.handOver(), this.content);
	}

	@Override
	public Due due() {
		Due due = this.held.due();
		boolean current = this.currentKey || this.held.record() == null;
		return (due == Due.NOTHING && !current) ? Due.REFRESH : due;
	}

	@Override
	public boolean isUseNotedByClient() {
		return this.held.isTouchDue();
	}

}
