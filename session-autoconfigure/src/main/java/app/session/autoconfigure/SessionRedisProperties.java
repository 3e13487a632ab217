package app.session.autoconfigure;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;

/**
 * The properties of the store in Redis.
 *
 * @param keyPrefix What the names of all keys in Redis begin with.
 * @param sweepInterval Time from one look for sessions that a crash left to be ended to
 * the next. If no unit is given, seconds are used.
 * @param replicasForLogout How many replicas have to confirm the end of a session before
 * it is answered; none if 0.
 */
@ConfigurationProperties("app.session.redis")
record SessionRedisProperties(@DefaultValue("session:") String keyPrefix,
		@DefaultValue("1h") @DurationUnit(ChronoUnit.SECONDS) Duration sweepInterval,
		@DefaultValue("0") int replicasForLogout) {
}
