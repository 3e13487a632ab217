package app.session.store.node;

import java.util.function.Consumer;

import app.session.SessionEvent.InvalidCookie;
import app.session.codec.Utf8;
import app.session.core.ClientToken;
import app.session.core.TokenFormat;
import app.session.store.node.ExpressSignature.Signed;
import org.jspecify.annotations.Nullable;

/**
 * Clients of express-session: the text is the cookie's value as it is.
 */
public final class ExpressTokens implements TokenFormat, NodeCookie {

	private final ExpressSignature signature;

	private final NodeStore store;

	private final RandomTexts newTexts;

	/**
	 * Creates the format.
	 * @param signature how ids are signed
	 * @param store the sessions
	 */
	public ExpressTokens(ExpressSignature signature, NodeStore store) {
		this.signature = signature;
		this.store = store;
		this.newTexts = RandomTexts.express(store.random());
	}

	@Override
	public @Nullable ClientToken read(String text, Consumer<InvalidCookie.Reason> refused) {
		Signed signed = this.signature.read(text);
		if (signed == null || signed.key() < 0 || !Utf8.isEncodable(signed.id())) {
			refused.accept((signed == null) ? InvalidCookie.Reason.MALFORMED : InvalidCookie.Reason.BAD_SIGNATURE);
			return null;
		}
		return this.store.token(this, this.newTexts, signed.id(), signed.key() == 0);
	}

	@Override
	public ClientToken blank() {
		return this.store.token(this, this.newTexts, null, true);
	}

	@Override
	public String write(String id) {
		return this.signature.write(id);
	}

}
