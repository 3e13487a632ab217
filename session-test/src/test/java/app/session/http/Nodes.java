package app.session.http;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Two nodes of an application.
 */
final class Nodes implements AutoCloseable {

	private final HttpClient http = HttpClient.newBuilder().version(Version.HTTP_1_1).build();

	private final List<ConfigurableApplicationContext> nodes = new ArrayList<>();

	/**
	 * Starts them.
	 * @param properties the properties that both have
	 */
	Nodes(List<String> properties) {
		byte[] key = new byte[32];
		new SecureRandom().nextBytes(key);
		for (int i = 0; i < 2; i++) {
			this.nodes.add(new SpringApplicationBuilder(Node.class).web(WebApplicationType.SERVLET)
				.properties("server.port=0", "server.address=127.0.0.1", "spring.main.banner-mode=off",
						"app.session.keys=" + Base64.getEncoder().encodeToString(key))
				.properties(properties.toArray(String[]::new))
				.run());
		}
	}

	/** A client of a node, the first if its number is even. */
	Browser browser(int node) {
		String port = this.nodes.get(node % 2).getEnvironment().getRequiredProperty("local.server.port");
		return new Browser(this.http, URI.create("http://127.0.0.1:" + port));
	}

	/** A client of the other node, or of the same, that knows the same cookie. */
	Browser twin(Browser browser, int node) {
		Browser twin = browser(node);
		twin.cookie(browser.cookie());
		return twin;
	}

	<T> T bean(int node, Class<T> type) {
		return this.nodes.get(node).getBean(type);
	}

	Gates gates(int node) {
		return bean(node, Gates.class);
	}

	@Override
	public void close() {
		this.nodes.forEach(ConfigurableApplicationContext::close);
	}

}
