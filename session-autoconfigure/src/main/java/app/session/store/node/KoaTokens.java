package app.session.store.node;

import java.util.function.Consumer;

import app.session.SessionEvent.InvalidCookie;
import app.session.codec.Utf8;
import app.session.core.ClientToken;
import app.session.core.TokenFormat;
import org.jspecify.annotations.Nullable;

/**
 * Clients of koa-session in store mode: two cookies, the id and its signature, as one
 * text with a point between them, which a signature has none of. The transport takes it
 * apart at its last point. Without keys there is no signature and no point, as with
 * {@code signed: false}.
 */
public final class KoaTokens implements TokenFormat, NodeCookie {

	/**
	 * Longer than any id of ours, and of koa-session's without a generator of one's own.
	 */
	private static final int LONGEST_UNSIGNED = 256;

	private final String cookieName;

	private final @Nullable Keygrip keys;

	private final String prefix;

	private final NodeStore store;

	private final RandomTexts newTexts;

	/**
	 * Creates the format.
	 * @param cookieName the name of the cookie, which is signed too: koa-session's
	 * {@code key}
	 * @param keys the keys, {@code null} if ids are not signed. Then what a client sends
	 * is the end of a name in the store, so the prefix should be one that nothing else
	 * there has
	 * @param prefix what ids begin with: koa-session's {@code prefix}
	 * @param store the sessions
	 */
	public KoaTokens(String cookieName, @Nullable Keygrip keys, String prefix, NodeStore store) {
		this.cookieName = cookieName;
		this.keys = keys;
		this.prefix = prefix;
		this.store = store;
		this.newTexts = RandomTexts.koa(store.random(), prefix);
	}

	@Override
	public @Nullable ClientToken read(String text, Consumer<InvalidCookie.Reason> refused) {
		KoaCookie cookie = KoaCookie.read(text, this.cookieName, this.keys, refused);
		if (cookie == null) {
			return null;
		}
		String id = cookie.value();
		boolean strange = this.keys == null && (!id.startsWith(this.prefix) || id.length() > LONGEST_UNSIGNED);
		if (strange || !Utf8.isEncodable(id)) {
			refused.accept(InvalidCookie.Reason.MALFORMED);
			return null;
		}
		return this.store.token(this, this.newTexts, id, cookie.currentKey());
	}

	@Override
	public ClientToken blank() {
		return this.store.token(this, this.newTexts, null, true);
	}

	@Override
	public String write(String id) {
		return KoaCookie.write(id, this.cookieName, this.keys);
	}

}
