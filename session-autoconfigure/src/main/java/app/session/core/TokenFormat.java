package app.session.core;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import app.session.SessionEvent.InvalidCookie;

/**
 * How what clients hold of their sessions is written. One for an application; safe for
 * use by many threads.
 */
public interface TokenFormat {

	/**
	 * Reads and verifies what a client brought. It never throws: the text comes from
	 * outside and may be anything.
	 * @param text the text
	 * @param refused told why there is no token
	 * @return the token, or {@code null} if the text is not one of ours
	 */
	@Nullable ClientToken read(String text, Consumer<InvalidCookie.Reason> refused);

	/**
	 * The token of a client that brought none.
	 * @return a token without an id
	 */
	ClientToken blank();

}
