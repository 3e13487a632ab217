package app.session.web;

import java.time.Duration;
import java.time.InstantSource;

import app.session.SessionKey;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/**
 * When this node last sent the cookie of a session, so that it is sent again before the
 * browser drops it: neither a request nor the store says when that will be. Another node
 * may have sent it since, and this one may forget; then it is sent once too often, which
 * does no harm. Safe for use by many threads.
 */
final class SentCookies {

	private static final int MAX_SIZE = 50_000;

	private final Cache<SessionKey, Long> times = Caffeine.newBuilder()
		.maximumSize(MAX_SIZE)
		.executor(Runnable::run)
		.build();

	private final InstantSource clock;

	SentCookies(InstantSource clock) {
		this.clock = clock;
	}

	void sent(SessionKey key) {
		this.times.put(key, this.clock.millis());
	}

	/**
	 * Whether less than half of the lifetime of the session's cookie may be left.
	 * @param maxAge the lifetime
	 */
	boolean isHalfOver(SessionKey key, Duration maxAge) {
		Long time = this.times.getIfPresent(key);
		return time == null || this.clock.millis() - time > maxAge.toMillis() / 2;
	}

}
