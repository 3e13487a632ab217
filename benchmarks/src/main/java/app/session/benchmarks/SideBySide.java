package app.session.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import app.session.benchmarks.Backend.Variant;

/**
 * The view counter of three servers under the same load, one after the other, many times
 * over, so that a machine whose speed drifts does not decide. Prints requests per second
 * and processor time per request, and the ratios round by round.
 */
public final class SideBySide {

	private static final int SESSIONS = 1000;

	private static final int CONNECTIONS = 16;

	private SideBySide() {
	}

	/**
	 * Runs the comparison.
	 * @param args rounds, seconds per measurement, seconds to warm each server up, the
	 * store ({@code memory}, {@code redis}, {@code postgresql}), and what visitors do
	 * ({@code count}, {@code read}, {@code unused})
	 * @throws Exception if a server does not start
	 */
	public static void main(String[] args) throws Exception {
		int rounds = (args.length > 0) ? Integer.parseInt(args[0]) : 7;
		int seconds = (args.length > 1) ? Integer.parseInt(args[1]) : 5;
		int warmUp = (args.length > 2) ? Integer.parseInt(args[2]) : 60;
		String store = (args.length > 3) ? args[3] : "memory";
		String action = (args.length > 4 && !args[4].equals("count")) ? "/" + args[4] : "";
		List<Server> servers = new ArrayList<>();
		try (Backend backend = Backend.start(store)) {
			try {
				List<Load> loads = new ArrayList<>();
				for (Variant variant : backend.variants()) {
					Server server = Server.start(variant, backend.properties());
					servers.add(server);
					Load load = new Load(server.port(), variant.path(), CONNECTIONS);
					load.openSessions(SESSIONS, variant.path() + action);
					load.run(warmUp);
					loads.add(load);
				}
				report(rounds, seconds, backend.variants(), loads);
			}
			finally {
				servers.forEach(Server::stop);
			}
		}
	}

	private static void report(int rounds, int seconds, List<Variant> variants, List<Load> loads) throws Exception {
		double[][] rates = new double[variants.size()][rounds];
		double[][] cpus = new double[variants.size()][rounds];
		for (int round = 0; round < rounds; round++) {
			for (int i = 0; i < loads.size(); i++) {
				Load.Result result = loads.get(i).run(seconds);
				rates[i][round] = result.requestsPerSecond();
				cpus[i][round] = result.cpuMicrosPerRequest();
			}
		}
		System.out.printf(Locale.ROOT, "%-10s %14s %18s%n", "variant", "requests/s", "cpu us/request");
		for (int i = 0; i < variants.size(); i++) {
			System.out.printf(Locale.ROOT, "%-10s %14.0f %18.2f%n", variants.get(i).name(), median(rates[i]),
					median(cpus[i]));
		}
		int ours = variants.size() - 1;
		for (int i = 0; i < ours; i++) {
			String pair = variants.get(ours).name() + "/" + variants.get(i).name();
			System.out.printf(Locale.ROOT, "%-18s cpu per request, ratio: %s%n", pair, ratios(cpus[ours], cpus[i]));
			System.out.printf(Locale.ROOT, "%-18s requests/s, ratio:      %s%n", pair, ratios(rates[ours], rates[i]));
		}
	}

	private static String ratios(double[] a, double[] b) {
		double[] ratios = new double[a.length];
		for (int i = 0; i < a.length; i++) {
			ratios[i] = a[i] / b[i];
		}
		double[] sorted = ratios.clone();
		Arrays.sort(sorted);
		return String.format(Locale.ROOT, "median %.3f (min %.3f, max %.3f)", median(ratios), sorted[0],
				sorted[sorted.length - 1]);
	}

	private static double median(double[] values) {
		double[] sorted = values.clone();
		Arrays.sort(sorted);
		return sorted[sorted.length / 2];
	}

}
