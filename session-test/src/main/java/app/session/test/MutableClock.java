package app.session.test;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A clock that stands still until it is told to move. Safe for use by many threads.
 */
public final class MutableClock implements InstantSource {

	private final AtomicReference<Instant> now;

	/**
	 * Creates a clock that stands at the first instant of 2026 (UTC).
	 */
	public MutableClock() {
		this(Instant.parse("2026-01-01T00:00:00Z"));
	}

	/**
	 * Creates a clock.
	 * @param now where it stands
	 */
	public MutableClock(Instant now) {
		this.now = new AtomicReference<>(now);
	}

	/**
	 * Where the clock stands.
	 */
	@Override
	public Instant instant() {
		return this.now.get();
	}

	/**
	 * Moves the clock.
	 * @param duration how far; negative to move it back
	 */
	public void advance(Duration duration) {
		this.now.updateAndGet((instant) -> instant.plus(duration));
	}

	/**
	 * Moves the clock to an instant.
	 * @param instant the instant
	 */
	public void set(Instant instant) {
		this.now.set(instant);
	}

}
