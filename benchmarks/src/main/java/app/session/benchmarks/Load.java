package app.session.benchmarks;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.jspecify.annotations.Nullable;

/**
 * Visits one server over connections that are kept alive, with the cookies of many
 * sessions. A client as plain as can be, since it shares the machine with the server.
 */
final class Load {

	private final int port;

	private final String path;

	private final int connections;

	private List<byte[]> requests = List.of();

	Load(int port, String path, int connections) {
		this.port = port;
		this.path = path;
		this.connections = connections;
	}

	/**
	 * Opens sessions.
	 * @param count how many
	 * @param visited where their visitors go from then on
	 */
	void openSessions(int count, String visited) throws IOException {
		List<byte[]> opened = new ArrayList<>();
		try (Connection connection = new Connection(this.port)) {
			for (int i = 0; i < count; i++) {
				String cookie = connection.exchange(request(this.path, null)).cookie();
				opened.add(request(visited, cookie));
			}
		}
		Collections.shuffle(opened);
		this.requests = opened;
	}

	private static byte[] request(String path, @Nullable String cookie) {
		return ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n"
				+ ((cookie != null) ? "Cookie: " + cookie + "\r\n" : "") + "\r\n")
			.getBytes(StandardCharsets.US_ASCII);
	}

	Result run(long seconds) throws Exception {
		ExecutorService executor = Executors.newFixedThreadPool(this.connections);
		try {
			long cpu = cpu();
			long start = System.nanoTime();
			long end = start + seconds * 1_000_000_000L;
			List<Callable<Long>> clients = new ArrayList<>();
			for (int i = 0; i < this.connections; i++) {
				int offset = i * this.requests.size() / this.connections;
				clients.add(() -> visit(offset, end));
			}
			long total = 0;
			for (Future<Long> client : executor.invokeAll(clients)) {
				total += client.get();
			}
			long nanos = System.nanoTime() - start;
			return new Result(total * 1e9 / nanos, (cpu() - cpu) / 1e3 / total);
		}
		finally {
			executor.shutdownNow();
		}
	}

	private long visit(int offset, long end) throws IOException {
		long count = 0;
		try (Connection connection = new Connection(this.port)) {
			while (System.nanoTime() < end) {
				connection.exchange(this.requests.get((int) ((offset + count) % this.requests.size())));
				count++;
			}
		}
		return count;
	}

	private long cpu() throws IOException {
		try (Connection connection = new Connection(this.port)) {
			return Long.parseLong(connection.exchange(request("/cpu", null)).body());
		}
	}

	record Result(double requestsPerSecond, double cpuMicrosPerRequest) {
	}

	private record Response(@Nullable String cookie, String body) {
	}

	private static final class Connection implements AutoCloseable {

		private final Socket socket;

		private final InputStream input;

		Connection(int port) throws IOException {
			this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
			this.socket.setTcpNoDelay(true);
			this.input = new BufferedInputStream(this.socket.getInputStream(), 8192);
		}

		Response exchange(byte[] request) throws IOException {
			this.socket.getOutputStream().write(request);
			String status = line();
			if (!status.startsWith("HTTP/1.1 200")) {
				throw new IOException("Unexpected answer: " + status);
			}
			int length = -1;
			boolean chunked = false;
			String cookie = null;
			for (String header = line(); !header.isEmpty(); header = line()) {
				String lower = header.toLowerCase(Locale.ROOT);
				if (lower.startsWith("content-length:")) {
					length = Integer.parseInt(header.substring(15).strip());
				}
				else if (lower.startsWith("transfer-encoding: chunked")) {
					chunked = true;
				}
				else if (lower.startsWith("set-cookie:")) {
					cookie = header.substring(11).strip().split(";", 2)[0];
				}
			}
			return new Response(cookie, chunked ? chunks() : text(length));
		}

		private String chunks() throws IOException {
			StringBuilder body = new StringBuilder();
			for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
				body.append(text(size));
				line();
			}
			line();
			return body.toString();
		}

		private String text(int length) throws IOException {
			return new String(Objects.requireNonNull(this.input.readNBytes(length)), StandardCharsets.UTF_8);
		}

		private String line() throws IOException {
			StringBuilder line = new StringBuilder(64);
			for (int c = this.input.read(); c != '\n'; c = this.input.read()) {
				if (c < 0) {
					throw new IOException("The server has closed the connection");
				}
				if (c != '\r') {
					line.append((char) c);
				}
			}
			return line.toString();
		}

		@Override
		public void close() throws IOException {
			this.socket.close();
		}

	}

}
