package app.session.core;

import org.jspecify.annotations.Nullable;

import app.session.SessionKey;

/**
 * Told by a {@link RequestSession} when the request begins its session and when it ends
 * it, on the thread that does so and while no other can use the session. It may read and
 * change the session.
 */
public interface SessionWatcher {

	/**
	 * The session was stored for the first time. What is changed in it now is written
	 * before the response leaves.
	 */
	void created();

	/**
	 * The session is about to be ended, and can be read for the last time. Not told if
	 * somebody else was seen to have ended it.
	 * @param key its key, {@code null} if it was never stored
	 */
	void ending(@Nullable SessionKey key);

}
