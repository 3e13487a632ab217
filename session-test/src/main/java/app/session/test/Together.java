package app.session.test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Runs several calls at the same moment, again and again on the same threads.
 */
final class Together implements AutoCloseable {

	private static final int SECONDS = 120;

	private final ExecutorService threads = Executors.newCachedThreadPool((task) -> {
		Thread thread = new Thread(task, "store-contract");
		thread.setDaemon(true);
		return thread;
	});

	/**
	 * Runs calls, each on its own thread, after all threads have arrived.
	 * @param calls the calls
	 * @param <T> what they answer
	 * @return the answers, in the order of the calls
	 */
	<T> List<T> run(List<Callable<T>> calls) throws Exception {
		CyclicBarrier start = new CyclicBarrier(calls.size());
		List<Future<T>> futures = new ArrayList<>(calls.size());
		for (Callable<T> call : calls) {
			futures.add(this.threads.submit(() -> {
				start.await(SECONDS, TimeUnit.SECONDS);
				return call.call();
			}));
		}
		List<T> answers = new ArrayList<>(calls.size());
		for (Future<T> future : futures) {
			answers.add(future.get(SECONDS, TimeUnit.SECONDS));
		}
		return answers;
	}

	@Override
	public void close() {
		this.threads.shutdownNow();
	}

}
