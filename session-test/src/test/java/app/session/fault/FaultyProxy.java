package app.session.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A TCP proxy on a loopback port in front of a real server, which can be told to fail as
 * networks do. A fault holds for connections that are open as for those to come, until
 * another is set.
 */
public final class FaultyProxy implements AutoCloseable {

	/** How the network behaves. */
	public enum Fault {

		/** It works. */
		NONE,

		/** Connections are reset as they are made, and those that are open at once. */
		REFUSE,

		/** Requests arrive, their replies come half, and then the connection is reset. */
		CUT_REPLY,

		/** Requests arrive, replies never come. */
		SWALLOW_REPLY,

		/** Requests arrive, replies come two seconds later. */
		SLOW_REPLY,

		/** Nothing arrives on either side, and nobody hangs up. */
		HALF_OPEN

	}

	private static final int BUFFER = 64 * 1024;

	private static final long SLOW_MILLIS = 2_000;

	private final InetSocketAddress server;

	private final ServerSocket listener;

	private final ExecutorService threads = Executors.newCachedThreadPool((task) -> {
		Thread thread = new Thread(task, "faulty-proxy");
		thread.setDaemon(true);
		return thread;
	});

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private final AtomicInteger failed = new AtomicInteger();

	private volatile Fault fault = Fault.NONE;

	private volatile CountDownLatch changed = new CountDownLatch(1);

	/**
	 * Starts a proxy.
	 * @param port the server's port on this machine
	 */
	public FaultyProxy(int port) throws IOException {
		this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
		this.listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
		this.threads.execute(this::accept);
	}

	/**
	 * The port to connect to.
	 */
	public int port() {
		return this.listener.getLocalPort();
	}

	/**
	 * Fails from now on as told.
	 */
	public synchronized void set(Fault fault) {
		this.fault = fault;
		CountDownLatch before = this.changed;
		this.changed = new CountDownLatch(1);
		before.countDown();
		if (fault == Fault.REFUSE) {
			this.sockets.forEach(FaultyProxy::reset);
		}
	}

	/**
	 * How many replies were cut or swallowed.
	 */
	public int failed() {
		return this.failed.get();
	}

	private void accept() {
		while (!this.listener.isClosed()) {
			try {
				Socket client = this.listener.accept();
				this.sockets.add(client);
				if (this.fault == Fault.REFUSE) {
					reset(client);
				}
				else {
					this.threads.execute(() -> connect(client));
				}
			}
			catch (IOException ex) {
				// Closed, or a client that has gone already.
			}
		}
	}

	private void connect(Socket client) {
		try {
			Socket upstream = new Socket();
			this.sockets.add(upstream);
			upstream.connect(this.server);
			upstream.setTcpNoDelay(true);
			client.setTcpNoDelay(true);
			this.threads.execute(() -> pump(client, upstream, false));
			pump(upstream, client, true);
		}
		catch (IOException ex) {
			reset(client);
		}
	}

	private void pump(Socket from, Socket to, boolean reply) {
		byte[] buffer = new byte[BUFFER];
		try {
			InputStream input = from.getInputStream();
			OutputStream output = to.getOutputStream();
			for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
				if (!forward(buffer, read, output, reply)) {
					return;
				}
			}
			to.shutdownOutput();
		}
		catch (IOException ex) {
			// One side has gone: so must the other.
		}
		finally {
			reset(from);
			reset(to);
		}
	}

	private boolean forward(byte[] bytes, int length, OutputStream output, boolean reply) throws IOException {
		CountDownLatch latch = this.changed;
		while (this.fault == Fault.HALF_OPEN) {
			await(latch, Long.MAX_VALUE);
			latch = this.changed;
		}
		if (this.fault == Fault.REFUSE) {
			// Made just before the fault was set.
			return false;
		}
		if (reply && this.fault == Fault.SLOW_REPLY) {
			await(latch, SLOW_MILLIS);
		}
		if (reply && this.fault == Fault.CUT_REPLY) {
			this.failed.incrementAndGet();
			output.write(bytes, 0, length / 2);
			output.flush();
			return false;
		}
		if (reply && this.fault == Fault.SWALLOW_REPLY) {
			this.failed.incrementAndGet();
			return true;
		}
		output.write(bytes, 0, length);
		output.flush();
		return true;
	}

	/** Waits for another fault, or for that long. */
	private static void await(CountDownLatch changed, long millis) throws IOException {
		try {
			changed.await(millis, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			throw new IOException("The proxy was closed");
		}
	}

	/** Closes without a farewell, as a machine that loses its power does. */
	private static void reset(Socket socket) {
		try {
			socket.setSoLinger(true, 0);
			socket.close();
		}
		catch (IOException ex) {
			// It is closed already.
		}
	}

	@Override
	public void close() throws IOException {
		this.listener.close();
		this.sockets.forEach(FaultyProxy::reset);
		this.threads.shutdownNow();
	}

}
