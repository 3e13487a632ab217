package app.session.store.node;

import java.time.Duration;

import app.session.codec.StoredAttributes;
import app.session.core.EngineSettings;
import app.session.store.RecordParts;
import org.jspecify.annotations.Nullable;

/**
 * How long sessions live. Node has one number for how long a session may go unused and
 * how long the browser keeps its cookie, and it is in the record: there it is the
 * session's own, whatever the configuration says by now.
 *
 * @param settings the engine's, whose timeout is to be Node's {@code maxAge}, or what a
 * record lives for if that is none
 * @param untilBrowserCloses whether a session that has no {@code maxAge} of its own ends
 * with the browser: koa-session's {@code maxAge: 'session'}, express-session's
 * {@code cookie.maxAge: null}
 */
public record NodeLife(EngineSettings settings, boolean untilBrowserCloses) {

	/** More than two thousand years, which JavaScript's dates can still be moved by. */
	private static final long LONGEST = 1L << 46;

	/**
	 * The {@code maxAge} of a session.
	 * @return the length of time, or {@code null} if the session ends with the browser
	 */
	@Nullable Duration maxAge(StoredAttributes attributes, @Nullable String principal) {
		Duration cookie = attributes.ownCookieMaxAge();
		boolean ends = (cookie != null) ? cookie.isZero() : this.untilBrowserCloses;
		return (attributes.ownTimeout() == null && ends) ? null : timeout(attributes, principal);
	}

	/**
	 * How long a session may go unused.
	 */
	Duration timeout(StoredAttributes attributes, @Nullable String principal) {
		return Duration
			.ofMillis(RecordParts.millis(this.settings.timeout(attributes.ownTimeout(), principal), LONGEST));
	}

	/**
	 * What of a {@code maxAge} is a timeout of the session's own.
	 * @param maxAge what the record says, or {@code null} if the session ends with the
	 * browser
	 */
	@Nullable Duration ownTimeout(@Nullable Duration maxAge, @Nullable String principal) {
		boolean configured = !this.untilBrowserCloses && this.settings.timeout(null, principal).equals(maxAge);
		return configured ? null : maxAge;
	}

	/**
	 * What of a {@code maxAge} is a lifetime of the session's own cookie, unless one was
	 * set apart.
	 * @param maxAge what the record says, or {@code null} if the session ends with the
	 * browser
	 */
	@Nullable Duration ownCookieMaxAge(@Nullable Duration maxAge, @Nullable String principal) {
		if (maxAge != null) {
			return ownTimeout(maxAge, principal);
		}
		return this.untilBrowserCloses ? null : Duration.ZERO;
	}

	/**
	 * A length of time that a record says.
	 * @param millis any number
	 * @return the time, from 0 to what dates can be moved by
	 */
	static Duration millis(Number millis) {
		return Duration.ofMillis((long) Math.min(LONGEST, Math.max(0, millis.doubleValue())));
	}

}
