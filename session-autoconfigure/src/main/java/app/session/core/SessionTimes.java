package app.session.core;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import org.jspecify.annotations.Nullable;

import app.session.SessionRecord;

/**
 * How long one request's session lives, as the request sees it.
 */
final class SessionTimes {

	private final SessionState state;

	private final EngineSettings settings;

	private final InstantSource clock;

	SessionTimes(SessionEngine engine, SessionState state) {
		this.state = state;
		this.settings = engine.settings();
		this.clock = engine.clock();
	}

	@Nullable Duration cookieMaxAge() {
		Duration own = this.state.view().draft().ownCookieMaxAge();
		if (own == null) {
			return this.settings.cookieMaxAge();
		}
		return own.isZero() ? null : own;
	}

	Duration timeout() {
		return this.settings.timeout(this.state.view().draft().ownTimeout(), this.state.view().draft().principal());
	}

	/**
	 * When the session ends, if it is not used again: reckoned from now if this use of it
	 * is written down, or will be.
	 */
	Instant expiryTime() {
		Instant now = this.clock.instant();
		SessionRecord record = this.state.record();
		Duration idleTimeout = this.settings.idleTimeout(timeout());
		if (record == null) {
			return earlier(now.plus(idleTimeout), now.plus(this.settings.maxLifetime()));
		}
		boolean used = this.state.isTouched() || !this.state.view().log().isEmpty();
		Instant lastUse = used ? now : record.lastAccessedTime();
		return earlier(lastUse.plus(idleTimeout), record.creationTime().plus(record.lifetime()));
	}

	private static Instant earlier(Instant a, Instant b) {
		return a.isBefore(b) ? a : b;
	}

}
