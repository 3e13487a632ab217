package app.session.core;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import org.jspecify.annotations.Nullable;

import app.session.SessionRecord;
import app.session.codec.StoredLogin;

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

	/**
	 * When the principal was set.
	 */
	@Nullable Instant authenticationTime() {
		StoredLogin login = this.state.view().draft().lastLogin();
		return (login != null) ? login.time() : null;
	}

	/**
	 * Whether a login is fresh. The clocks of nodes differ, and may be set back: one that
	 * seems to come is taken for one just made, but no longer than that time, or a clock
	 * set back by days would make it fresh for days.
	 */
	static boolean isFresh(@Nullable Duration age, Duration maxAge) {
		return age != null && age.abs().compareTo(maxAge) <= 0;
	}

	/**
	 * How old the login is, below zero for one that seems to come. A session that is
	 * known to have ended, or whose login was refused, reads on and has none.
	 */
	@Nullable Duration loginAge() {
		Instant time = (this.state.phase() != Phase.ENDED) ? authenticationTime() : null;
		return (time != null) ? Duration.between(time, this.clock.instant()) : null;
	}

	private static Instant earlier(Instant a, Instant b) {
		return a.isBefore(b) ? a : b;
	}

}
