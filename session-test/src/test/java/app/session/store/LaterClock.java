package app.session.store;

import java.time.Duration;
import java.util.function.Supplier;

import app.session.SessionKey;
import app.session.SessionRecord;
import app.session.SessionRepository;
import org.jspecify.annotations.Nullable;

/**
 * A store whose records were moved back in time, seen by a clock that went on instead.
 *
 * @param store the store
 * @param moved how far its records were moved
 */
public record LaterClock(SessionRepository store, Supplier<Duration> moved) implements SessionRepository {

	@Override
	public @Nullable SessionRecord find(SessionKey key) {
		return later(this.store.find(key));
	}

	@Override
	public @Nullable SessionRecord findAndTouch(SessionKey key) {
		return later(this.store.findAndTouch(key));
	}

	@Override
	public boolean create(SessionRecord record) {
		return this.store.create(record);
	}

	@Override
	public boolean update(SessionRecord record) {
		return this.store.update(record);
	}

	@Override
	public boolean touch(SessionKey key) {
		return this.store.touch(key);
	}

	@Override
	public boolean delete(SessionKey key) {
		return this.store.delete(key);
	}

	private @Nullable SessionRecord later(@Nullable SessionRecord record) {
		Duration by = this.moved.get();
		return (record != null) ? record.stamped(record.creationTime().plus(by), record.lastAccessedTime().plus(by))
				: null;
	}

}
