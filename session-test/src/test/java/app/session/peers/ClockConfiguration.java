package app.session.peers;

import java.time.Instant;

import app.session.test.MutableClock;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * A clock for a node that a test moves. It stands at the time of the stores' servers at
 * first.
 */
@Configuration(proxyBeanMethods = false)
class ClockConfiguration {

	@Bean
	MutableClock clock() {
		return new MutableClock(Instant.now());
	}

}
