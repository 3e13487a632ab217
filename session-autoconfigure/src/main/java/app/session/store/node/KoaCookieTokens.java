package app.session.store.node;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.function.Consumer;

import app.session.SessionEvent.InvalidCookie;
import app.session.SessionRecord;
import app.session.SessionTooLargeException;
import app.session.codec.AttributesFormat;
import app.session.codec.UnreadableDataException;
import app.session.codec.Utf8;
import app.session.core.ClientToken;
import app.session.core.TokenFormat;
import app.session.crypto.SessionIdGenerator;
import app.session.crypto.SessionIds;
import app.session.store.ClientHeldRecord;
import app.session.store.LargestAttributes;
import org.jspecify.annotations.Nullable;

/**
 * Clients of koa-session without a store: the whole session is in the cookie, signed at
 * most, as base64 of its JSON, which whoever has the cookie can read. The server keeps
 * nothing of it, and what that means for two requests at once and for a logout is as in
 * {@link ClientHeldRecord}, except that koa-session's records have no bound of their own:
 * one that ends with the browser opens for ever to whoever keeps it.
 * <p>
 * The cookie has no id. Ours is derived from its value, so the session's handle differs
 * after each change. Safe for use by many threads.
 */
public final class KoaCookieTokens implements TokenFormat {

	/** Name and value of a cookie together (RFC 6265bis, section 5.7). */
	private static final int MAX_COOKIE = 4096;

	private final String cookieName;

	private final @Nullable Keygrip keys;

	private final KoaForm form;

	private final InstantSource clock;

	private final SecureRandom random;

	private final SessionIds tags;

	/**
	 * Creates the format.
	 * @param cookieName the name of the cookie, which is signed too: koa-session's
	 * {@code key}
	 * @param keys the keys, {@code null} if values are not signed: then anybody can write
	 * a session of his own
	 * @param form how a session is written
	 * @param clock by which sessions live and end
	 * @param random where ids come from that last for a request
	 */
	public KoaCookieTokens(String cookieName, @Nullable Keygrip keys, KoaForm form, InstantSource clock,
			SecureRandom random) {
		this.cookieName = cookieName;
		this.keys = keys;
		this.form = form;
		this.clock = clock;
		this.random = random;
		this.tags = new SessionIdGenerator(random);
	}

	@Override
	public @Nullable ClientToken read(String text, Consumer<InvalidCookie.Reason> refused) {
		KoaCookie cookie = KoaCookie.read(text, this.cookieName, this.keys, refused);
		if (cookie == null) {
			return null;
		}
		try {
			return token(cookie, this.form.read(decode(cookie.value())));
		}
		catch (UnreadableDataException | IllegalArgumentException ex) {
			refused.accept(InvalidCookie.Reason.MALFORMED);
			return null;
		}
	}

	private static String decode(String value) {
		byte[] bytes = Base64.getDecoder().decode(value);
		String text = Utf8.decode(bytes, 0, bytes.length);
		if (text == null) {
			throw new UnreadableDataException("it is no UTF-8");
		}
		return text;
	}

	private ClientToken token(KoaCookie cookie, NodeContent content) {
		NodeIds ids = ids();
		NodeId id = NodeId.of(cookie.value());
		ids.brought(cookie.value());
		SessionRecord record = this.form.record(id.id(), 1, content, AttributesFormat.write(content.attributes()),
				now());
		boolean over = this.form.isOver(content, now());
		return new KoaCookieToken(this, ids, id.id(), cookie.currentKey(), content,
				held(over ? null : record, content));
	}

	@Override
	public ClientToken blank() {
		return new KoaCookieToken(this, ids(), null, true, NodeContent.NOTHING, held(null, NodeContent.NOTHING));
	}

	private NodeIds ids() {
		return new NodeIds(RandomTexts.koa(this.random, ""), this.tags);
	}

	private ClientHeldRecord held(@Nullable SessionRecord record, NodeContent content) {
		return new ClientHeldRecord(record, this.form.life().settings().touchFraction(), this.clock,
				(next) -> checkSize(next, content));
	}

	private void checkSize(SessionRecord record, NodeContent content) {
		int length = this.cookieName.length() + value(record, content).length();
		if (length > MAX_COOKIE) {
			throw new SessionTooLargeException("The session takes " + length + " bytes of a cookie and may take "
					+ MAX_COOKIE + ", its name among them, since browsers keep no larger one. "
					+ LargestAttributes.of(record) + " Keep less in the session.");
		}
	}

	/**
	 * A session as its client is to hold it.
	 */
	String write(SessionRecord record, NodeContent before) {
		return KoaCookie.write(value(record, before), this.cookieName, this.keys);
	}

	private String value(SessionRecord record, NodeContent before) {
		String json = this.form.write(before.with(record, record.creationTime()), now()).text();
		return Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
	}

	private Instant now() {
		return this.clock.instant().truncatedTo(ChronoUnit.MILLIS);
	}

}
