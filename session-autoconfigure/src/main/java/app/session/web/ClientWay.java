package app.session.web;

import java.util.Collection;
import java.util.function.Consumer;

import app.session.SessionEvent;
import app.session.SessionEvent.InvalidCookie;
import app.session.core.ClientToken;
import app.session.core.TokenFormat;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * A way in which clients hold sessions.
 *
 * @param carrier how the token travels
 * @param format how it is written
 */
public record ClientWay(TokenCarrier carrier, TokenFormat format) {

	private static final int MAX_VERIFIED = 4;

	/**
	 * Reads the token that a request presents.
	 * @param secure whether it came over a secure connection
	 * @param events told of what is not ours
	 * @return the token, or {@code null} if there is none that is ours, or more than one
	 */
	@Nullable ClientToken read(HttpServletRequest request, boolean secure, Consumer<SessionEvent> events) {
		Collection<String> texts = this.carrier.read(request, secure);
		if (texts.isEmpty()) {
			return null;
		}
		Consumer<InvalidCookie.Reason> refused = (reason) -> events.accept(new InvalidCookie(reason));
		return (texts.size() == 1) ? this.format.read(texts.iterator().next(), refused) : chooseFrom(texts, refused);
	}

	/**
	 * A forged one among several is no doubt about the genuine one; two genuine ones, or
	 * more than are verified, are.
	 */
	private @Nullable ClientToken chooseFrom(Collection<String> texts, Consumer<InvalidCookie.Reason> refused) {
		ClientToken chosen = null;
		boolean ambiguous = texts.size() > MAX_VERIFIED;
		if (!ambiguous) {
			for (String text : texts) {
				ClientToken token = this.format.read(text, refused);
				ambiguous |= token != null && chosen != null && !token.isSame(chosen);
				chosen = (token != null) ? token : chosen;
			}
		}
		if (ambiguous) {
			refused.accept(InvalidCookie.Reason.AMBIGUOUS);
			return null;
		}
		return chosen;
	}

}
