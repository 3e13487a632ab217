package app.session.store.node;

import app.session.core.ClientToken;
import app.session.core.SessionEngine;
import app.session.crypto.SessionId;
import org.jspecify.annotations.Nullable;

/**
 * An id of Node's that a client has.
 *
 * @param cookie how it is written
 * @param ids the ids of this request
 * @param records the sessions that this request reaches
 * @param id the id that the client brought
 * @param currentKey whether the key that signs today signed it
 */
record NodeToken(NodeCookie cookie, NodeIds ids, NodeRecords records, @Nullable SessionId id,
		boolean currentKey) implements ClientToken {

	@Override
	public SessionEngine engine(SessionEngine shared) {
		return shared.bound(this.records, this.ids, true);
	}

	@Override
	public String text(SessionId id) {
		return this.cookie.write(this.ids.get(id.key(), id.secretHash()).text());
	}

	@Override
	public Due due() {
		return this.currentKey ? Due.NOTHING : Due.REFRESH;
	}

}
