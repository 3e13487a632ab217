package app.session.core;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

import app.session.crypto.SessionId;

/**
 * What one request's client holds of its session: a signed id, or the session itself
 * under seal. Made by a {@link TokenFormat} for each request; safe for use by the threads
 * of one request.
 */
public interface ClientToken {

	/**
	 * The id of the session that the client brought.
	 * @return the id, or {@code null} if it brought none
	 */
	@Nullable SessionId id();

	/**
	 * The engine that opens the session.
	 * @param shared the application's
	 * @return {@code shared}, or an engine that is {@linkplain SessionEngine#bound bound}
	 * to records that this request alone can reach
	 */
	default SessionEngine engine(SessionEngine shared) {
		return shared;
	}

	/**
	 * Whether another token that the same request brought stands for the same.
	 * @param other the other
	 * @return {@code true} if it does not matter which one counts
	 */
	default boolean isSame(ClientToken other) {
		return Objects.equals(id(), other.id());
	}

	/**
	 * What the client is to hold from now on.
	 * @param id the session's id
	 * @return the text, a secret
	 * @throws app.session.SessionTooLargeException if no client would keep it
	 */
	String text(SessionId id);

	/**
	 * Whether the client may be sent a text, though there is nothing new to tell.
	 * @return {@code false} as long as what it brought is all that opens its session
	 */
	default boolean mayBeSent() {
		return true;
	}

	/**
	 * What the client has to be told that the engine has not told it: asked when all is
	 * written, before the response is committed.
	 * @return what is due
	 */
	Due due();

	/**
	 * Whether the use of a session is noted in what the client holds, and so has to be
	 * noted before the response is committed.
	 * @return {@code true} if the client has to be told
	 */
	default boolean isUseNotedByClient() {
		return false;
	}

	/** What a client has to be told. */
	enum Due {

		/** Nothing. */
		NOTHING,

		/**
		 * The text once more, if this can do no harm and the session is alive: it was
		 * signed by an older key, or the session's use is to be noted in it.
		 */
		REFRESH,

		/** The text, which has changed. */
		SEND,

		/** That there is nothing to hold any more. */
		CLEAR

	}

}
