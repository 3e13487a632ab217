package app.session.server;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import redis.embedded.core.ExecutableProvider;

/**
 * A Redis server of its own on a loopback port, which keeps nothing on disk. It ends with
 * the test's process at the latest.
 */
public final class RedisProcess implements AutoCloseable {

	/** A cluster's nodes talk to each other on a port that is larger by this. */
	private static final int BUS = 10_000;

	private final Path executable;

	private final int port;

	private final List<String> options;

	private Process process;

	private RedisProcess(Path executable, int port, List<String> options) {
		this.executable = executable;
		this.port = port;
		this.options = options;
		Runtime.getRuntime().addShutdownHook(new Thread(this::close));
		start();
	}

	/**
	 * Starts the server that is embedded in the tests, a Redis 6.2.
	 * @param options further options, as in {@code --maxmemory 10mb}
	 */
	public static RedisProcess embedded(String... options) {
		return new RedisProcess(Embedded.EXECUTABLE, freePort(), List.of(options));
	}

	/**
	 * Starts a server that is installed on this machine.
	 */
	public static RedisProcess of(Path executable, String... options) {
		return new RedisProcess(executable, freePort(), List.of(options));
	}

	public int port() {
		return this.port;
	}

	/**
	 * Asks the server something, as one who may do everything.
	 */
	public <T> T ask(Function<RedisCommands<String, String>, T> question) {
		try (StatefulRedisConnection<String, String> connection = Client.INSTANCE
			.connect(RedisURI.create("127.0.0.1", this.port))) {
			return question.apply(connection.sync());
		}
	}

	/**
	 * Starts the server again, empty, on the same port.
	 */
	public void start() {
		try {
			Path directory = Files.createDirectories(Embedded.DIRECTORY.resolve(String.valueOf(this.port)));
			List<String> command = new ArrayList<>(
					List.of(this.executable.toString(), "--port", String.valueOf(this.port), "--bind", "127.0.0.1",
							"--dir", directory.toString(), "--save", "", "--appendonly", "no", "--daemonize", "no"));
			command.addAll(this.options);
			this.process = new ProcessBuilder(command).redirectErrorStream(true).start();
			awaitReady(
					new BufferedReader(new InputStreamReader(this.process.getInputStream(), StandardCharsets.UTF_8)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void awaitReady(BufferedReader output) throws IOException {
		StringBuilder said = new StringBuilder();
		for (String line = output.readLine(); line != null; line = output.readLine()) {
			said.append(line).append('\n');
			if (line.contains("Ready to accept connections")) {
				Thread reader = new Thread(() -> output.lines().forEach((rest) -> {
				}), "redis-output");
				reader.setDaemon(true);
				reader.start();
				return;
			}
		}
		throw new IllegalStateException("Redis did not start:\n" + said);
	}

	public boolean isAlive() {
		return this.process.isAlive();
	}

	/**
	 * Ends the server as a machine that loses its power does.
	 */
	public void kill() {
		this.process.destroyForcibly();
		this.process.onExit().join();
	}

	@Override
	public void close() {
		kill();
	}

	/**
	 * Lets the server hang until {@link #resume()}: its connections stay open, and
	 * nothing comes back on them.
	 */
	public void pause() {
		signal("STOP");
	}

	/**
	 * Lets the server go on.
	 */
	public void resume() {
		signal("CONT");
	}

	private void signal(String name) {
		try {
			new ProcessBuilder("kill", "-" + name, String.valueOf(this.process.pid())).start().onExit().join();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static int freePort() {
		for (int i = 0; i < 100; i++) {
			int port = ThreadLocalRandom.current().nextInt(20_000, 30_000);
			if (isFree(port) && isFree(port + BUS)) {
				return port;
			}
		}
		throw new IllegalStateException("No port is free");
	}

	private static boolean isFree(int port) {
		try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
			return socket.isBound();
		}
		catch (IOException ex) {
			return false;
		}
	}

	/** Made once, when it is first needed; its threads are daemons. */
	private static final class Client {

		private static final RedisClient INSTANCE = RedisClient.create();

	}

	/** Unpacked once, when it is first needed. */
	private static final class Embedded {

		private static final Path DIRECTORY = Path.of("target", "redis", String.valueOf(ProcessHandle.current().pid()))
			.toAbsolutePath();

		private static final Path EXECUTABLE = unpack();

		private static Path unpack() {
			try {
				File directory = Files.createDirectories(DIRECTORY).toFile();
				return ExecutableProvider.newJarResourceProvider(directory).get().toPath().toAbsolutePath();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
