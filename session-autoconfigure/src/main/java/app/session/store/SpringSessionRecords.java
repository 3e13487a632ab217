package app.session.store;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The records of Spring Session in a store, to be read and deleted. Ids are secrets of
 * Spring Session's clients: no message names one. Safe for use by many threads.
 * <p>
 * Every method throws {@link app.session.SessionStoreUnavailableException} if the store
 * does not answer.
 */
public interface SpringSessionRecords {

	/**
	 * Reads a record. One round trip.
	 * @param id the session's id
	 * @return what is in it, or {@code null} if there is none. It may have expired.
	 */
	@Nullable Fields find(String id);

	/**
	 * Removes a record.
	 * @param id the session's id
	 * @return {@code true} for exactly one of any number of callers
	 */
	boolean delete(String id);

	/**
	 * How many records there are. Never on the path of a request.
	 * @return the number
	 */
	long count();

	/**
	 * What is in a record. In Redis numbers are written as attributes are, by the
	 * serializer that the application has chosen; in SQL they are columns.
	 *
	 * @param creationTime when the session was created: a {@link Long}, milliseconds
	 * since 1970, or {@code byte[]} as it was serialized, or {@code null}
	 * @param lastAccessedTime when it was last used, likewise
	 * @param maxInactiveInterval how long it may go unused, likewise, but in seconds; a
	 * negative one is for ever
	 * @param principal whose session it is, {@code null} if only an attribute tells
	 * @param attributes the attributes as they were serialized
	 */
	record Fields(@Nullable Object creationTime, @Nullable Object lastAccessedTime,
			@Nullable Object maxInactiveInterval, @Nullable String principal, Map<String, byte[]> attributes) {
	}

}
