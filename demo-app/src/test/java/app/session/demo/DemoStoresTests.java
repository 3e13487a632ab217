package app.session.demo;

import java.io.IOException;
import java.net.CookieManager;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.embedded.RedisServer;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The demo on each of its stores: a visitor's count goes on when the demo was started
 * again.
 */
class DemoStoresTests {

	@TempDir
	private Path directory;

	private final HttpClient visitor = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

	@Test
	void inRedis() throws Exception {
		inRedis((properties) -> countsOn("redis", properties));
	}

	@Test
	void oneNodeLogsOutADeviceThatIsOnAnotherInRedis() throws Exception {
		inRedis((properties) -> {
			try (ConfigurableApplicationContext first = start("redis", properties);
					ConfigurableApplicationContext second = start("redis", properties)) {
				Device here = new Device(port(first), Device.FIREFOX);
				Device there = new Device(port(second), Device.FIREFOX);
				here.logIn("alice", "wonderland");
				there.logIn("alice", "wonderland");
				assertThat(there.isLoggedIn()).isTrue();
				assertThat(here.isLoggedIn()).isTrue();
				assertThat(here.handles()).hasSize(2).isEqualTo(there.handles());
				here.press("/devices/end", "handle", here.others().get(0));
				assertThat(there.isLoggedIn()).isFalse();
				assertThat(here.at(port(second)).isLoggedIn()).isTrue();
				assertThat(here.handles()).hasSize(1);
				here.press("/devices/end-all");
				assertThat(here.at(port(first)).isLoggedIn()).isFalse();
			}
		});
	}

	private void inRedis(OnServer test) throws Exception {
		int port = freePort();
		RedisServer server = RedisServer.newRedisServer()
			.port(port)
			.bind("127.0.0.1")
			.setting("save \"\"")
			.setting("dir " + this.directory)
			.build();
		server.start();
		try {
			test.run("--spring.data.redis.host=127.0.0.1", "--spring.data.redis.port=" + port);
		}
		finally {
			server.stop();
		}
	}

	@Test
	void inTheCookie() throws Exception {
		countsOn("cookie");
	}

	@Test
	void inAFile() throws Exception {
		countsOn("h2", "--spring.datasource.url=jdbc:h2:file:" + this.directory.resolve("sessions"));
	}

	@Test
	void inPostgresql() throws Exception {
		try (EmbeddedPostgres server = EmbeddedPostgres.builder()
			.setDataDirectory(this.directory.resolve("data"))
			.start()) {
			countsOn("postgresql", "--spring.datasource.url=" + server.getJdbcUrl("postgres", "postgres"));
		}
	}

	private void countsOn(String profile, String... properties) throws Exception {
		assertThat(visit(profile, properties)).isEqualTo("Welcome here for the first time!");
		assertThat(visit(profile, properties)).isEqualTo("You've visited this page 2 times!");
	}

	private String visit(String profile, String... properties) throws Exception {
		try (ConfigurableApplicationContext demo = start(profile, properties)) {
			HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port(demo) + "/")).build();
			return this.visitor.send(request, BodyHandlers.ofString()).body();
		}
	}

	private static ConfigurableApplicationContext start(String profile, String... properties) {
		return new SpringApplicationBuilder(DemoApplication.class).profiles(profile)
			.properties("server.port=0", "server.address=127.0.0.1", "spring.main.banner-mode=off")
			.run(properties);
	}

	private static int port(ConfigurableApplicationContext demo) {
		return demo.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	@FunctionalInterface
	private interface OnServer {

		void run(String... properties) throws Exception;

	}

}
