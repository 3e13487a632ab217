package app.session.store.redis;

import java.time.Duration;
import java.util.function.Consumer;

import app.session.SessionEvent.RecordUnreadable;
import app.session.SessionAdoption;
import app.session.SessionKey;
import app.session.SessionRecord;
import app.session.SessionRepository;
import org.jspecify.annotations.Nullable;

/**
 * The records, one string each.
 */
final class RedisRecords implements SessionRepository, SessionAdoption {

	private final RedisCalls calls;

	private final StoreKeys keys;

	private final @Nullable Logouts logouts;

	private final Consumer<? super RecordUnreadable> events;

	/**
	 * Creates it.
	 * @param logouts how sessions are ended if replicas have to confirm it
	 * @param events told of values that can't be read
	 */
	RedisRecords(RedisCalls calls, StoreKeys keys, @Nullable Logouts logouts,
			Consumer<? super RecordUnreadable> events) {
		this.calls = calls;
		this.keys = keys;
		this.logouts = logouts;
		this.events = events;
	}

	@Override
	public @Nullable SessionRecord find(SessionKey key) {
		return read(key, this.calls.get(() -> "read session " + key, this.keys.record(key)));
	}

	@Override
	public @Nullable SessionRecord findAndTouch(SessionKey key) {
		return read(key,
				this.calls.answer(() -> "read session " + key, RecordScripts.FIND_AND_TOUCH, this.keys.record(key)));
	}

	private @Nullable SessionRecord read(SessionKey key, byte @Nullable [] value) {
		if (value == null) {
			return null;
		}
		SessionRecord record = ValueFormat.decode(key, value);
		if (record == null) {
			this.events.accept(new RecordUnreadable(key));
		}
		return record;
	}

	@Override
	public boolean create(SessionRecord record) {
		return adopt(record, Duration.ZERO);
	}

	@Override
	public boolean adopt(SessionRecord record, Duration age) {
		return this.calls.decide(() -> "create session " + record.key(), RecordScripts.CREATE,
				this.keys.record(record.key()), ValueFormat.head(record.version()), ValueFormat.tail(record),
				ValueFormat.age(age));
	}

	@Override
	public boolean update(SessionRecord record) {
		return this.calls.decide(() -> "write session " + record.key(), RecordScripts.UPDATE,
				this.keys.record(record.key()), ValueFormat.head(record.version()), ValueFormat.tail(record),
				ValueFormat.head(record.version() - 1));
	}

	@Override
	public boolean touch(SessionKey key) {
		return this.calls.decide(() -> "touch session " + key, RecordScripts.TOUCH, this.keys.record(key));
	}

	@Override
	public boolean delete(SessionKey key) {
		if (this.logouts != null) {
			return this.logouts.delete(key);
		}
		return this.calls.delete(() -> "delete session " + key, this.keys.record(key));
	}

}
