package app.session.core;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import app.session.PrincipalIndex;
import app.session.SessionCatalog;
import app.session.SessionEvent.Destroyed;
import app.session.SessionKey;
import app.session.SessionRecord;
import app.session.SessionRepository;
import app.session.Sessions;
import app.session.codec.AttributesFormat;
import app.session.codec.StoredLogin;
import app.session.codec.UnreadableDataException;

/**
 * {@link Sessions} over a repository.
 */
final class StoredSessions implements Sessions {

	private final SessionRepository repository;

	private final Committer committer;

	private final Logins logins;

	private final Limits limits;

	private final Events events;

	StoredSessions(SessionRepository repository, Committer committer, Logins logins, Limits limits, Events events) {
		this.repository = repository;
		this.limits = limits;
		this.committer = committer;
		this.logins = logins;
		this.events = events;
	}

	@Override
	public Optional<Info> find(@Nullable String handle) {
		SessionKey key = SessionKey.parse(handle);
		return (key != null) ? Optional.ofNullable(this.repository.find(key)).map(StoredSessions::info)
				: Optional.empty();
	}

	private static Info info(SessionRecord record) {
		StoredLogin login = (record.principal() != null) ? login(record) : null;
		return new Info(record.key().handle(), record.principal(), record.creationTime(),
				(login != null) ? login.time() : null, record.lastAccessedTime(), record.expiryTime(),
				(login != null) ? login.address() : null, (login != null) ? login.userAgent() : null);
	}

	private static @Nullable StoredLogin login(SessionRecord record) {
		try {
			return AttributesFormat.readLogin(record.data());
		}
		catch (UnreadableDataException ex) {
			// A list of sessions shows what is known of each; the session's own request
			// tells of it.
			return null;
		}
	}

	@Override
	public List<Info> findByPrincipal(String principal) {
		return index(principal).members(principal)
			.stream()
			.map(this.repository::find)
			.filter(Objects::nonNull)
			.filter((record) -> principal.equals(record.principal()))
			.map(StoredSessions::info)
			.toList();
	}

	@Override
	public boolean revoke(@Nullable String handle) {
		SessionKey key = SessionKey.parse(handle);
		SessionRecord record = (key != null) ? this.repository.find(key) : null;
		if (record == null) {
			return false;
		}
		String principal = record.principal();
		if (principal != null && this.repository instanceof PrincipalIndex index) {
			return this.logins.end(index, principal, List.of(record.key()), Destroyed.Reason.REVOKED) > 0;
		}
		boolean deleted = this.committer.delete(record.key());
		if (deleted) {
			this.events.publish(new Destroyed(record.key(), principal, Destroyed.Reason.REVOKED));
		}
		return deleted;
	}

	@Override
	public int revokeAll(String principal) {
		return revoke(principal, null);
	}

	@Override
	public int revokeAllExcept(String principal, String handle) {
		return revoke(principal, SessionKey.parse(handle));
	}

	private int revoke(String principal, @Nullable SessionKey spared) {
		PrincipalIndex index = index(principal);
		return this.logins.end(index, principal, index.revoke(principal, spared), Destroyed.Reason.REVOKED);
	}

	@Override
	public long epoch(String principal) {
		return index(principal).epoch(principal);
	}

	@Override
	public long count() {
		return catalog().count();
	}

	@Override
	public Stream<Info> stream() {
		return catalog().stream().map(StoredSessions::info);
	}

	private PrincipalIndex index(String principal) {
		this.limits.checkPrincipal(principal);
		if (this.repository instanceof PrincipalIndex index) {
			return index;
		}
		throw new UnsupportedOperationException(
				this.repository.getClass().getName() + " keeps no index of principals: it is no PrincipalIndex");
	}

	private SessionCatalog catalog() {
		if (this.repository instanceof SessionCatalog catalog) {
			return catalog;
		}
		throw new UnsupportedOperationException(
				this.repository.getClass().getName() + " can't list its sessions: it is no SessionCatalog");
	}

}
