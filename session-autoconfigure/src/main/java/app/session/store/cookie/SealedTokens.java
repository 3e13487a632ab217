package app.session.store.cookie;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.function.Consumer;

import app.session.PrincipalIndex;
import app.session.SessionEvent.InvalidCookie;
import app.session.SessionRepository;
import app.session.core.ClientToken;
import app.session.core.EngineSettings;
import app.session.core.TokenFormat;
import app.session.crypto.SealedFormat;
import app.session.store.ClientHeldRecord;
import app.session.store.ClientHeldSessions;
import org.jspecify.annotations.Nullable;

/**
 * Clients that hold their whole session, sealed. The server keeps nothing of it, and so
 * can't promise what needs a memory: within one request all is exact, but two requests at
 * once each have the session as it was brought, and of their answers the client keeps the
 * one that comes last; and a text that somebody has kept opens again until its own times
 * are over, also after a logout. The session's lifetime bounds that, or an index of
 * principals by which all sessions of one are revoked. Safe for use by many threads.
 */
public final class SealedTokens implements TokenFormat {

	/**
	 * How many bytes name and value of a cookie may have together. Browsers ignore a
	 * cookie that has more (RFC 6265bis).
	 */
	public static final int MAX_COOKIE = 4096;

	/** The longest prefix that the name gets on a secure connection. */
	private static final int PREFIX_LENGTH = "__Secure-".length();

	private final SealedFormat format;

	private final RecordFormat records;

	private final int maxText;

	private final double touchFraction;

	private final InstantSource clock;

	private final @Nullable Revocations revocations;

	/**
	 * Creates the format.
	 * @param format how a text is sealed
	 * @param cookieName the cookie's name, without the prefix that it may get
	 * @param compresses whether a session's data is compressed where that makes it
	 * shorter. Its length then tells something of its content to whoever can see the
	 * length and choose a part of the content (CRIME, BREACH)
	 * @param settings how sessions are treated
	 * @param clock by which sessions live and end; the clocks of all nodes have to agree
	 * @param index keeps the epochs of principals, so that all sessions of one can be
	 * revoked, and an entry for at least {@code max-lifetime} after it was last written;
	 * {@code null} if no session can be revoked
	 */
	public SealedTokens(SealedFormat format, String cookieName, boolean compresses, EngineSettings settings,
			InstantSource clock, @Nullable PrincipalIndex index) {
		this.format = format;
		this.records = new RecordFormat(new Compression(settings.maxBytes()), compresses);
		this.maxText = MAX_COOKIE - PREFIX_LENGTH - cookieName.getBytes(StandardCharsets.UTF_8).length;
		this.touchFraction = settings.touchFraction();
		this.clock = clock;
		this.revocations = (index != null) ? new Revocations(index) : null;
	}

	/**
	 * The repository of the application, for the {@link app.session.Sessions} outside a
	 * request: in it every session is absent, none can be listed or counted, and those of
	 * a principal can be revoked all together if there is an index.
	 * @return a repository, a {@link PrincipalIndex} if epochs are kept
	 */
	public SessionRepository sessions() {
		return (this.revocations != null) ? new RevocableSessions(this.revocations) : new ClientHeldSessions();
	}

	@Override
	public @Nullable ClientToken read(String text, Consumer<InvalidCookie.Reason> refused) {
		SealedFormat.Result result = (text.length() <= this.maxText) ? this.format.open(text)
				: new SealedFormat.Result.Malformed();
		if (result instanceof SealedFormat.Result.BadSeal) {
			refused.accept(InvalidCookie.Reason.BAD_SIGNATURE);
			return null;
		}
		if (result instanceof SealedFormat.Result.Opened opened) {
			SealedRecord brought = this.records.read(opened.content());
			if (brought != null) {
				return token(brought, opened.currentKey());
			}
		}
		refused.accept(InvalidCookie.Reason.MALFORMED);
		return null;
	}

	@Override
	public ClientToken blank() {
		return token(null, true);
	}

	private SealedToken token(@Nullable SealedRecord brought, boolean currentKey) {
		ClientHeldRecord held = new ClientHeldRecord((brought != null) ? brought.record() : null, this.touchFraction,
				this.clock, new SizeLimit(this.records, this.maxText, this.revocations != null));
		RevocableRecord revocable = (this.revocations != null) ? new RevocableRecord(held, brought, this.revocations)
				: null;
		return new SealedToken(this, brought, currentKey, held, revocable);
	}

	String seal(SealedRecord record) {
		return this.format.seal(this.records.write(record));
	}

}
