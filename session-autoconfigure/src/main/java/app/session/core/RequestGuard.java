package app.session.core;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import app.session.LoginRefusedException;
import app.session.SessionConflictException;
import app.session.SessionStoreUnavailableException;

/**
 * Lets one thread at a time do something with a request's session, reads the session when
 * that needs it, and remembers what failed: a change that was lost is lost for the whole
 * request.
 */
final class RequestGuard {

	private final ReentrantLock lock = new ReentrantLock();

	private final SessionState state;

	private final RequestPolicy policy;

	private final ExactChanges exact;

	private volatile boolean accessed;

	private volatile @Nullable RuntimeException failure;

	private boolean ended;

	RequestGuard(SessionState state, RequestPolicy policy, ExactChanges exact) {
		this.state = state;
		this.policy = policy;
		this.exact = exact;
	}

	/**
	 * Whether anybody asked for the session.
	 */
	boolean isAccessed() {
		return this.accessed;
	}

	/**
	 * What failed, or {@code null}.
	 */
	@Nullable RuntimeException failure() {
		return this.failure;
	}

	/**
	 * Runs a reading operation of the handler.
	 */
	<T extends @Nullable Object> T read(Supplier<T> reader) {
		return locked(() -> {
			load();
			return reader.get();
		});
	}

	/**
	 * Runs a changing operation of the handler. A failure of the store is remembered,
	 * since the change is lost, whatever the handler makes of the exception.
	 * @param operation told whether the session was read just now
	 */
	<T extends @Nullable Object> T change(Function<Boolean, T> operation) {
		return locked(() -> {
			if (this.failure != null) {
				throw this.failure;
			}
			this.exact.checkNotComputing();
			this.policy.checkNotValidating();
			try {
				boolean fresh = load();
				this.state.checkAvailable();
				return operation.apply(fresh);
			}
			catch (SessionStoreUnavailableException | LoginRefusedException | SessionConflictException ex) {
				this.failure = ex;
				throw ex;
			}
		});
	}

	/**
	 * Refuses a change that may not be made, or can't be saved any more, or is more than
	 * a hook may make.
	 */
	void checkWritable() {
		this.policy.checkNotSaving();
		this.policy.checkWritable();
	}

	private boolean load() {
		this.accessed = true;
		return this.state.load(this.policy.isTouching());
	}

	/**
	 * Runs an action of the transport's, any failure of which is remembered.
	 */
	void remember(Runnable action) {
		try {
			action.run();
		}
		catch (RuntimeException ex) {
			this.failure = ex;
			throw ex;
		}
	}

	/**
	 * Lets go of what the request held, now and whenever something is read after its end.
	 */
	void end() {
		this.state.passTurn();
		this.ended = true;
	}

	void locked(Runnable action) {
		locked(() -> {
			action.run();
			return true;
		});
	}

	<T extends @Nullable Object> T locked(Supplier<T> action) {
		this.lock.lock();
		try {
			return action.get();
		}
		finally {
			// Nobody ends a request again because something was read after its end.
			if (this.ended && !this.state.hasTurn() && this.lock.getHoldCount() == 1) {
				this.state.release();
			}
			this.lock.unlock();
		}
	}

}
