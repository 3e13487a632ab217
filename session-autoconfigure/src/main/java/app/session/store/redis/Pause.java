package app.session.store.redis;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets something be done once in a while, however many ask for it.
 */
final class Pause {

	private final long nanos;

	private final AtomicLong next = new AtomicLong(System.nanoTime());

	Pause(Duration length) {
		this.nanos = length.toNanos();
	}

	/**
	 * Whether the pause is over, which begins anew then.
	 * @return {@code true} for one of those who ask at the same time
	 */
	boolean isOver() {
		long now = System.nanoTime();
		long end = this.next.get();
		return now - end >= 0 && this.next.compareAndSet(end, now + this.nanos);
	}

}
