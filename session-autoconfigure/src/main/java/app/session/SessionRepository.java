package app.session;

import org.jspecify.annotations.Nullable;

/**
 * Where sessions are kept: the contract of a store. Safe for use by many threads.
 * <p>
 * Each method is one round trip and atomic in the store itself (one command or one script
 * on one key; one autocommit statement on one row; one atomic map operation). There is no
 * upsert: nothing but {@link #create} ever inserts, so that a session that ended cannot
 * come back, whatever request is still in flight. An id change is an ordinary
 * {@link #update}.
 * <p>
 * A record whose {@linkplain SessionRecord#expiryTime() expiry time} has come, by the
 * store's clock, is absent for every method, whether or not the store has removed it yet.
 * A record that the store can't read is absent too.
 * <p>
 * Every method throws {@link SessionStoreUnavailableException} if the store does not
 * answer, and its subclass {@link SessionReplyLostException} if a write may have been
 * applied all the same.
 * <p>
 * Further abilities are further interfaces: {@link PrincipalIndex},
 * {@link SessionCatalog}. The contract is a test suite in the module
 * {@code session-test}, for any store to extend.
 */
public interface SessionRepository {

	/**
	 * Finds a record.
	 * @param key the record's key
	 * @return the record, or {@code null} if it is absent
	 */
	@Nullable SessionRecord find(SessionKey key);

	/**
	 * Finds a record and {@linkplain #touch touches} it.
	 * @param key the record's key
	 * @return the record as it was before the touch, or {@code null} if it is absent
	 * @implSpec two round trips; a store that can do both in one does so
	 */
	default @Nullable SessionRecord findAndTouch(SessionKey key) {
		SessionRecord record = find(key);
		return (record != null && touch(key)) ? record : null;
	}

	/**
	 * Inserts a record, with the store's time as its creation and last access time. Never
	 * replaces one.
	 * @param record the record, of version 1
	 * @return {@code false} if there is a record with this key already
	 */
	boolean create(SessionRecord record);

	/**
	 * Replaces the record of version {@code record.version() - 1} by this one, with the
	 * store's time as its last access time and its creation time kept. Never inserts.
	 * <p>
	 * To call it again after a lost reply is safe: a commit that was applied is not
	 * applied twice, and says so.
	 * @param record the new state, with {@link SessionRecord#next}
	 * @return {@code true} if the record was replaced, or if {@code record.writer()} is
	 * among the stored record's writers, that is: this commit was applied before;
	 * {@code false} if the session is absent or someone else wrote first
	 */
	boolean update(SessionRecord record);

	/**
	 * Moves the time of the last access to now. Never moves it back, never inserts,
	 * changes neither version nor data.
	 * @param key the record's key
	 * @return {@code false} if the record is absent
	 */
	boolean touch(SessionKey key);

	/**
	 * Removes a record for good.
	 * @param key the record's key
	 * @return {@code true} for exactly one of any number of callers that delete a record;
	 * {@code false} if it is absent
	 */
	boolean delete(SessionKey key);

}
