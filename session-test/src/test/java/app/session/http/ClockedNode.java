package app.session.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * The same application by a clock that goes with the store's server, and that a test
 * moves ahead of it.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@Import(Node.class)
class ClockedNode {

	@Bean
	ServerClock clock() {
		return new ServerClock(new AtomicReference<>(Duration.ZERO));
	}

	/**
	 * The clock.
	 *
	 * @param ahead how far it was moved
	 */
	record ServerClock(AtomicReference<Duration> ahead) implements InstantSource {

		@Override
		public Instant instant() {
			return Instant.now().plus(this.ahead.get());
		}

		void advance(Duration duration) {
			this.ahead.updateAndGet(duration::plus);
		}

	}

}
