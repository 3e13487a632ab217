package app.session.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import app.session.http.WebClient;
import app.session.server.Executables;
import app.session.server.RedisServers;

import org.springframework.util.function.SingletonSupplier;

/**
 * A real application in Node on a free loopback port, with its sessions by a real
 * koa-session or express-session, in the Redis that the tests share unless told
 * otherwise. It ends with the test's process at the latest. Where Node, npm or the
 * packages are missing, the test is skipped.
 */
final class NodeApp implements Site {

	private static final Pattern READY = Pattern.compile("Listening on port (\\d+)");

	private static final HttpClient HTTP = HttpClient.newBuilder().version(Version.HTTP_1_1).build();

	private static final Supplier<NodePackages> KOA = SingletonSupplier.of(() -> NodePackages.of("koa"));

	private static final Supplier<NodePackages> EXPRESS = SingletonSupplier.of(() -> NodePackages.of("express"));

	private final Process process;

	private final Path errors;

	private final URI uri;

	private NodeApp(NodePackages packages, Map<String, String> settings) {
		Path node = Executables.find("node");
		Path directory = packages.directory();
		ProcessBuilder command = new ProcessBuilder(node.toString(), "app.js").directory(directory.toFile());
		command.environment().clear();
		command.environment().put("NODE_ENV", "production");
		command.environment().put("REDIS_URL", "redis://127.0.0.1:" + RedisServers.embedded().port());
		command.environment().putAll(settings);
		try {
			this.errors = Files.createTempFile(directory, "errors-", ".log");
			this.process = command.redirectError(this.errors.toFile()).start();
			Runtime.getRuntime().addShutdownHook(new Thread(this.process::destroyForcibly));
			this.uri = URI.create("http://127.0.0.1:" + awaitPort());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Starts the application with koa-session.
	 * @param settings its environment variables, as {@code app.js} names them
	 */
	static NodeApp koa(Map<String, String> settings) {
		return new NodeApp(KOA.get(), settings);
	}

	/**
	 * Starts the application with express-session.
	 * @param settings its environment variables, as {@code app.js} names them
	 */
	static NodeApp express(Map<String, String> settings) {
		return new NodeApp(EXPRESS.get(), settings);
	}

	/** The port is all that the application ever prints. */
	private String awaitPort() throws IOException {
		String line = this.process.inputReader(StandardCharsets.UTF_8).readLine();
		Matcher ready = READY.matcher(Objects.requireNonNullElse(line, ""));
		if (!ready.matches()) {
			close();
			throw new IllegalStateException("The application in Node did not start, see above");
		}
		return ready.group(1);
	}

	@Override
	public URI uri() {
		return this.uri;
	}

	/** A visitor who was never here. */
	WebClient visitor() {
		return visitor(this);
	}

	/** A visitor of any application who was never here. */
	static WebClient visitor(Site site) {
		return new WebClient(HTTP, site.uri());
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
		this.process.onExit().join();
		try {
			Files.readAllLines(this.errors).forEach(System.out::println);
			Files.delete(this.errors);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
