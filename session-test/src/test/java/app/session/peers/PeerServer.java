package app.session.peers;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import app.session.SessionEvent;
import app.session.http.Browser;
import app.session.http.Gates;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A running {@link PeerApplication}.
 */
final class PeerServer implements AutoCloseable {

	private final HttpClient http = HttpClient.newBuilder().version(Version.HTTP_1_1).build();

	private final ConfigurableApplicationContext context;

	/** Starts it, with a key of its own if the properties name none. */
	PeerServer(List<String> properties, Class<?>... more) {
		this.context = new SpringApplicationBuilder(PeerApplication.class).sources(more)
			.web(WebApplicationType.SERVLET)
			.properties("server.port=0", "server.address=127.0.0.1", "spring.main.banner-mode=off",
					"app.session.keys=" + key())
			.properties(properties.toArray(String[]::new))
			.run();
	}

	static String key() {
		byte[] key = new byte[32];
		new SecureRandom().nextBytes(key);
		return Base64.getEncoder().encodeToString(key);
	}

	/** With these properties as well. */
	static List<String> and(List<String> properties, String... more) {
		List<String> all = new ArrayList<>(properties);
		all.addAll(List.of(more));
		return all;
	}

	Browser visitor() {
		return new Browser(this.http, URI.create("http://127.0.0.1:" + port()));
	}

	/** A visitor who has a session. */
	Browser known() {
		Browser visitor = visitor();
		visitor.get("/set/known/yes");
		calls();
		return visitor;
	}

	private int port() {
		return Integer.parseInt(this.context.getEnvironment().getRequiredProperty("local.server.port"));
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	Gates gates() {
		return bean(Gates.class);
	}

	StoreProbe store() {
		return bean(StoreProbe.class);
	}

	/** What the store was asked for since the last time. */
	List<String> calls() {
		return store().takeCalls();
	}

	/** What happened since the last time. */
	List<SessionEvent> events() {
		return bean(PeerApplication.Told.class).take();
	}

	/**
	 * A request over a connection that the caller reads, byte by byte.
	 */
	Socket open(String path, String cookie) throws IOException {
		Socket socket = new Socket("127.0.0.1", port());
		String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nCookie: " + cookie
				+ "\r\n\r\n";
		socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
		socket.getOutputStream().flush();
		return socket;
	}

	static String readAll(Socket socket) throws IOException {
		socket.setSoTimeout(20_000);
		InputStream in = socket.getInputStream();
		return new String(in.readAllBytes(), StandardCharsets.UTF_8);
	}

	@Override
	public void close() {
		this.context.close();
	}

}
