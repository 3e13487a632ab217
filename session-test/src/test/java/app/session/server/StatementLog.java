package app.session.server;

import java.util.List;

/**
 * What a SQL server was asked by one of its users, who has this log alone.
 */
public interface StatementLog extends AutoCloseable {

	/**
	 * What a driver asks to see whether its connection is alive.
	 */
	String PING = "(ping)";

	/**
	 * The URL of the database, without a user.
	 */
	String url();

	/**
	 * The user. Nobody asks for a password.
	 */
	String user();

	/**
	 * What the server was asked since the last call, in order and whatever it was, save
	 * to open and close connections. Something that is no statement stands in brackets.
	 */
	List<String> take();

	/**
	 * Ends the log.
	 */
	@Override
	void close();

}
