package app.session.store.migrate;

import java.util.function.Consumer;

import app.session.SessionEvent.InvalidCookie;
import app.session.core.ClientToken;
import app.session.core.TokenFormat;
import app.session.store.FormerFormat;
import app.session.store.FormerFormat.Former;
import org.jspecify.annotations.Nullable;

/**
 * Clients of another library whose sessions are taken over. Each is known here by an id
 * that is derived from the library's own, so all requests of a client agree on it, and
 * the client gets our token once its session has been moved. Safe for use by many
 * threads.
 */
public final class FormerTokens implements TokenFormat {

	private final FormerFormat format;

	private final TokenFormat own;

	private final MigratingStore store;

	/**
	 * Creates the format.
	 * @param format how the library's clients hold their sessions
	 * @param own how ours do
	 * @param store where sessions are moved to
	 */
	public FormerTokens(FormerFormat format, TokenFormat own, MigratingStore store) {
		this.format = format;
		this.own = own;
		this.store = store;
	}

	@Override
	public @Nullable ClientToken read(String text, Consumer<InvalidCookie.Reason> refused) {
		Former former = this.format.read(text, refused);
		return (former != null) ? new FormerToken(former, this.own.blank(), this.store) : null;
	}

	@Override
	public ClientToken blank() {
		return this.own.blank();
	}

}
