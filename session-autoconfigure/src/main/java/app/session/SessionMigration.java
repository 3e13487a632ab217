package app.session;

/**
 * How far the move of sessions from one store to another has come. There is a bean of it
 * while {@code app.session.migrate-from} is set. Safe for use by many threads.
 */
public interface SessionMigration {

	/**
	 * How many sessions that are alive are still in the store that is being left. To
	 * count them that store may have to be walked through: for administration, never on
	 * the path of a request.
	 * @return the number, which others may change meanwhile
	 * @throws SessionStoreUnavailableException if the store does not answer
	 */
	long remaining();

}
