package app.session.web.servlet;

/**
 * Whether flash attributes wait for the client. Spring MVC asks for them on every
 * request; without a mark the session need not be read for it.
 */
public interface FlashMark {

	/**
	 * Whether the client says that some wait.
	 * @return {@code true} if the session has to be read
	 */
	boolean isSet();

	/**
	 * Notes that some wait.
	 */
	void set();

	/**
	 * Notes that none wait any more.
	 */
	void clear();

}
