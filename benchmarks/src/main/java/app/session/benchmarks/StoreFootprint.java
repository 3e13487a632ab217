package app.session.benchmarks;

import java.util.Locale;

import app.session.benchmarks.Backend.Variant;

/**
 * What one session with a counter takes in a store, made by visits over HTTP, fresh and
 * after each was counted some times more.
 */
public final class StoreFootprint {

	private static final int CONNECTIONS = 16;

	private StoreFootprint() {
	}

	/**
	 * Measures it.
	 * @param args the store ({@code redis}, {@code postgresql}), how many sessions, and
	 * for how many seconds they are counted on
	 * @throws Exception if a server does not start
	 */
	public static void main(String[] args) throws Exception {
		int sessions = Integer.parseInt(args[1]);
		try (Backend backend = Backend.start(args[0])) {
			Variant ours = backend.variants().get(backend.variants().size() - 1);
			Server server = Server.start(ours, backend.properties());
			try {
				Load load = new Load(server.port(), ours.path(), CONNECTIONS);
				load.openSessions(1, ours.path());
				long before = backend.usage().bytes();
				load.openSessions(sessions, ours.path());
				report("fresh", backend.usage().bytes() - before, sessions);
				load.run(Integer.parseInt(args[2]));
				report("counted", backend.usage().bytes() - before, sessions);
			}
			finally {
				server.stop();
			}
		}
	}

	private static void report(String when, long bytes, int sessions) {
		System.out.printf(Locale.ROOT, "%-10s %.1f bytes per session%n", when, (double) bytes / sessions);
	}

}
