package app.session.web;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

import app.session.SessionKey;
import app.session.crypto.SessionIdGenerator;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SentCookiesTests {

	private static final Duration MAX_AGE = Duration.ofMinutes(20);

	private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));

	private final SentCookies cookies = new SentCookies(this.now::get);

	private final SessionKey key = new SessionIdGenerator(new SecureRandom()).newId().key();

	private void pass(Duration time) {
		this.now.updateAndGet((instant) -> instant.plus(time));
	}

	@Test
	void aCookieThatThisNodeDidNotSendMayBeAboutToEnd() {
		assertThat(this.cookies.isHalfOver(this.key, MAX_AGE)).isTrue();
	}

	@Test
	void halfOfTheLifetimeIsOverAMomentAfterItsMiddle() {
		this.cookies.sent(this.key);
		pass(Duration.ofMinutes(10));
		assertThat(this.cookies.isHalfOver(this.key, MAX_AGE)).isFalse();
		pass(Duration.ofMillis(1));
		assertThat(this.cookies.isHalfOver(this.key, MAX_AGE)).isTrue();
		this.cookies.sent(this.key);
		assertThat(this.cookies.isHalfOver(this.key, MAX_AGE)).isFalse();
	}

	@Test
	void aLifetimeThatBecameShorterCountsFromTheSameTime() {
		this.cookies.sent(this.key);
		pass(Duration.ofMinutes(6));
		assertThat(this.cookies.isHalfOver(this.key, MAX_AGE)).isFalse();
		assertThat(this.cookies.isHalfOver(this.key, Duration.ofMinutes(11))).isTrue();
	}

}
