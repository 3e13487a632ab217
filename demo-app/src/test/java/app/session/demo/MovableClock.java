package app.session.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * The clock of this machine, or one that is ahead of it.
 */
final class MovableClock implements InstantSource {

	private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

	void advance(Duration duration) {
		this.ahead.updateAndGet(duration::plus);
	}

	/** Goes back to the time of this machine. */
	void back() {
		this.ahead.set(Duration.ZERO);
	}

	@Override
	public Instant instant() {
		return InstantSource.system().instant().plus(this.ahead.get());
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class Configuration {

		@Bean
		MovableClock clock() {
			return new MovableClock();
		}

	}

}
