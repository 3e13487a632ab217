package app.session.core;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;

/**
 * Starts several threads at the same moment.
 */
abstract class Races extends EngineFixture {

	static final int THREADS = 8;

	private final ExecutorService executor = Executors.newFixedThreadPool(THREADS);

	@AfterEach
	void shutDown() {
		this.executor.shutdownNow();
	}

	/** What one thread does. */
	interface Task {

		void run(int thread) throws Exception;

	}

	void race(Task task) throws Exception {
		CyclicBarrier start = new CyclicBarrier(THREADS);
		List<Callable<Void>> tasks = new ArrayList<>();
		for (int i = 0; i < THREADS; i++) {
			int thread = i;
			tasks.add(() -> {
				start.await(10, TimeUnit.SECONDS);
				task.run(thread);
				return null;
			});
		}
		for (Future<Void> future : this.executor.invokeAll(tasks, 60, TimeUnit.SECONDS)) {
			future.get();
		}
	}

}
