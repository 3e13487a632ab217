package app.session.store.node;

import java.util.function.Consumer;

import app.session.SessionEvent.InvalidCookie;
import app.session.core.TokenFormat;
import app.session.crypto.SessionId;
import app.session.store.FormerFormat;
import app.session.store.SessionSource;
import org.jspecify.annotations.Nullable;

/**
 * Clients of an application in Node that is no more, whose sessions are moved out of its
 * records. Thread-safe.
 */
public final class NodeFormer implements FormerFormat {

	private final TokenFormat tokens;

	/**
	 * Creates the format.
	 * @param tokens {@link KoaTokens} or {@link ExpressTokens}
	 */
	public NodeFormer(TokenFormat tokens) {
		this.tokens = tokens;
	}

	@Override
	public @Nullable Former read(String text, Consumer<InvalidCookie.Reason> refused) {
		if (!(this.tokens.read(text, refused) instanceof NodeToken token)) {
			return null;
		}
		SessionId id = token.id();
		return (id != null) ? new Former(id, SessionSource.of(token.records())) : null;
	}

}
