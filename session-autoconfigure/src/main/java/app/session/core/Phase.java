package app.session.core;

/**
 * How a request stands to its session.
 */
enum Phase {

	/** The client presented an id, and nobody has asked for the session yet. */
	UNREAD,

	/** There is no session: the first change makes one. */
	NEW,

	/** There is a session, and this request knows its record. */
	STORED,

	/** There was a session, and it is out of this request's reach for good. */
	ENDED,

	/**
	 * The store did not say what the session is, and this request goes on without it: it
	 * sees nothing, and can change nothing.
	 */
	UNAVAILABLE

}
