package app.session.core;

import java.time.Duration;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import app.session.SessionLimit;
import app.session.SessionStoreUnavailableException;

/**
 * How the engine treats sessions.
 *
 * @param timeout how long a session lives when it is not used
 * @param anonymousTimeout the same while it has no principal, or {@code null} for no
 * difference
 * @param maxLifetime how long a session lives whatever is done with it
 * @param touchFraction which part of the timeout may pass before a use of the session is
 * written down, from 0 to 1
 * @param cookieMaxAge how long the client keeps its id, or {@code null} until it closes
 * @param storeTimeout how long a commit may take
 * @param maxAttributes how many attributes a session may have
 * @param maxBytes how many bytes the encoded attributes may have
 * @param maxNameLength how many characters an attribute's name may have
 * @param securityNames the attributes that a request from before a login never writes
 * into the session after it
 * @param limit how many sessions a principal may have
 * @param onStoreFailure what a request sees of a session that the store does not answer
 * for
 */
public record EngineSettings(Duration timeout, @Nullable Duration anonymousTimeout, Duration maxLifetime,
		double touchFraction, @Nullable Duration cookieMaxAge, Duration storeTimeout, int maxAttributes, int maxBytes,
		int maxNameLength, Set<String> securityNames, SessionLimit limit, OnStoreFailure onStoreFailure) {

	/** The attributes in which Spring Security and this library keep who is logged in. */
	public static final Set<String> SECURITY_NAMES = Set.of("SPRING_SECURITY_CONTEXT", "SPRING_SECURITY_SAVED_REQUEST",
			"SPRING_SECURITY_LAST_EXCEPTION",
			"org.springframework.security.web.csrf.HttpSessionCsrfTokenRepository.CSRF_TOKEN", "authenticatedAt");

	/** What an application gets that sets nothing. */
	public static final EngineSettings DEFAULTS = new EngineSettings(Duration.ofMinutes(30), null, Duration.ofHours(24),
			0.1, null, Duration.ofSeconds(2), 256, 1 << 20, 256, SECURITY_NAMES, SessionLimit.NONE,
			OnStoreFailure.FAIL);

	/**
	 * The timeout of a session.
	 * @param own the session's own, or {@code null}
	 * @param principal whose it is, or {@code null}
	 * @return the time after its last use at which it may end
	 */
	public Duration timeout(@Nullable Duration own, @Nullable String principal) {
		if (own != null) {
			return own;
		}
		return (principal == null && this.anonymousTimeout != null) ? this.anonymousTimeout : this.timeout;
	}

	/**
	 * The timeout to store: longer by what a use may go unwritten, so that a session
	 * never ends early.
	 * @param timeout the session's timeout
	 * @return the stored idle timeout
	 */
	public Duration idleTimeout(Duration timeout) {
		return timeout.plusMillis(touchInterval(timeout));
	}

	/**
	 * How long a use of the session may go unwritten.
	 * @param timeout the session's timeout
	 * @return the time in milliseconds
	 */
	long touchInterval(Duration timeout) {
		return (long) (timeout.toMillis() * this.touchFraction);
	}

	/**
	 * What a request sees of a session that the store does not answer for.
	 */
	public enum OnStoreFailure {

		/** Nothing: to read it is a {@link SessionStoreUnavailableException}. */
		FAIL,

		/**
		 * An empty session, as one who has none. To change it is a
		 * {@link SessionStoreUnavailableException}: the change would be lost, and a new
		 * session would take the place of the old one.
		 */
		ANONYMOUS

	}

}
