package app.session.store.memory;

import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;

import app.session.SessionKey;
import app.session.test.SessionRecords;

/**
 * Measures the heap of a session and the speed of the store, by hand: run the main method
 * with {@code -Xmx4g}, and with a first argument for another number of sessions. With a
 * second argument it then waits, for {@code jcmd <pid> GC.class_histogram}.
 */
final class MemoryFootprint {

	/** As many bytes as the attributes of a session with one counter take, or more. */
	private static final byte[] ONE_COUNTER = new byte[24];

	private final int sessions;

	private MemoryFootprint(int sessions) {
		this.sessions = sessions;
	}

	public static void main(String[] args) throws Exception {
		int sessions = (args.length > 0) ? Integer.parseInt(args[0]) : 1_000_000;
		new MemoryFootprint(sessions).run(args.length > 1);
	}

	private void run(boolean wait) throws Exception {
		// Warm up, so that the classes are not counted
		try (MemorySessionRepository store = newStore(1_000)) {
			create(store, new Random(0), 10_000);
		}
		long empty = usedHeap();
		try (MemorySessionRepository store = newStore(this.sessions)) {
			create(store, new Random(1), this.sessions);
			report("fresh", empty, store);
			for (int i = 0; i < 5; i++) {
				update(store, new Random(1), this.sessions);
			}
			report("updated 5 times", empty, store);
			if (wait) {
				System.out.println("pid " + ProcessHandle.current().pid() + ", press Enter to go on");
				Objects.requireNonNull(System.in).read();
			}
			timeFlood("flood of 5 x the bound, all in use", store);
		}
		try (MemorySessionRepository store = newStore(this.sessions)) {
			timeFlood("flood of 5 x the bound, none in use", store);
		}
	}

	private void timeFlood(String what, MemorySessionRepository store) {
		Random random = new Random(2);
		long longest = 0;
		long start = System.nanoTime();
		long before = start;
		for (int i = 0; i < 5 * this.sessions; i++) {
			store.create(SessionRecords.records()
				.data(ONE_COUNTER)
				.build(new SessionKey(random.nextLong(), random.nextLong())));
			long now = System.nanoTime();
			longest = Math.max(longest, now - before);
			before = now;
		}
		double seconds = (before - start) / 1e9;
		System.out.printf(Locale.ROOT, "%s: %,.0f creations/s, longest %.1f ms, %,d sessions%n", what,
				5 * this.sessions / seconds, longest / 1e6, store.count());
	}

	private void report(String what, long empty, MemorySessionRepository store) throws InterruptedException {
		System.out.printf(Locale.ROOT, "%s: %.1f bytes per session of %,d%n", what,
				(usedHeap() - empty) / (double) this.sessions, store.count());
	}

	private static MemorySessionRepository newStore(int sessions) {
		return new MemorySessionRepository(sessions, Clock.systemUTC(), (event) -> {
		});
	}

	private static void create(MemorySessionRepository store, Random random, int count) {
		for (int i = 0; i < count; i++) {
			store.create(SessionRecords.records()
				.data(ONE_COUNTER)
				.build(new SessionKey(random.nextLong(), random.nextLong())));
		}
	}

	private static void update(MemorySessionRepository store, Random random, int count) {
		for (int i = 0; i < count; i++) {
			var record = store.find(new SessionKey(random.nextLong(), random.nextLong()));
			store.update(SessionRecords.withData(Objects.requireNonNull(record), ONE_COUNTER));
		}
	}

	private static long usedHeap() throws InterruptedException {
		long used = Long.MAX_VALUE;
		for (int i = 0; i < 4; i++) {
			System.gc();
			used = Math.min(used, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
		}
		return used;
	}

}
