package app.session.http;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.security.SecureRandom;
import java.util.Base64;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A real server on a free port, and clients.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class HttpTests {

	private final HttpClient http = HttpClient.newBuilder().version(Version.HTTP_1_1).build();

	private ConfigurableApplicationContext context;

	@BeforeAll
	void start() {
		byte[] key = new byte[32];
		new SecureRandom().nextBytes(key);
		this.context = new SpringApplicationBuilder(sources()).web(WebApplicationType.SERVLET)
			.properties("server.port=0", "server.address=127.0.0.1", "spring.main.banner-mode=off",
					"app.session.keys=" + Base64.getEncoder().encodeToString(key))
			.properties(properties())
			.run();
	}

	String[] properties() {
		return new String[0];
	}

	@AfterAll
	void stop() {
		this.context.close();
	}

	Class<?>[] sources() {
		return new Class<?>[] { TestApplication.class };
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	Gates gates() {
		return bean(Gates.class);
	}

	Browser browser() {
		String port = this.context.getEnvironment().getRequiredProperty("local.server.port");
		return new Browser(this.http, URI.create("http://127.0.0.1:" + port));
	}

}
