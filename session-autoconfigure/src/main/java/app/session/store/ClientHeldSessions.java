package app.session.store;

import app.session.SessionKey;
import app.session.SessionRecord;
import app.session.SessionRepository;
import org.jspecify.annotations.Nullable;

/**
 * The repository of an application whose clients hold their sessions themselves, as it is
 * seen from outside their requests: every session is absent. It keeps nothing, so it is
 * neither a {@link app.session.SessionCatalog} nor a {@link app.session.PrincipalIndex}.
 * Safe for use by many threads.
 */
public final class ClientHeldSessions implements SessionRepository {

	@Override
	public @Nullable SessionRecord find(SessionKey key) {
		return null;
	}

	/**
	 * Refuses to: a session is written in a request of its client.
	 * @throws UnsupportedOperationException always
	 */
	@Override
	public boolean create(SessionRecord record) {
		throw new UnsupportedOperationException(
				"Sessions are held by their clients: one is made in a request of its client alone");
	}

	@Override
	public boolean update(SessionRecord record) {
		return false;
	}

	@Override
	public boolean touch(SessionKey key) {
		return false;
	}

	@Override
	public boolean delete(SessionKey key) {
		return false;
	}

}
