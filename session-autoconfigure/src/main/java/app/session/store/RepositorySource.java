package app.session.store;

import java.util.List;
import java.util.stream.Stream;

import app.session.PrincipalIndex;
import app.session.SessionCatalog;
import app.session.SessionKey;
import app.session.SessionRecord;
import app.session.SessionRepository;
import org.jspecify.annotations.Nullable;

/**
 * A repository that sessions are moved out of.
 *
 * @param repository the repository
 */
record RepositorySource(SessionRepository repository) implements SessionSource {

	@Override
	public @Nullable SessionRecord find(SessionKey key) {
		return this.repository.find(key);
	}

	@Override
	public @Nullable SessionRecord findAndTouch(SessionKey key) {
		return this.repository.findAndTouch(key);
	}

	@Override
	public boolean canTouch() {
		return true;
	}

	@Override
	public boolean delete(SessionKey key) {
		return this.repository.delete(key);
	}

	@Override
	public long count() {
		return (this.repository instanceof SessionCatalog catalog) ? catalog.count() : 0;
	}

	@Override
	public Stream<SessionRecord> stream() {
		return (this.repository instanceof SessionCatalog catalog) ? catalog.stream() : Stream.empty();
	}

	@Override
	public List<SessionKey> members(String principal) {
		return (this.repository instanceof PrincipalIndex index) ? index.members(principal) : List.of();
	}

	@Override
	public void strikeOff(String principal, List<SessionKey> keys) {
		if (this.repository instanceof PrincipalIndex index) {
			index.strikeOff(principal, keys);
		}
	}

}
