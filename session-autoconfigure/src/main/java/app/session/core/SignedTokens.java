package app.session.core;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import app.session.SessionEvent.InvalidCookie;
import app.session.crypto.SessionId;
import app.session.crypto.SignedIdFormat;

/**
 * Clients that hold a signed id, and nothing else.
 */
public final class SignedTokens implements TokenFormat {

	private final SignedIdFormat format;

	private final ClientToken blank;

	/**
	 * Creates the format.
	 * @param format how an id is written and signed
	 */
	public SignedTokens(SignedIdFormat format) {
		this.format = format;
		this.blank = new SignedToken(format, null, true);
	}

	@Override
	public @Nullable ClientToken read(String text, Consumer<InvalidCookie.Reason> refused) {
		SignedIdFormat.Result result = this.format.read(text);
		if (result instanceof SignedIdFormat.Result.Valid valid) {
			return new SignedToken(this.format, valid.id(), valid.currentKey());
		}
		boolean malformed = result instanceof SignedIdFormat.Result.Malformed;
		refused.accept(malformed ? InvalidCookie.Reason.MALFORMED : InvalidCookie.Reason.BAD_SIGNATURE);
		return null;
	}

	@Override
	public ClientToken blank() {
		return this.blank;
	}

	/**
	 * An id that a client brought.
	 *
	 * @param format how it is written
	 * @param id the id
	 * @param currentKey whether the key that signs today made its signature
	 */
	private record SignedToken(SignedIdFormat format, @Nullable SessionId id,
			boolean currentKey) implements ClientToken {

		@Override
		public String text(SessionId id) {
			return this.format.write(id);
		}

		@Override
		public Due due() {
			return this.currentKey ? Due.NOTHING : Due.REFRESH;
		}

	}

}
