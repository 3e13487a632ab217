package app.session.benchmarks;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import app.session.benchmarks.Backend.Variant;

/**
 * One server of a comparison, in a process of its own.
 */
record Server(Process process, int port) {

	static Server start(Variant variant, List<String> properties) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m", "-cp",
						classPath(variant), CounterServer.class.getName(), "--server.port=0",
						"--server.tomcat.max-keep-alive-requests=-1", "--server.address=127.0.0.1",
						"--spring.main.banner-mode=off"));
		command.addAll(properties);
		command.addAll(variant.properties());
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		BufferedReader output = new BufferedReader(
				new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
		StringBuilder log = new StringBuilder();
		String line = output.readLine();
		while (line != null && !line.startsWith("port ")) {
			log.append(line).append('\n');
			line = output.readLine();
		}
		if (line == null) {
			throw new IOException("The server " + variant.name() + " did not start:\n" + log);
		}
		return new Server(process, Integer.parseInt(line.substring(5)));
	}

	/** Spring Session and this library do not both answer for the HttpSession. */
	private static String classPath(Variant variant) {
		String all = System.getProperty("java.class.path");
		if (!variant.name().equals("session")) {
			return all;
		}
		return Stream.of(all.split(File.pathSeparator))
			.filter((entry) -> !Path.of(entry).getFileName().toString().matches("spring-(boot-)?session-.*"))
			.collect(Collectors.joining(File.pathSeparator));
	}

	void stop() {
		this.process.destroy();
	}

}
