package app.session;

/**
 * How many sessions a principal may have at once.
 *
 * @param sessions the number, {@link Integer#MAX_VALUE} for no limit
 * @param whenFull what a login beyond it does
 */
public record SessionLimit(int sessions, WhenFull whenFull) {

	/** No limit. */
	public static final SessionLimit NONE = new SessionLimit(Integer.MAX_VALUE, WhenFull.END_OLDEST);

	/**
	 * Creates a limit.
	 */
	public SessionLimit {
		if (sessions < 1) {
			throw new IllegalArgumentException("A principal may have 1 session or more, not " + sessions);
		}
	}

	/** What a login beyond the limit does. */
	public enum WhenFull {

		/** End the session of the oldest login. */
		END_OLDEST,

		/** Refuse the new login. */
		REFUSE

	}

}
