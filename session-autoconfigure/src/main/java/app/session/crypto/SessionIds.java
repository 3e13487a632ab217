package app.session.crypto;

import app.session.SessionKey;
import app.session.WriterTag;

/**
 * Where ids come from.
 */
public interface SessionIds {

	/**
	 * Makes the id of a new session.
	 * @return an id that nobody else has got
	 */
	SessionId newId();

	/**
	 * Makes a new secret for a session.
	 * @param key the session's locator, which stays
	 * @return the new id
	 */
	SessionId newSecret(SessionKey key);

	/**
	 * Makes the name of one commit.
	 * @return a tag that nobody else has got
	 */
	WriterTag newTag();

}
