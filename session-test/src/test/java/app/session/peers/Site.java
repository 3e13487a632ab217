package app.session.peers;

import java.net.URI;

/**
 * An application with the pages of the tutorials, one of those that serve a site
 * together.
 */
interface Site extends AutoCloseable {

	URI uri();

	@Override
	void close();

}
