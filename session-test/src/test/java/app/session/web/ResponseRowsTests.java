package app.session.web;

import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

import app.session.peers.Expectation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The ways to answer, on each container: the session's cookie goes along, a change is
 * written once, the body arrives whole; and when the store fails at the commit it is
 * asked once, and the client is told.
 */
class ResponseRowsTests {

	private static final Map<Container, TestServer> servers = new EnumMap<>(Container.class);

	@BeforeAll
	static void start() {
		for (Container container : Container.values()) {
			servers.put(container, new TestServer(container, Rows.class, Rows.ErrorPage.class, Rows.Web.class));
		}
	}

	@AfterAll
	static void stop() {
		servers.values().forEach(TestServer::close);
	}

	static List<Row> table() {
		String large = Rows.LARGE;
		return List.of(row("body-small").body("small"), row("body-large").body(large),
				row("body-json").body("{\"text\":\"" + large + "\"}"), row("view").body("view"),
				row("view-large").body(large), row("redirect").status(302), row("forward").body("unchanged"),
				row("forward-changed-there").body("small"), row("forward-to-view").body("view"),
				row("include").body("small"), row("include-large").body(large),
				row("send-error").status(418).body("error 418"),
				row("send-error-message").status(418).body("error 418"),
				row("error-page-changes-too").status(418).body("error 418").writes(2),
				row("error-page-changes-alone").status(418).body("error 418"),
				row("exception").status(500).body("error 500"), row("exception-handled").status(422).body("handled"),
				row("exception-handled-large").status(422).body(large), row("exception-handler-changes").body(large),
				row("everything-handled").body("x".repeat(30_000)), row("callable").body("callable"),
				row("callable-changed-before").body(large), row("callable-exception").status(500).body("error 500"),
				row("deferred-result").body("deferred"), row("deferred-result-timeout").status(503).body("error 503"),
				row("completable-future").body(large), row("sse").body("data:one\n\ndata:two\n\n"),
				row("streaming-response-body").body(large), new Row("GET", "/file.txt", 200, "static text\n", 1),
				row("body-large").method("HEAD"), row("body-small").method("HEAD"), row("flush-buffer").body("flushed"),
				row("stream-flush").body("flushed\r\n"), row("writer-flush").body("flushed"),
				row("writer-check-error").body("checked false"), row("writer-close").body("closed"),
				row("stream-close").body("closed"), row("byte-buffer").body("x".repeat(30_000)),
				row("single-write/9000").body("x".repeat(9_000)), row("single-write/30000").body("x".repeat(30_000)),
				row("single-bytes").body("x".repeat(40_000)), row("euros").body(Rows.KILO_EURO.repeat(8)),
				row("printed-euros").body((Rows.KILO_EURO + System.lineSeparator()).repeat(8)),
				row("content-length-reached").body("xxxx"), row("content-length-header-reached").body("xxxx"),
				row("content-length-told-late").body("xxxx"), row("send-redirect/1").status(302),
				row("send-redirect/2").status(307), row("send-redirect/3").status(302),
				row("send-redirect/4").status(307), row("async-complete").body(""),
				row("async-complete-at-once").body(""), row("async-complete-by-request").body(""),
				row("async-write").body("x".repeat(30_000)), row("async-dispatch").body("unchanged"),
				row("async-timeout-completed").body(""), row("write-listener").body("x".repeat(40_000)),
				row("reset-after-change").body("reset"), row("reset-buffer").body("xxxx"),
				row("reset-after-flush").body("refused"), row("set-cookie-overwritten").body("other"),
				plain("byte-buffer"), plain("array"), plain("array-part"), plain("print"), plain("writer"),
				row("etag-inside/large").body(large), row("etag-outside/large").body(large));
	}

	static Stream<Arguments> rows() {
		List<Arguments> rows = new ArrayList<>();
		for (Container container : Container.values()) {
			table().forEach((row) -> rows.add(Arguments.of(container, row)));
		}
		return rows.stream();
	}

	@ParameterizedTest(name = "{0} {1}")
	@MethodSource("rows")
	@Expectation({ "c.10", "c.11", "X3" })
	void cookieArrivesAndEachChangeIsWrittenOnce(Container container, Row row) throws Exception {
		TestServer server = server(container);
		HttpResponse<byte[]> response = server.send(row.method(), row.path());
		assertThat(response.statusCode()).isEqualTo(row.status());
		assertThat(TestServer.cookies(response)).hasSize(1);
		assertThat(server.repository.writes()).isEqualTo(row.writes());
		assertThat(response.headers().allValues("Cache-Control")).anyMatch((value) -> value.contains("no-store"));
		assertThat(String.join(",", response.headers().allValues("Vary"))).containsIgnoringCase("cookie");
		if (row.body() != null && row.method().equals("GET")) {
			assertThat(new String(response.body(), StandardCharsets.UTF_8)).isEqualTo(row.body());
		}
	}

	@ParameterizedTest(name = "{0} {1}")
	@MethodSource("rows")
	void compressedResponseIsTheSame(Container container, Row row) throws Exception {
		TestServer server = server(container);
		HttpResponse<byte[]> response = server.send(row.method(), row.path(), "Accept-Encoding", "gzip");
		assertThat(response.statusCode()).isEqualTo(row.status());
		assertThat(TestServer.cookies(response)).hasSize(1);
		assertThat(server.repository.writes()).isEqualTo(row.writes());
		if (row.body() != null && row.method().equals("GET")) {
			assertThat(decoded(response)).isEqualTo(row.body());
		}
	}

	private static String decoded(HttpResponse<byte[]> response) throws Exception {
		byte[] body = response.body();
		if (response.headers().firstValue("Content-Encoding").orElse("").equals("gzip")) {
			try (GZIPInputStream stream = new GZIPInputStream(new ByteArrayInputStream(body))) {
				body = stream.readAllBytes();
			}
		}
		return new String(body, StandardCharsets.UTF_8);
	}

	@ParameterizedTest(name = "{0} {1}")
	@MethodSource("rows")
	@Expectation({ "c.39", "X4" })
	void storeThatFailsAtTheCommitIsAskedOnceAndTheClientIsTold(Container container, Row row) throws Exception {
		TestServer server = server(container);
		server.repository.failWrites(true);
		HttpResponse<byte[]> response = server.send(row.method(), row.path());
		assertThat(response.statusCode()).isEqualTo(503);
		assertThat(response.headers().allValues("Retry-After")).containsExactly("5");
		assertThat(response.headers().allValues("Cache-Control")).singleElement().asString().contains("no-store");
		assertThat(TestServer.cookies(response)).isEmpty();
		assertThat(server.repository.writes()).isEqualTo(1);
	}

	private static TestServer server(Container container) {
		TestServer server = servers.get(container);
		server.repository.failWrites(false);
		server.repository.forgetCalls();
		return server;
	}

	static Row plain(String name) {
		return new Row("GET", "/plain/" + name, 200, "x".repeat(30_000), 1);
	}

	static Row row(String name) {
		return new Row("GET", "/rows/" + name, 200, null, 1);
	}

	record Row(String method, String path, int status, String body, int writes) {

		Row method(String method) {
			return new Row(method, this.path, this.status, this.body, this.writes);
		}

		Row status(int status) {
			return new Row(this.method, this.path, status, this.body, this.writes);
		}

		Row body(String body) {
			return new Row(this.method, this.path, this.status, body, this.writes);
		}

		Row writes(int writes) {
			return new Row(this.method, this.path, this.status, this.body, writes);
		}

		@Override
		public String toString() {
			return this.method + " " + this.path;
		}

	}

}
