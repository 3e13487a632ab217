package app.session;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The sessions, outside a request: to list, count and end them. Sessions are named by
 * their handles, which log nobody in. Safe for use by many threads.
 * <p>
 * Every method throws {@link SessionStoreUnavailableException} if the store does not
 * answer. {@link #count} and {@link #stream} need a store that is a
 * {@link SessionCatalog}, and the methods that take a principal one that is a
 * {@link PrincipalIndex}; on another they throw {@link UnsupportedOperationException}.
 * The latter throw {@link IllegalArgumentException} for what
 * {@link Session#setPrincipal(String)} does not take.
 */
public interface Sessions {

	/**
	 * Finds a session.
	 * @param handle the session's handle, may be any text
	 * @return the session, if it is alive
	 */
	Optional<Info> find(@Nullable String handle);

	/**
	 * The living sessions of a principal, oldest login first.
	 * @param principal the principal
	 * @return the sessions
	 */
	List<Info> findByPrincipal(String principal);

	/**
	 * Ends a session.
	 * @param handle the session's handle, may be any text
	 * @return {@code true} if it was alive
	 */
	boolean revoke(@Nullable String handle);

	/**
	 * Ends all sessions of a principal, also those whose login is under way.
	 * @param principal the principal
	 * @return how many ended
	 */
	int revokeAll(String principal);

	/**
	 * Ends all sessions of a principal but one, also those whose login is under way.
	 * @param principal the principal
	 * @param handle the handle of the session that stays
	 * @return how many ended
	 */
	int revokeAllExcept(String principal, String handle);

	/**
	 * How often all sessions of a principal were revoked: to be read before credentials
	 * are checked, for {@link Session#setPrincipal(String, long)}.
	 * @param principal the principal
	 * @return the epoch
	 */
	long epoch(String principal);

	/**
	 * How many sessions are alive.
	 * @return the number; some of them may have just ended
	 */
	long count();

	/**
	 * All living sessions, in no order. To be closed after use.
	 * @return the sessions
	 */
	Stream<Info> stream();

	/**
	 * What there is to know of a session from outside.
	 *
	 * @param handle its public name
	 * @param principal whose it is, or {@code null} for an anonymous one
	 * @param creationTime when it was created
	 * @param lastAccessedTime when it was last used, exact to a tenth of its timeout
	 * @param expiryTime when it ends if it is not used again
	 */
	record Info(String handle, @Nullable String principal, Instant creationTime, Instant lastAccessedTime,
			Instant expiryTime) {
	}

}
