package app.session.store.migrate;

import app.session.core.ClientToken;
import app.session.core.SessionEngine;
import app.session.crypto.SessionId;
import app.session.store.FormerFormat.Former;

/**
 * What a client of another library holds. It gets a token of ours as soon as its session
 * is not in the other library's records any more.
 */
final class FormerToken implements ClientToken {

	private final SessionId id;

	private final ClientToken own;

	private final WatchedSource source;

	private final MigratingStore store;

	FormerToken(Former former, ClientToken own, MigratingStore store) {
		this.id = former.id();
		this.own = own;
		this.source = new WatchedSource(former.source(), store::epoch);
		this.store = store.from(this.source);
	}

	@Override
	public SessionId id() {
		return this.id;
	}

	@Override
	public SessionEngine engine(SessionEngine shared) {
		return shared.bound(this.store, true);
	}

	@Override
	public String text(SessionId id) {
		return this.own.text(id);
	}

	@Override
	public boolean mayBeSent() {
		return !this.source.hasSession();
	}

	@Override
	public Due due() {
		return mayBeSent() ? Due.REFRESH : Due.NOTHING;
	}

}
