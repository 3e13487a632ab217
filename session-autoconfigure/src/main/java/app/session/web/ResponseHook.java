package app.session.web;

/**
 * Told by a {@link CommittingResponse} of what is about to happen to it.
 */
interface ResponseHook {

	/**
	 * The response may be committed by what comes next: the last chance to set a header.
	 * @return {@code false} if what comes next must not reach the client
	 */
	boolean beforeCommit();

	/**
	 * The application has cleared headers, ours among them.
	 */
	void headersCleared();

}
