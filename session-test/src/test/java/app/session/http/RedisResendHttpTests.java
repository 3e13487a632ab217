package app.session.http;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import app.session.fault.FaultyProxy;
import app.session.fault.FaultyProxy.Fault;
import app.session.server.RedisProcess;
import app.session.store.redis.CommandCounts;
import app.session.SessionRedisConnectionFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Connections that the application has made for the sessions, as Lettuce makes them if
 * nobody tells it otherwise: when one breaks, what was not answered is sent again.
 */
class RedisResendHttpTests {

	@ParameterizedTest
	@CsvSource({ "count, 2", "take, secret" })
	void aWriteThatLettuceSendsTwiceIsAppliedOnce(String what, String answer) throws Exception {
		try (RedisProcess server = RedisProcess.embedded();
				FaultyProxy proxy = new FaultyProxy(server.port());
				FaultNode node = FaultNode.start(OwnFactory.class, "app.session.store=redis",
						"test.redis.port=" + proxy.port())) {
			CommandCounts counts = new CommandCounts(OwnFactory.factory(server.port()));
			Browser visitor = node.browser();
			visitor.get("/set/secret/secret");
			visitor.get("/count");
			CompletableFuture<HttpResponse<String>> inFlight = visitor.send("/read/gate/" + what);
			node.gates().awaitArrival("gate");
			counts.take();
			proxy.set(Fault.CUT_REPLY);
			node.gates().open("gate");
			await().until(() -> proxy.failed() > 0);
			proxy.set(Fault.NONE);
			HttpResponse<String> response = Browser.await(inFlight);
			assertThat(response.statusCode()).isEqualTo(200);
			assertThat(response.body()).isEqualTo(answer);
			assertThat(counts.take()).containsAllEntriesOf(Map.of("evalsha", 2L, "set", 1L)).doesNotContainKey("get");
			assertThat(visitor.get("/count").body()).isEqualTo(what.equals("count") ? "3" : "2");
		}
	}

	/** An application with a factory for the sessions alone. */
	@SpringBootConfiguration(proxyBeanMethods = false)
	@Import(Node.class)
	static class OwnFactory {

		@Bean(destroyMethod = "destroy")
		@SessionRedisConnectionFactory
		LettuceConnectionFactory sessions(@Value("${test.redis.port}") int port) {
			return factory(port);
		}

		static LettuceConnectionFactory factory(int port) {
			LettuceConnectionFactory factory = new LettuceConnectionFactory(
					new RedisStandaloneConfiguration("127.0.0.1", port),
					LettuceClientConfiguration.builder().commandTimeout(Duration.ofSeconds(20)).build());
			factory.afterPropertiesSet();
			return factory;
		}

	}

}
