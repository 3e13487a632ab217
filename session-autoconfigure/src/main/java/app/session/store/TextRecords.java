package app.session.store;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Texts under keys in a store that another application uses as well, in a form of its
 * own. Each method is one round trip and atomic. Safe for use by many threads.
 * <p>
 * Every method throws {@link app.session.SessionStoreUnavailableException} if the store
 * does not answer; a write may have been made all the same, and nobody can tell, so it is
 * no {@link app.session.SessionReplyLostException}, which would be asked again.
 */
public interface TextRecords {

	/**
	 * Reads a text.
	 * @param key its key
	 * @return the text, or {@code null} if there is none, or what is there is no text
	 */
	@Nullable String find(String key);

	/**
	 * Writes a text where there is none.
	 * @param key its key
	 * @param text the text
	 * @param life how long it is kept, or {@code null} for without end
	 * @return {@code false} if there is one already
	 */
	boolean create(String key, String text, @Nullable Duration life);

	/**
	 * Replaces a text, if nobody else has.
	 * @param key its key
	 * @param expected what it is to be as yet
	 * @param text what it becomes
	 * @param life how long it is kept from now on, or {@code null} for without end
	 * @return {@code false} if it is absent or another
	 */
	boolean replace(String key, String expected, String text, @Nullable Duration life);

	/**
	 * Keeps a text for longer. Never shortens its life, never inserts.
	 * @param key its key
	 * @param life how long it is kept from now on
	 * @return {@code false} if there is none
	 */
	boolean extend(String key, Duration life);

	/**
	 * Removes a text.
	 * @param key its key
	 * @return {@code true} for exactly one of any number of callers
	 * @throws app.session.SessionReplyLostException if it may be gone: to ask again does
	 * no harm
	 */
	boolean delete(String key);

	/**
	 * Removes a text, if nobody else has replaced it.
	 * @param key its key
	 * @param expected what it is to be as yet
	 * @return {@code false} if it is absent or another
	 */
	boolean delete(String key, String expected);

	/**
	 * How many texts there are whose key begins alike. Walks through all of them.
	 * @param prefix what their keys begin with
	 * @return the number, which others may change meanwhile
	 */
	long count(String prefix);

}
