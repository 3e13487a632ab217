package app.session.test;

import app.session.SessionKey;
import org.jspecify.annotations.Nullable;

/**
 * What {@link ClientHeldContract} needs of a store whose data is at its clients. The
 * repository stands for a client of each session: each call of it is a request of that
 * client, which brings the text that it holds, and keeps the one that it is answered
 * with.
 */
public interface ClientHeldFixture extends StoreFixture {

	/**
	 * What the client of a session holds.
	 * @param key the session
	 * @return the text, or {@code null} if there is none
	 */
	@Nullable String held(SessionKey key);

	/**
	 * Has the client of a session hold a text, as one that has kept it would.
	 * @param key the session
	 * @param text the text, or {@code null} for none
	 */
	void hold(SessionKey key, @Nullable String text);

}
