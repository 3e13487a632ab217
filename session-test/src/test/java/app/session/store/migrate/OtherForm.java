package app.session.store.migrate;

import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import app.session.SessionKey;
import app.session.SessionRecord;
import app.session.SessionRepository;
import app.session.store.SessionSource;

/**
 * A source that can be read and emptied alone, as one of another application's form.
 */
record OtherForm(SessionRepository repository) implements SessionSource {

	@Override
	public @Nullable SessionRecord find(SessionKey key) {
		return this.repository.find(key);
	}

	@Override
	public boolean canTouch() {
		return false;
	}

	@Override
	public boolean delete(SessionKey key) {
		return this.repository.delete(key);
	}

	@Override
	public long count() {
		return 0;
	}

	@Override
	public Stream<SessionRecord> stream() {
		return Stream.empty();
	}

	@Override
	public List<SessionKey> members(String principal) {
		return List.of();
	}

	@Override
	public void strikeOff(String principal, List<SessionKey> keys) {
	}

}
