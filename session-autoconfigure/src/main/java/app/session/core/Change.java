package app.session.core;

/**
 * One entry of a change log. It may be applied several times, each time to a newer state
 * of the session, and only the last time counts.
 */
@FunctionalInterface
interface Change {

	/**
	 * Applies the change.
	 * @param draft the state to change
	 */
	void applyTo(Draft draft);

}
