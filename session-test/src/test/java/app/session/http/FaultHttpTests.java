package app.session.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import app.session.fault.FaultyProxy;
import app.session.fault.FaultyProxy.Fault;
import app.session.server.MariaDbServer;
import app.session.server.PostgresServer;
import app.session.server.RedisServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What a visitor is told when the store can't be asked, and that the application works
 * again by itself.
 */
class FaultHttpTests {

	private static final Duration LIMIT = Duration.ofMillis(400);

	/**
	 * Seen were 0.5 s, and 0.9 s where Jedis makes a new connection in place of the one
	 * that failed. A machine under load is slow.
	 */
	private static final Duration AT_MOST = LIMIT.multipliedBy(5);

	private final HttpClient http = HttpClient.newBuilder().version(Version.HTTP_1_1).build();

	private ConfigurableApplicationContext application;

	private FaultyProxy proxy;

	static List<Arguments> faults() {
		List<Arguments> faults = new ArrayList<>();
		for (String store : List.of("redis", "jedis", "postgresql", "mariadb")) {
			for (Fault fault : List.of(Fault.REFUSE, Fault.CUT_REPLY, Fault.SWALLOW_REPLY, Fault.SLOW_REPLY,
					Fault.HALF_OPEN)) {
				faults.add(Arguments.of(store, fault));
			}
		}
		return faults;
	}

	private Browser start(String store) throws IOException {
		List<String> properties = new ArrayList<>();
		if (store.equals("postgresql")) {
			URI server = URI.create(PostgresServer.url().substring("jdbc:".length()));
			properties.addAll(sql(store, server, "postgres", "?sslmode=disable"));
		}
		else if (store.equals("mariadb")) {
			properties.addAll(sql(store, URI.create("mariadb://" + MariaDbServer.address()), "root", ""));
		}
		else {
			this.proxy = new FaultyProxy(RedisServers.embedded().port());
			properties.addAll(List.of("app.session.store=redis", "spring.data.redis.host=127.0.0.1",
					"spring.data.redis.port=" + this.proxy.port(),
					"spring.data.redis.client-type=" + (store.equals("jedis") ? "jedis" : "lettuce"),
					"app.session.redis.key-prefix=" + UUID.randomUUID() + ":"));
		}
		this.application = new SpringApplicationBuilder(Node.class).web(WebApplicationType.SERVLET)
			.properties("server.port=0", "server.address=127.0.0.1", "spring.main.banner-mode=off",
					"app.session.keys=+cemqeuv7PMI33J7ERPzlQtz0f4sb908RIca/E30ZNw=",
					"app.session.store-timeout=" + LIMIT.toMillis() + "ms")
			.properties(properties.toArray(String[]::new))
			.run();
		return new Browser(this.http, URI
			.create("http://127.0.0.1:" + this.application.getEnvironment().getRequiredProperty("local.server.port")));
	}

	private List<String> sql(String product, URI server, String user, String options) throws IOException {
		String table = "fault_" + UUID.randomUUID().toString().replace("-", "");
		String url = "jdbc:" + product + "://127.0.0.1:%d" + server.getPath() + options;
		// Not by the application, which might not be quick enough on a machine under
		// load.
		String schema = new ClassPathResource("app/session/store/jdbc/schema-" + product + ".sql")
			.getContentAsString(StandardCharsets.UTF_8)
			.replace("@@table@@", table);
		new ResourceDatabasePopulator(new ByteArrayResource(schema.getBytes(StandardCharsets.UTF_8)))
			.execute(new DriverManagerDataSource(url.formatted(server.getPort()), user, ""));
		this.proxy = new FaultyProxy(server.getPort());
		return List.of("app.session.store=jdbc", "app.session.jdbc.table-name=" + table,
				"spring.datasource.url=" + url.formatted(this.proxy.port()), "spring.datasource.username=" + user);
	}

	@AfterEach
	void stop() throws IOException {
		this.proxy.set(Fault.NONE);
		this.application.close();
		this.proxy.close();
	}

	@ParameterizedTest
	@MethodSource("faults")
	void aVisitorIsToldToComeBackAndNothingIsLostOrCountedTwice(String store, Fault fault) throws Exception {
		Browser visitor = start(store);
		awaitAnswer(visitor, "/set/a/b");
		int acknowledged = 0;
		for (; acknowledged < 3; acknowledged++) {
			assertThat(visitor.get("/count").body()).isEqualTo(String.valueOf(acknowledged + 1));
		}
		String cookie = visitor.cookie();
		this.proxy.set(fault);
		int failed = 0;
		for (String path : List.of("/count", "/whole", "/count", "/set/a/b", "/logout")) {
			long start = System.nanoTime();
			HttpResponse<String> response = visitor.get(path);
			assertThat(response.statusCode()).as(path).isEqualTo(503);
			assertThat(response.headers().firstValue("Retry-After")).as(path).isPresent();
			assertThat(Browser.setCookies(response)).as(path).isEmpty();
			assertThat(Duration.ofNanos(System.nanoTime() - start)).as(path).isLessThan(AT_MOST);
			failed += path.equals("/count") ? 1 : 0;
		}
		assertThat(visitor.cookie()).isEqualTo(cookie);
		this.proxy.set(Fault.NONE);
		awaitAnswer(visitor, "/whole");
		// The session is there, or a logout arrived whose answer was lost.
		String seen = visitor.get("/whole").body();
		if (fault == Fault.REFUSE) {
			assertThat(seen).contains("views=3");
		}
		if (seen.contains("views=")) {
			long counted = Long.parseLong(visitor.get("/count").body());
			assertThat(counted).isBetween(acknowledged + 1L, acknowledged + failed + 1L);
		}
		else {
			assertThat(fault).isNotEqualTo(Fault.REFUSE);
			assertThat(seen).isEqualTo("null {}");
		}
	}

	/** Each connection is made anew, and takes its time. */
	private static void awaitAnswer(Browser visitor, String path) {
		await().atMost(Duration.ofSeconds(20)).until(() -> visitor.get(path).statusCode() == 200);
	}

}
