package app.session.http;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Nodes of an application with Spring Security.
 */
final class SecuredNodes implements AutoCloseable {

	private final HttpClient http = HttpClient.newBuilder().version(Version.HTTP_1_1).build();

	private final List<ConfigurableApplicationContext> nodes = new ArrayList<>();

	/**
	 * Starts them.
	 * @param count how many
	 * @param properties the properties that all have
	 * @param sources further parts of the application
	 */
	SecuredNodes(int count, List<String> properties, Class<?>... sources) {
		this(SecuredNode.class, count, properties, sources);
	}

	/**
	 * Starts nodes of another application.
	 * @param application the application
	 * @param count how many
	 * @param properties the properties that all have
	 * @param sources further parts of the application
	 */
	SecuredNodes(Class<?> application, int count, List<String> properties, Class<?>... sources) {
		byte[] key = new byte[32];
		new SecureRandom().nextBytes(key);
		List<String> arguments = Stream.concat(
				Stream.of("server.port=0", "server.address=127.0.0.1", "spring.main.banner-mode=off",
						"spring.autoconfigure.exclude=", "app.session.keys=" + Base64.getEncoder().encodeToString(key)),
				properties.stream())
			.map((property) -> "--" + property)
			.toList();
		for (int i = 0; i < count; i++) {
			this.nodes.add(new SpringApplicationBuilder(application).sources(sources)
				.web(WebApplicationType.SERVLET)
				.run(arguments.toArray(String[]::new)));
		}
	}

	/** A client of a node. */
	WebClient client(int node) {
		String port = this.nodes.get(node % this.nodes.size())
			.getEnvironment()
			.getRequiredProperty("local.server.port");
		return new WebClient(this.http, URI.create("http://127.0.0.1:" + port));
	}

	<T> T bean(int node, Class<T> type) {
		return this.nodes.get(node % this.nodes.size()).getBean(type);
	}

	@Override
	public void close() {
		this.nodes.forEach(ConfigurableApplicationContext::close);
	}

}
