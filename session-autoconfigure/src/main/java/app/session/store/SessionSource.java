package app.session.store;

import java.util.List;
import java.util.stream.Stream;

import app.session.SessionKey;
import app.session.SessionRecord;
import app.session.SessionRepository;
import org.jspecify.annotations.Nullable;

/**
 * A store that sessions are moved out of. Safe for use by many threads.
 * <p>
 * Every method throws {@link app.session.SessionStoreUnavailableException} if the store
 * does not answer.
 */
public interface SessionSource {

	/**
	 * A repository of ours as a source.
	 * @param repository the repository. What else it can do is used as well: it may be a
	 * {@link app.session.PrincipalIndex} and a {@link app.session.SessionCatalog}
	 * @return the source
	 */
	static SessionSource of(SessionRepository repository) {
		return new RepositorySource(repository);
	}

	/**
	 * Finds a session.
	 * @param key its key
	 * @return the record, with its times, or {@code null} if it is absent or has expired
	 */
	@Nullable SessionRecord find(SessionKey key);

	/**
	 * Finds a session and keeps it for longer, if the store can do that.
	 * @param key its key
	 * @return the record as it was before, or {@code null} if it is absent or has expired
	 */
	default @Nullable SessionRecord findAndTouch(SessionKey key) {
		throw new UnsupportedOperationException("This source can't note that a session is used");
	}

	/**
	 * Whether {@link #findAndTouch} can be called. If not, a session that is used is
	 * moved at once, or it would end while it is in use.
	 * @return {@code true} if a session can be kept for longer
	 */
	boolean canTouch();

	/**
	 * Removes a session for good.
	 * @param key its key
	 * @return {@code true} for exactly one of any number of callers
	 */
	boolean delete(SessionKey key);

	/**
	 * How many sessions are alive. Never on the path of a request.
	 * @return the number, 0 if the store can't tell
	 */
	long count();

	/**
	 * The sessions that are alive.
	 * @return them, to be closed after use; none if the store can't tell
	 */
	Stream<SessionRecord> stream();

	/**
	 * The sessions of a principal.
	 * @param principal the principal
	 * @return their keys, oldest login first if the store knows; some may have ended.
	 * None if the store can't tell
	 */
	List<SessionKey> members(String principal);

	/**
	 * Forgets sessions of a principal that have ended.
	 * @param principal the principal
	 * @param keys the sessions
	 */
	void strikeOff(String principal, List<SessionKey> keys);

}
