package app.session.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
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

import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a visitor is told when the store can't be asked, and that the application works
 * again by itself.
 */
class FaultHttpTests {

	private FaultNode node;

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
					"spring.data.redis.client-type=" + (store.equals("jedis") ? "jedis" : "lettuce")));
		}
		this.node = FaultNode.start(properties.toArray(String[]::new));
		return this.node.browser();
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
		this.node.close();
		this.proxy.close();
	}

	@ParameterizedTest
	@MethodSource("faults")
	void aVisitorIsToldToComeBackAndNothingIsLostOrCountedTwice(String store, Fault fault) throws Exception {
		Browser visitor = start(store);
		FaultNode.firstAnswer(visitor, "/set/a/b");
		int acknowledged = 0;
		for (; acknowledged < 3; acknowledged++) {
			assertThat(visitor.get("/count").body()).isEqualTo(String.valueOf(acknowledged + 1));
		}
		this.proxy.set(fault);
		FaultNode.assertUnavailable(visitor, "/count", "/whole", "/count", "/set/a/b", "/logout");
		int failed = 2;
		this.proxy.set(Fault.NONE);
		FaultNode.firstAnswer(visitor, "/whole");
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

}
