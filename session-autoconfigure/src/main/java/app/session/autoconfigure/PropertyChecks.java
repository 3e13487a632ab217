package app.session.autoconfigure;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

import app.session.autoconfigure.SessionProperties.Limits;
import app.session.autoconfigure.SessionProperties.Memory;
import app.session.autoconfigure.SessionProperties.Principal;
import app.session.store.jdbc.JdbcStoreSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.convert.DurationStyle;
import org.springframework.web.util.pattern.PathPatternParser;
import org.springframework.web.util.pattern.PatternParseException;

/**
 * Finds properties that make no sense, alone or beside others.
 */
final class PropertyChecks {

	/** It stands in the name of each key, of which there are many. */
	private static final int MAX_PREFIX = 256;

	static final String PREFIX = "app.session.";

	// Far beyond any use, and well within what milliseconds and instants can hold.
	private static final Duration LONGEST = Duration.ofDays(36_500);

	private PropertyChecks() {
	}

	/**
	 * Checks what does not need a web application.
	 * @throws InvalidSessionPropertyException for the first property that makes no sense
	 */
	static void check(SessionProperties properties) {
		checkTimes(properties);
		double touchFraction = properties.touchFraction();
		if (!(touchFraction >= 0 && touchFraction <= 1)) {
			throw invalid("touch-fraction", touchFraction, "It is a part of the timeout.", "Set it from 0 to 1.");
		}
		checkLimits(properties.limits());
		Memory memory = properties.memory();
		checkPositive("memory.max-sessions", memory.maxSessions(), Long.MAX_VALUE);
		Principal principal = properties.principal();
		if (principal.maxSessions() != null) {
			checkPositive("principal.max-sessions", principal.maxSessions(), Integer.MAX_VALUE);
		}
	}

	/**
	 * Checks what concerns the store in a SQL database.
	 * @throws InvalidSessionPropertyException for the first property that makes no sense
	 */
	static void check(SessionJdbcProperties jdbc) {
		if (!JdbcStoreSettings.isTableName(jdbc.tableName())) {
			throw invalid("jdbc.table-name", jdbc.tableName(), "It is not the plain name of a table.",
					"Use letters, digits and underscores, at most " + JdbcStoreSettings.MAX_NAME
							+ ", with a schema and a dot in front if it is needed.");
		}
		checkPositive("jdbc.pool-size", jdbc.poolSize(), Integer.MAX_VALUE);
		checkDuration("jdbc.sweep-interval", jdbc.sweepInterval());
	}

	/**
	 * Checks what concerns the store in Redis.
	 * @throws InvalidSessionPropertyException for the first property that makes no sense
	 */
	static void check(SessionRedisProperties redis) {
		String prefix = redis.keyPrefix();
		if (prefix.isEmpty() || prefix.length() > MAX_PREFIX
				|| prefix.chars().anyMatch((letter) -> letter <= ' ' || letter == 0x7F)
				|| !StandardCharsets.UTF_8.newEncoder().canEncode(prefix)) {
			throw invalid("redis.key-prefix", prefix, "Every key begins with it.",
					"Set it to at least one character and at most " + MAX_PREFIX
							+ ", without spaces, as in shop:session:.");
		}
		checkDuration("redis.sweep-interval", redis.sweepInterval());
		if (redis.replicasForLogout() < 0) {
			throw invalid("redis.replicas-for-logout", redis.replicasForLogout(), "It is a number of replicas.",
					"Set it to 0 or more.");
		}
	}

	/**
	 * Checks what a cluster can't do.
	 * @throws InvalidSessionPropertyException for the first property that asks for it
	 */
	static void checkForCluster(SessionRedisProperties redis) {
		if (redis.replicasForLogout() > 0) {
			throw invalid("redis.replicas-for-logout", redis.replicasForLogout(),
					"Redis is a cluster, of which no node can be told to wait for its replicas.",
					"Leave it out, or use Redis without a cluster.");
		}
		String prefix = redis.keyPrefix();
		int brace = prefix.indexOf('{');
		if (brace >= 0 && prefix.indexOf('}', brace) > brace + 1) {
			throw invalid("redis.key-prefix", prefix,
					"Redis is a cluster, which puts all keys with the same text in braces on one node.",
					"Leave out the braces.");
		}
	}

