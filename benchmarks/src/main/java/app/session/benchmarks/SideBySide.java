package app.session.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The view counter of three servers under the same load, one after the other, many times
 * over, so that a machine whose speed drifts does not decide. Prints requests per second
 * and processor time per request, and the ratios round by round.
 */
public final class SideBySide {

	private static final List<String> VARIANTS = List.of("none", "container", "session");

	private static final int SESSIONS = 1000;

	private static final int CONNECTIONS = 16;

	private SideBySide() {
	}

	/**
	 * Runs the comparison.
	 * @param args rounds, seconds per measurement, and seconds to warm each server up
	 * @throws Exception if a server does not start
	 */
	public static void main(String[] args) throws Exception {
		int rounds = (args.length > 0) ? Integer.parseInt(args[0]) : 7;
		int seconds = (args.length > 1) ? Integer.parseInt(args[1]) : 5;
		int warmUp = (args.length > 2) ? Integer.parseInt(args[2]) : 60;
		List<Server> servers = new ArrayList<>();
		try {
			for (String variant : VARIANTS) {
				servers.add(Server.start(variant));
			}
			List<Load> loads = new ArrayList<>();
			for (Server server : servers) {
				Load load = new Load(server.port(), server.path(), CONNECTIONS);
				load.openSessions(SESSIONS);
				load.run(warmUp);
				loads.add(load);
			}
			report(rounds, seconds, loads);
		}
		finally {
			servers.forEach(Server::stop);
		}
	}

	private static void report(int rounds, int seconds, List<Load> loads) throws Exception {
		double[][] rates = new double[VARIANTS.size()][rounds];
		double[][] cpus = new double[VARIANTS.size()][rounds];
		for (int round = 0; round < rounds; round++) {
			for (int i = 0; i < loads.size(); i++) {
				Load.Result result = loads.get(i).run(seconds);
				rates[i][round] = result.requestsPerSecond();
				cpus[i][round] = result.cpuMicrosPerRequest();
			}
		}
		System.out.printf(Locale.ROOT, "%-10s %14s %18s%n", "variant", "requests/s", "cpu us/request");
		for (int i = 0; i < VARIANTS.size(); i++) {
			System.out.printf(Locale.ROOT, "%-10s %14.0f %18.2f%n", VARIANTS.get(i), median(rates[i]), median(cpus[i]));
		}
		System.out.printf(Locale.ROOT, "session/none      cpu per request, ratio: %s%n", ratios(cpus[2], cpus[0]));
		System.out.printf(Locale.ROOT, "session/container cpu per request, ratio: %s%n", ratios(cpus[2], cpus[1]));
		System.out.printf(Locale.ROOT, "session/container requests/s, ratio:      %s%n", ratios(rates[2], rates[1]));
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

	private record Server(Process process, int port, String path) {

		static Server start(String variant) throws IOException {
			Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
					"-Xmx512m", "-cp", System.getProperty("java.class.path"), CounterServer.class.getName(),
					"--server.port=0", "--server.tomcat.max-keep-alive-requests=-1", "--server.address=127.0.0.1",
					"--spring.main.banner-mode=off", "--app.session.enabled=" + variant.equals("session"))
				.redirectErrorStream(true)
				.start();
			BufferedReader output = new BufferedReader(
					new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
			String line = output.readLine();
			while (line != null && !line.startsWith("port ")) {
				line = output.readLine();
			}
			if (line == null) {
				throw new IOException("The server " + variant + " did not start");
			}
			return new Server(process, Integer.parseInt(line.substring(5)), "/" + variant);
		}

		void stop() {
			this.process.destroy();
		}

	}

}
