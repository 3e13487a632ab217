package app.session.security.bridge;

import java.io.Serial;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import app.session.PrincipalIndex;
import app.session.SessionKey;
import app.session.SessionRecord;
import app.session.SessionRepository;
import app.session.Sessions;
import app.session.crypto.SessionId;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.session.SessionInformation;
import org.springframework.security.core.session.SessionRegistry;

/**
 * Spring Security's view of the sessions in the store, on all nodes. Nothing has to be
 * registered: a login does that itself. Principals are their names. Sessions that were
 * ended are gone, so none is ever listed as expired. Safe for use by many threads.
 */
public final class StoredSessionRegistry implements SessionRegistry {

	private final Sessions sessions;

	private final SessionRepository repository;

	private final PrincipalIndex index;

	/**
	 * Creates a registry.
	 * @param sessions the sessions
	 * @param repository where they are kept
	 * @param index the same, as one that knows the sessions of a principal
	 */
	public StoredSessionRegistry(Sessions sessions, SessionRepository repository, PrincipalIndex index) {
		this.sessions = sessions;
		this.repository = repository;
		this.index = index;
	}

	/**
	 * The names of all principals that have a session. Reads all sessions.
	 * @return strings
	 * @throws UnsupportedOperationException if the store can't list its sessions
	 */
	@Override
	public List<Object> getAllPrincipals() {
		try (Stream<Sessions.Info> all = this.sessions.stream()) {
			return all.map(Sessions.Info::principal)
				.filter(Objects::nonNull)
				.distinct()
				.collect(Collectors.<Object>toList());
		}
	}

	/**
	 * The living sessions of a principal, oldest login first.
	 * @param principal its name, or an object that has it
	 * @param includeExpiredSessions makes no difference
	 * @return a new list
	 */
	@Override
	public List<SessionInformation> getAllSessions(Object principal, boolean includeExpiredSessions) {
		String name = SecurityPrincipal.of(principal);
		return this.index.members(name)
			.stream()
			.map(this.repository::find)
			.filter((record) -> record != null && name.equals(record.principal()))
			.<SessionInformation>map((record) -> new Information(this.sessions, principal, record))
			.collect(Collectors.toList());
	}

	/**
	 * A session of a principal.
	 * @param sessionId what {@code HttpSession.getId()} answers, or a session's handle
	 * @return the session, or {@code null} if there is none, or it has no principal
	 */
	@Override
	public @Nullable SessionInformation getSessionInformation(String sessionId) {
		SessionKey key = SessionKey.parse(SessionId.handle(sessionId));
		SessionRecord record = (key != null) ? this.repository.find(key) : null;
		String principal = (record != null) ? record.principal() : null;
		return (record != null && principal != null) ? new Information(this.sessions, principal, record) : null;
	}

	/**
	 * Does nothing: the session itself knows when it was used.
	 */
	@Override
	public void refreshLastRequest(String sessionId) {
	}

	/**
	 * Does nothing: the login registers the session.
	 */
	@Override
	public void registerNewSession(String sessionId, Object principal) {
	}

	/**
	 * Does nothing: a session that has ended is not registered any more.
	 */
	@Override
	public void removeSessionInformation(String sessionId) {
	}

	/** A session that is ended at once, everywhere, when it is to expire. */
	private static final class Information extends SessionInformation {

		@Serial
		private static final long serialVersionUID = 1L;

		private final transient Sessions sessions;

		private final String handle;

		Information(Sessions sessions, Object principal, SessionRecord record) {
			super(principal, SessionId.name(record.key(), record.secretHash()), Date.from(record.lastAccessedTime()));
			this.sessions = sessions;
			this.handle = record.key().handle();
		}

		@Override
		public void expireNow() {
			super.expireNow();
			this.sessions.revoke(this.handle);
		}

	}

}