	private static void checkTimes(SessionProperties properties) {
		Duration timeout = properties.timeout();
		Duration maxLifetime = properties.maxLifetime();
		checkDuration("timeout", timeout);
		checkDuration("max-lifetime", maxLifetime);
		checkDuration("store-timeout", properties.storeTimeout());
		if (timeout.compareTo(maxLifetime) > 0) {
			throw invalid("timeout", timeout,
					"It is longer than app.session.max-lifetime, which is " + text(maxLifetime)
							+ ", so no session could be unused for so long.",
					"Shorten it, or lengthen app.session.max-lifetime.");
		}
		Duration anonymousTimeout = properties.anonymousTimeout();
		if (anonymousTimeout == null) {
			return;
		}
		checkDuration("anonymous-timeout", anonymousTimeout);
		if (anonymousTimeout.compareTo(timeout) > 0) {
			throw invalid("anonymous-timeout", anonymousTimeout,
					"It is longer than app.session.timeout, which is " + text(timeout)
							+ ", so a login would shorten the session.",
					"Shorten it, or lengthen app.session.timeout.");
		}
	}

	private static void checkDuration(String name, Duration value) {
		if (value.compareTo(Duration.ofMillis(1)) < 0) {
			throw invalid(name, value, "It is a length of time.", "Set it to more than zero, as in 30m.");
		}
		if (value.compareTo(LONGEST) > 0) {
			throw invalid(name, value, "It is longer than a hundred years.", "Set it to 36500d or less.");
		}
	}

	private static void checkLimits(Limits limits) {
		checkPositive("limits.max-attributes", limits.maxAttributes(), Integer.MAX_VALUE);
		checkPositive("limits.max-name-length", limits.maxNameLength(), Integer.MAX_VALUE);
		long bytes = limits.maxSize().toBytes();
		if (bytes < 1 || bytes > Integer.MAX_VALUE) {
			throw invalid("limits.max-size", limits.maxSize(), "It is the size of one session.",
					"Set it to 1B or more, and less than 2GB.");
		}
	}

	private static void checkPositive(String name, long value, long most) {
		if (value < 1) {
			throw invalid(name, value, "It is a number of things.", "Set it from 1 to " + most + ".");
		}
	}

	/**
	 * Checks the patterns of paths.
	 * @throws InvalidSessionPropertyException for the first pattern that is none
	 */
	static void checkPaths(SessionProperties properties) {
		if (properties.includePaths().isEmpty()) {
			throw invalid("include-paths", null, "It is empty, so no request would have a session.",
					"Leave it out for all requests, or set app.session.enabled=false for none.");
		}
		checkPatterns("include-paths", properties.includePaths());
		checkPatterns("exclude-paths", properties.excludePaths());
	}

	private static void checkPatterns(String name, List<String> patterns) {
		for (String pattern : patterns) {
			try {
				PathPatternParser.defaultInstance.parse(pattern);
			}
			catch (PatternParseException ex) {
				throw invalid(name, pattern, "It is not a path pattern of Spring MVC: " + ex.getMessage() + ".",
						"Write patterns as in /static/**, separated by commas.");
			}
		}
	}

	static InvalidSessionPropertyException invalid(String name, @Nullable Object value, String reason, String action) {
		return new InvalidSessionPropertyException(PREFIX + name,
				(value instanceof Duration duration) ? text(duration) : value, reason, action);
	}

	/**
	 * A duration as one writes it in a property.
	 */
	static String text(Duration duration) {
		for (ChronoUnit unit : List.of(ChronoUnit.DAYS, ChronoUnit.HOURS, ChronoUnit.MINUTES, ChronoUnit.SECONDS,
				ChronoUnit.MILLIS)) {
			if (!duration.isZero()
					&& duration.equals(unit.getDuration().multipliedBy(duration.dividedBy(unit.getDuration())))) {
				return DurationStyle.SIMPLE.print(duration, unit);
			}
		}
		return duration.isZero() ? "0s" : duration.toString();
	}

}
