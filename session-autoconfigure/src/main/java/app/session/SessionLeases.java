package app.session;

import java.time.Duration;

/**
 * The ability of a shared store to let one holder at a time have a session, so that
 * {@link SessionPolicy.Mode#SERIALIZED} requests take turns on all nodes together.
 * Optional: without it they take turns on each node. Each method is one atomic operation
 * of the store, by the store's clock. Safe for use by many threads.
 * <p>
 * A lease keeps nobody from writing: it ends by itself, so a holder that was held up may
 * be no holder any more. Who holds one looks at its own clock before it writes.
 */
public interface SessionLeases {

	/**
	 * Takes or prolongs the lease on a session, whether or not the session exists.
	 * @param key the session
	 * @param holder who asks, a tag of its own for each request
	 * @param length how long the lease lasts from now on, if it is not released before
	 * @return {@code true} if the holder has it now, also if it had it before;
	 * {@code false} if somebody else has it
	 * @throws SessionStoreUnavailableException if the store does not answer
	 */
	boolean acquire(SessionKey key, WriterTag holder, Duration length);

	/**
	 * Prolongs a lease that has not ended since it was taken.
	 * @param key the session
	 * @param holder who took it
	 * @param length how long it lasts from now on
	 * @return {@code false} if it has ended, even if nobody took it since
	 * @throws SessionStoreUnavailableException if the store does not answer
	 */
	boolean renew(SessionKey key, WriterTag holder, Duration length);

	/**
	 * Ends a lease. Does nothing if the holder has it no more.
	 * @param key the session
	 * @param holder who took it
	 * @throws SessionStoreUnavailableException if the store does not answer
	 */
	void release(SessionKey key, WriterTag holder);

}
