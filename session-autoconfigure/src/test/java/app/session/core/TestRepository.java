package app.session.core;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import app.session.SessionKey;
import app.session.SessionRecord;
import app.session.SessionReplyLostException;
import app.session.SessionRepository;
import app.session.SessionStoreUnavailableException;

/**
 * A repository that writes down each call, and does on demand what a network does.
 */
class TestRepository implements SessionRepository {

	final List<String> calls = Collections.synchronizedList(new ArrayList<>());

	final Map<SessionKey, SessionRecord> records = new HashMap<>();

	final InstantSource clock;

	private final Deque<Runnable> beforeUpdate = new ArrayDeque<>();

	private final Deque<Fault> faults = new ArrayDeque<>();

	TestRepository(InstantSource clock) {
		this.clock = clock;
	}

	enum Fault {

		/** The call does not arrive. */
		DOWN,

		/** The call does not arrive, and nobody can tell. */
		REQUEST_LOST,

		/** The call is carried out, and nobody can tell. */
		REPLY_LOST

	}

	/** Runs an action just before the next update, as another node would. */
	void beforeNextUpdate(Runnable action) {
		this.beforeUpdate.add(action);
	}

	void failNextWrites(Fault... faults) {
		this.faults.addAll(List.of(faults));
	}

	void called(String call) {
		this.calls.add(call);
	}

	List<String> takeCalls() {
		synchronized (this.calls) {
			List<String> taken = List.copyOf(this.calls);
			this.calls.clear();
			return taken;
		}
	}

	synchronized @Nullable SessionRecord living(SessionKey key) {
		SessionRecord record = this.records.get(key);
		return (record != null && this.clock.instant().isBefore(record.expiryTime())) ? record : null;
	}

	@Override
	public @Nullable SessionRecord find(SessionKey key) {
		called("find");
		return living(key);
	}

	@Override
	public synchronized @Nullable SessionRecord findAndTouch(SessionKey key) {
		called("findAndTouch");
		SessionRecord record = living(key);
		touched(key, record);
		return record;
	}

	@Override
	public boolean create(SessionRecord record) {
		called("create");
		return write(() -> {
			Instant now = this.clock.instant();
			return this.records.putIfAbsent(record.key(), record.stamped(now, now)) == null;
		});
	}

	@Override
	public boolean update(SessionRecord record) {
		called("update");
		Runnable other = this.beforeUpdate.poll();
		if (other != null) {
			other.run();
		}
		return write(() -> {
			SessionRecord present = living(record.key());
			if (present == null) {
				return false;
			}
			if (present.version() == record.version() - 1) {
				this.records.put(record.key(), record.stamped(present.creationTime(), this.clock.instant()));
				return true;
			}
			return present.writers().contains(record.writer());
		});
	}

	@Override
	public synchronized boolean touch(SessionKey key) {
		called("touch");
		return touched(key, living(key));
	}

	private boolean touched(SessionKey key, @Nullable SessionRecord record) {
		if (record == null) {
			return false;
		}
		this.records.put(key, record.stamped(record.creationTime(), this.clock.instant()));
		return true;
	}

	@Override
	public boolean delete(SessionKey key) {
		called("delete");
		return write(() -> {
			boolean living = living(key) != null;
			this.records.remove(key);
			return living;
		});
	}

	private boolean write(java.util.function.BooleanSupplier action) {
		Fault fault = this.faults.poll();
		if (fault == Fault.DOWN) {
			throw new SessionStoreUnavailableException("The store is down", null);
		}
		if (fault == Fault.REQUEST_LOST) {
			throw new SessionReplyLostException("No reply", null);
		}
		boolean result;
		synchronized (this) {
			result = action.getAsBoolean();
		}
		if (fault == Fault.REPLY_LOST) {
			throw new SessionReplyLostException("No reply", null);
		}
		return result;
	}

}
