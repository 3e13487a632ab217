package app.session.http;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Holds requests where a test wants them: a handler passes a gate, and waits until it is
 * opened.
 */
public class Gates {

	private final Map<String, Gate> gates = new ConcurrentHashMap<>();

	private Gate gate(String name) {
		return this.gates.computeIfAbsent(name, (key) -> new Gate(new CountDownLatch(1), new CountDownLatch(1)));
	}

	/** Called by a handler. */
	public void pass(String name) {
		gate(name).arrived().countDown();
		await(gate(name).open());
	}

	/** Called by a test. */
	public void awaitArrival(String name) {
		await(gate(name).arrived());
	}

	/** Called by a test. */
	public void open(String name) {
		gate(name).open().countDown();
	}

	private static void await(CountDownLatch latch) {
		try {
			if (!latch.await(20, TimeUnit.SECONDS)) {
				throw new IllegalStateException("Nobody came");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private record Gate(CountDownLatch arrived, CountDownLatch open) {
	}

}
