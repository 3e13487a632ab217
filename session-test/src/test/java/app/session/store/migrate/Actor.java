package app.session.store.migrate;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;

import org.jspecify.annotations.Nullable;

/**
 * Somebody who uses stores, and stops before each call until told to go on, or to die.
 */
final class Actor {

	private final String name;

	/** What it was answered: since it does nothing by chance, this is all it knows. */
	private final List<String> heard = new ArrayList<>();

	private final Semaphore mayRun = new Semaphore(0);

	private final Semaphore hasStopped = new Semaphore(0);

	private volatile boolean finished;

	private volatile boolean dies;

	private volatile @Nullable Throwable failure;

	private volatile @Nullable Object answer;

	Actor(String name) {
		this.name = name;
	}

	/** Begins, and stops before the first call. */
	void start(ExecutorService threads, Schedule.Task task) {
		threads.execute(() -> {
			this.mayRun.acquireUninterruptibly();
			try {
				this.answer = task.run(this);
			}
			catch (Death death) {
				// Nobody hears of it.
			}
			catch (Throwable ex) {
				this.failure = ex;
			}
			this.finished = true;
			this.hasStopped.release();
		});
		goOn();
	}

	/** Called before each call of a store. */
	void stop() {
		this.hasStopped.release();
		this.mayRun.acquireUninterruptibly();
		if (this.dies) {
			throw new Death();
		}
	}

	/** Called with the answer of each call. */
	<T extends @Nullable Object> T hear(T answer) {
		this.heard.add(Words.of(answer));
		return answer;
	}

	String state() {
		return this.name + (this.dies ? " died " : " ") + this.finished + this.heard;
	}

	void goOn() {
		this.mayRun.release();
		this.hasStopped.acquireUninterruptibly();
	}

	void die() {
		this.dies = true;
		goOn();
	}

	boolean isFinished() {
		return this.finished;
	}

	/** What it answered, {@code null} if it has not, or died. */
	@Nullable Object answer() {
		return this.answer;
	}

	boolean died() {
		return this.dies;
	}

	@Nullable Throwable failure() {
		return this.failure;
	}

	@Override
	public String toString() {
		return this.name;
	}

	private static final class Death extends Error {

		private static final long serialVersionUID = 1L;

		private Death() {
			super(null, null, false, false);
		}

	}

}
