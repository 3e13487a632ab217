package app.session;

import java.util.stream.Stream;

/**
 * The ability of a store to walk through its sessions: for administration, never on the
 * path of a request. Optional.
 */
public interface SessionCatalog {

	/**
	 * How many sessions are alive.
	 * @return the number; a store may count some that have just ended
	 * @throws SessionStoreUnavailableException if the store does not answer
	 */
	long count();

	/**
	 * The sessions that are alive, in no order, read as the stream is consumed: sessions
	 * that come or go meanwhile may or may not be seen. To be closed after use.
	 * @return the records
	 * @throws SessionStoreUnavailableException if the store does not answer
	 */
	Stream<SessionRecord> stream();

}
