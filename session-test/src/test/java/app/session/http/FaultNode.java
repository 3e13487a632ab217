package app.session.http;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;

import app.session.SessionKey;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application whose store a test breaks, with a short time limit unless told
 * otherwise.
 */
final class FaultNode implements AutoCloseable {

	/** How long a call of the store may take. */
	static final Duration LIMIT = Duration.ofMillis(400);

	/**
	 * Seen were 0.5 s, and 0.9 s where Jedis makes a new connection in place of the one
	 * that failed. A machine under load is slow.
	 */
	private static final Duration AT_MOST = LIMIT.multipliedBy(8);

	private final HttpClient http = HttpClient.newBuilder().version(Version.HTTP_1_1).build();

	private final ConfigurableApplicationContext application;

	private FaultNode(ConfigurableApplicationContext application) {
		this.application = application;
	}

	/**
	 * Starts an application.
	 * @param store the properties that name its store
	 */
	static FaultNode start(String... store) {
		return start(Node.class, store);
	}

	/**
	 * Starts an application with more beans.
	 */
	static FaultNode start(Class<?> source, String... store) {
		return new FaultNode(new SpringApplicationBuilder(source).web(WebApplicationType.SERVLET)
			.properties("server.port=0", "server.address=127.0.0.1", "spring.main.banner-mode=off",
					"app.session.keys=+cemqeuv7PMI33J7ERPzlQtz0f4sb908RIca/E30ZNw=",
					"app.session.store-timeout=" + LIMIT.toMillis() + "ms",
					"app.session.redis.key-prefix=" + UUID.randomUUID() + ":")
			.properties(store)
			.run());
	}

	Browser browser() {
		return new Browser(this.http, URI
			.create("http://127.0.0.1:" + this.application.getEnvironment().getRequiredProperty("local.server.port")));
	}

	/** A client of this application that knows another's cookie. */
	Browser as(Browser other) {
		Browser twin = browser();
		twin.cookie(other.cookie());
		return twin;
	}

	Gates gates() {
		return this.application.getBean(Gates.class);
	}

	/**
	 * Asks for each path, and fails unless the visitor is told to come back, keeps the
	 * cookie, and has not waited long.
	 */
	static void assertUnavailable(Browser visitor, String... paths) {
		String cookie = visitor.cookie();
		for (String path : paths) {
			long start = System.nanoTime();
			HttpResponse<String> response = visitor.get(path);
			assertThat(Duration.ofNanos(System.nanoTime() - start)).as(path).isLessThan(AT_MOST);
			assertThat(response.statusCode()).as(path).isEqualTo(503);
			assertToldToComeBack(response);
		}
		assertThat(visitor.cookie()).isEqualTo(cookie);
	}

	/**
	 * Asks until there is an answer, and fails unless each before it was told to come
	 * back.
	 */
	static String firstAnswer(Browser visitor, String path) {
		long giveUp = System.nanoTime() + Duration.ofSeconds(20).toNanos();
		HttpResponse<String> response = visitor.get(path);
		while (response.statusCode() != 200 && System.nanoTime() < giveUp) {
			assertThat(response.statusCode()).isEqualTo(503);
			assertToldToComeBack(response);
			response = visitor.get(path);
		}
		assertThat(response.statusCode()).as("works again by itself").isEqualTo(200);
		return response.body();
	}

	static void assertToldToComeBack(HttpResponse<String> response) {
		assertThat(response.headers().firstValue("Retry-After")).isPresent();
		assertThat(Browser.setCookies(response)).isEmpty();
	}

	/** The name of a visitor's session, as the cookie has it. */
	static String handle(Browser visitor) {
		String cookie = visitor.cookie();
		byte[] id = Base64.getUrlDecoder().decode(cookie.substring(cookie.indexOf('=') + 1));
		ByteBuffer locator = ByteBuffer.wrap(id).position(1);
		return new SessionKey(locator.getLong(), locator.getLong()).handle();
	}

	@Override
	public void close() {
		this.application.close();
	}

}
