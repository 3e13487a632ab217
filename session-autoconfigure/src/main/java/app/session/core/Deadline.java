package app.session.core;

import java.time.Duration;
import java.time.InstantSource;

/**
 * The end of the time that something may take.
 */
final class Deadline {

	private final InstantSource clock;

	private final Duration limit;

	private final long endMillis;

	private Deadline(InstantSource clock, Duration limit) {
		this.clock = clock;
		this.limit = limit;
		this.endMillis = clock.millis() + limit.toMillis();
	}

	/**
	 * A deadline from now on.
	 */
	static Deadline in(InstantSource clock, Duration limit) {
		return new Deadline(clock, limit);
	}

	/**
	 * How long that was in all.
	 */
	Duration limit() {
		return this.limit;
	}

	/**
	 * What is left of it, zero if it is over.
	 */
	Duration left() {
		return Duration.ofMillis(Math.max(0, this.endMillis - this.clock.millis()));
	}

	boolean isOver() {
		return this.clock.millis() >= this.endMillis;
	}

}
