package app.session.http;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import app.session.server.RedisProcess;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A Redis that was lost with all that it knew: sessions, scripts, connections.
 */
class RedisRestartHttpTests {

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void whenTheDataIsLostVisitorsBeginAnewWithAnotherId(String driver) {
		try (RedisProcess server = RedisProcess.embedded();
				FaultNode node = FaultNode.start("app.session.store=redis", "spring.data.redis.host=127.0.0.1",
						"spring.data.redis.port=" + server.port(), "spring.data.redis.client-type=" + driver)) {
			Browser visitor = node.browser();
			assertThat(visitor.get("/count").body()).isEqualTo("1");
			assertThat(visitor.get("/count").body()).isEqualTo("2");
			server.kill();
			FaultNode.assertUnavailable(visitor, "/count", "/whole", "/set/a/b", "/change-id", "/logout");
			FaultNode.assertUnavailable(node.browser(), "/count", "/set/a/b", "/login/alice");
			nobodyWaitsForOthers(visitor);
			server.start();
			String lost = visitor.cookie();
			String lostHandle = FaultNode.handle(visitor);
			assertThat(FaultNode.firstAnswer(visitor, "/whole")).isEqualTo("null {}");
			assertThat(visitor.cookie()).as("neither removed nor adopted").isEqualTo(lost);
			assertThat(visitor.get("/count").body()).isEqualTo("1");
			assertThat(FaultNode.handle(visitor)).isNotEqualTo(lostHandle);
			assertThat(visitor.get("/count").body()).isEqualTo("2");
			visitor.cookie(lost);
			assertThat(visitor.get("/whole").body()).isEqualTo("null {}");
		}
	}

	private static void nobodyWaitsForOthers(Browser visitor) {
		List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
		for (int i = 0; i < 32; i++) {
			answers.add(visitor.send(i % 2 == 0 ? "/count" : "/whole"));
		}
		for (CompletableFuture<HttpResponse<String>> answer : answers) {
			HttpResponse<String> response = Browser.await(answer);
			assertThat(response.statusCode()).isEqualTo(503);
			FaultNode.assertToldToComeBack(response);
		}
	}

}
