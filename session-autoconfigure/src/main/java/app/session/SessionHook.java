package app.session;

/**
 * What an application has to say about each session that is read, and each that is
 * written: koa-session's {@code valid} and {@code beforeSave}. Every bean of this type is
 * asked, in order. Safe for use by many threads.
 * <p>
 * The two together bind a session to something of the client's: {@code beforeSave} notes
 * what it is, {@code isValid} compares.
 * <p>
 * A hook is called on the request's thread, or the asynchronous one that asked for the
 * session, while no other can use the session. So it answers quickly, and leaves the
 * session to no other thread. There is nothing to wait for: the answer is what it
 * returns.
 */
public interface SessionHook {

	/**
	 * Whether the session that the client brought is to be had by this request. Asked
	 * once for a request, when the session has been read: it lives, and the id is its
	 * present one. Not asked for a request that does not ask for its session, unless it
	 * is time to write down that the session was used; that may come after the response.
	 * <p>
	 * If one hook says no, the request goes on without the session, as a new visitor's,
	 * and a {@link SessionEvent.Invalid} says so. The session itself is left alone, its
	 * expiry and the client's cookie included: who is not to have it must not be able to
	 * end it either. It is replaced in the client by the session that the request begins,
	 * if it does. To have the session ended, revoke it by {@link Sessions#revoke} when
	 * the event comes.
	 * @param session the session, to be read: every change is an
	 * {@link IllegalStateException}, and an object changed in place is not saved
	 * @param request the client's request
	 * @return {@code false} to keep the session from the request
	 * @throws RuntimeException if that can't be told; whoever asked for the session gets
	 * the exception instead, and the hook is asked again if somebody asks again
	 */
	default boolean isValid(Session session, ClientRequest request) {
		return true;
	}

	/**
	 * Called before something is written to the session, with all that is to be written
	 * but for an exact operation under way. A request may write more than once: each
	 * exact operation is a write, as {@link Session#save} is one, and what was changed
	 * since is another before the response. Not called if there is nothing to write, nor
	 * for the end of a session.
	 * <p>
	 * It may change the attributes and {@linkplain Session#setTimeout the timeout}, which
	 * is written together with the rest, and replayed with it if somebody else wrote
	 * first. Best it sets only what is not there yet: what it sets anew in each request
	 * is set by all requests at once. Everything else is an
	 * {@link IllegalStateException}: exact operations, {@code save}, {@code reset},
	 * {@code invalidate}, and what concerns the id, the principal or the cookie.
	 * @param session the session
	 * @param request the client's request
	 * @throws RuntimeException to have nothing written. It comes out of the operation
	 * that was about to write; before the response it is the request's failure, and no
	 * cookie is sent
	 */
	default void beforeSave(Session session, ClientRequest request) {
	}

}
