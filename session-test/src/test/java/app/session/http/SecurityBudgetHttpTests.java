package app.session.http;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

import app.session.server.PostgresStatements;
import app.session.server.RedisProcess;
import app.session.store.jdbc.SqlOperation;
import app.session.store.memory.MemorySessionRepository;
import app.session.store.redis.CommandCounts;
import app.session.store.redis.RedisOperation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.RedisConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Store calls and cookies with Spring Security on the way, over HTTP: in memory by what
 * the repository is asked, on Redis and PostgreSQL by what the server counts.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class SecurityBudgetHttpTests {

	private SecuredNodes nodes;

	abstract SecuredNodes startNodes();

	/**
	 * Fails unless these calls, and no others, were made since the last time.
	 * @param calls the names of {@link RedisOperation}
	 */
	abstract void assertCalls(List<String> calls);

	/** Forgets the calls made so far. */
	abstract void forgetCalls();

	@BeforeAll
	void start() {
		this.nodes = startNodes();
	}

	@AfterAll
	void stop() {
		this.nodes.close();
	}

	/** And the user has an entry, and a script is known to its server. */
	@BeforeEach
	void forget() {
		loggedIn().logout();
		forgetCalls();
	}

	SecuredNodes nodes() {
		return this.nodes;
	}

	private WebClient client() {
		return this.nodes.client(0);
	}

	private WebClient loggedIn() {
		WebClient client = client();
		client.login("alice", "password");
		assertThat(client.get("/").body()).isEqualTo("Hello alice");
		forgetCalls();
		return client;
	}

	private void costs(HttpResponse<String> response, int status, boolean cookie, String... calls) {
		assertThat(response.statusCode()).isEqualTo(status);
		assertCalls(List.of(calls));
		assertThat(Browser.setCookies(response)).hasSize(cookie ? 1 : 0);
	}

	@Test
	void aPublicPage() {
		costs(client().get("/public"), 200, false);
		costs(loggedIn().get("/public"), 200, false);
	}

	@Test
	void aProtectedPage() {
		costs(loggedIn().get("/private"), 200, false, "FIND");
	}

	@Test
	void aProtectedPageWithoutALoginRemembersWhereToGoOn() {
		costs(client().get("/private"), 302, true, "CREATE");
		costs(client().get("/private", "Accept", "application/json"), 401, false);
	}

	@Test
	void aPasswordWithEveryRequestNeedsNoSession() {
		costs(client().get("/private", "Authorization", "Basic YWxpY2U6cGFzc3dvcmQ="), 200, false);
	}

	@Test
	void theLoginPageKeepsItsToken() {
		costs(client().get("/login"), 200, true, "CREATE");
	}

	@Test
	void aLogin() {
		WebClient client = client();
		String token = WebClient.token(client.get("/login"));
		forgetCalls();
		costs(client.post("/login", Map.of("username", "alice", "password", "password", "_csrf", token)), 302, true,
				"FIND", "READ_ENTRY", "UPDATE", "WRITE_ENTRY");
	}

	@Test
	void aLogout() {
		WebClient client = loggedIn();
		String token = WebClient.token(client.get("/logout"));
		forgetCalls();
		costs(client.post("/logout", Map.of("_csrf", token)), 302, true, "FIND", "DELETE");
	}

	@Test
	void ourOwnSessionInAPublicPage() {
		costs(loggedIn().get("/count"), 200, false, "FIND", "UPDATE");
	}

	/** In memory, where the repository has no principals that it could be asked for. */
	static class Memory extends SecurityBudgetHttpTests {

		@Override
		SecuredNodes startNodes() {
			return new SecuredNodes(1, List.of(), Counting.class);
		}

		@Override
		void assertCalls(List<String> calls) {
			assertThat(repository().takeCalls()).isEqualTo(calls.stream()
				.filter((call) -> !call.endsWith("_ENTRY"))
				.map((call) -> call.toLowerCase(Locale.ROOT))
				.toList());
		}

		@Override
		void forgetCalls() {
			repository().takeCalls();
		}

		private CountingRepository repository() {
			return nodes().bean(0, CountingRepository.class);
		}

		@Configuration(proxyBeanMethods = false)
		static class Counting {

			@Bean
			CountingRepository repository() {
				return new CountingRepository(new MemorySessionRepository(1000, InstantSource.system(), (event) -> {
				}));
			}

		}

	}

	/** On Redis. */
	static class Redis extends SecurityBudgetHttpTests {

		private final RedisProcess server = RedisProcess.embedded();

		private CommandCounts counts;

		@Override
		SecuredNodes startNodes() {
			SecuredNodes started = new SecuredNodes(1, List.of("app.session.store=redis",
					"spring.data.redis.host=127.0.0.1", "spring.data.redis.port=" + this.server.port()));
			this.counts = new CommandCounts(started.bean(0, RedisConnectionFactory.class));
			return started;
		}

		@Override
		void assertCalls(List<String> calls) {
			this.counts.assertTaken(calls.stream().map(RedisOperation::valueOf).toArray(RedisOperation[]::new));
		}

		@Override
		void forgetCalls() {
			this.counts.take();
		}

		@AfterAll
		void stopServer() {
			this.server.close();
		}

	}

	/** On PostgreSQL, by a connection that the pool does not look at. */
	static class Postgres extends SecurityBudgetHttpTests {

		private final PostgresStatements log = new PostgresStatements();

		private final String table = "budget_" + UUID.randomUUID().toString().replace("-", "");

		@Override
		SecuredNodes startNodes() {
			AtomicReference<SecuredNodes> started = new AtomicReference<>();
			SqlLogHttpTests.trusting(Duration.ofHours(1).toMillis(),
					() -> started.set(new SecuredNodes(1, SqlLogHttpTests.properties(this.log, this.table))));
			return started.get();
		}

		@Override
		void assertCalls(List<String> calls) {
			assertThat(SqlOperation.names(this.log.take(), this.table)).isEqualTo(calls);
		}

		@Override
		void forgetCalls() {
			this.log.take();
		}

		@AfterAll
		void closeLog() {
			this.log.close();
		}

	}

}
