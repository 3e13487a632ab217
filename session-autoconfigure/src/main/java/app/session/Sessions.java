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
 * <p>
 * Sessions that their clients hold ({@code app.session.store=cookie}) are not seen from
 * here: none is found, listed or ended by its handle. Those of a principal can be ended
 * all together if {@code app.session.cookie-store.revocation} names a second store;
 * nobody knows how many that were, so 0 is returned.
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
	 * Ends all sessions of a principal but one, also those whose login is under way: that
	 * of the calling request as well, if it has made one that is not
	 * {@linkplain Session#save saved} yet.
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
	 * <p>
	 * Address and user agent are recorded with
	 * {@code app.session.principal.record-client=true}. Off is the default: they are data
	 * of a person, so who keeps them needs a reason, and has to tell (GDPR, articles 6
	 * and 13). They are what a client or a proxy says, to be escaped in a page like all
	 * input.
	 *
	 * @param handle its public name
	 * @param principal whose it is, or {@code null} for an anonymous one
	 * @param creationTime when it was created
	 * @param authenticationTime when its login was made, as
	 * {@link Session#getAuthenticationTime} says; {@code null} for an anonymous one, and
	 * where it is not known
	 * @param lastAccessedTime when it was last used, exact to a tenth of its timeout
	 * @param expiryTime when it ends if it is not used again
	 * @param address the client's network address at the login, as far as the server
	 * knows it, at most 64 characters; {@code null} where it is not recorded
	 * @param userAgent the {@code User-Agent} header of the login, at most 256
	 * characters, without control characters; {@code null} where it is not recorded
	 */
	record Info(String handle, @Nullable String principal, Instant creationTime, @Nullable Instant authenticationTime,
			Instant lastAccessedTime, Instant expiryTime, @Nullable String address, @Nullable String userAgent) {
	}

}
