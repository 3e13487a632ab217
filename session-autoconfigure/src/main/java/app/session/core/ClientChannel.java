package app.session.core;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import app.session.ClientRequest;
import app.session.crypto.SessionId;

/**
 * The way back to the client: what the engine tells it of its session's id. Implemented
 * by the transport; over HTTP a cookie.
 */
public interface ClientChannel {

	/**
	 * Whether the client can still be told something, and so whether a change can still
	 * be made.
	 * @return {@code false} from the moment the response is committed
	 */
	boolean isOpen();

	/**
	 * Whether an id may be sent to this client at all. If not, a new session lives for
	 * this request alone and is not stored.
	 * @return {@code false} for a connection that would give the id away
	 */
	boolean canSend();

	/**
	 * Gives the client an id, in place of any it has.
	 * @param id the id
	 * @param maxAge how long the client keeps it, or {@code null} until it closes
	 */
	void send(SessionId id, @Nullable Duration maxAge);

	/**
	 * Takes the client's id away.
	 */
	void clear();

	/**
	 * What the client asks, for the hooks of the application. Asked if there are any, and
	 * before the request is over.
	 * @return the request
	 */
	ClientRequest request();

	/**
	 * Where the client is, for the record of a login. Asked at a login alone, and while
	 * the channel is {@linkplain #isOpen open}.
	 * @return the origin, or {@code null} if it is not to be recorded
	 */
	default @Nullable ClientOrigin origin() {
		return null;
	}

}
