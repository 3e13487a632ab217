package app.session.peers;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * What visitors see of an application on a real server.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class PeerTests {

	private final HttpClient http = HttpClient.newBuilder().version(Version.HTTP_1_1).build();

	/** Where the application keeps its sessions. */
	@Parameter
	Store store;

	private final List<String> properties;

	private ConfigurableApplicationContext context;

	/**
	 * Tests of an application.
	 * @param properties what it sets, besides its store
	 */
	PeerTests(String... properties) {
		this.properties = List.of(properties);
	}

	/** What the application is made of besides. */
	Class<?>[] sources() {
		return new Class<?>[0];
	}

	@BeforeParameterizedClassInvocation
	void start() {
		List<String> arguments = new ArrayList<>(List.of("server.port=0", "server.address=127.0.0.1",
				"spring.main.banner-mode=off", "app.session.keys=" + newKey()));
		arguments.addAll(this.store.properties());
		arguments.addAll(this.properties);
		this.context = new SpringApplicationBuilder(PeerApplication.class).sources(this.store.sources())
			.sources(sources())
			.web(WebApplicationType.SERVLET)
			.run(arguments.stream().map((property) -> "--" + property).toArray(String[]::new));
	}

	static String newKey() {
		byte[] key = new byte[32];
		new SecureRandom().nextBytes(key);
		return Base64.getEncoder().encodeToString(key);
	}

	@AfterParameterizedClassInvocation
	void stop() {
		this.context.close();
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	PeerApplication.Events events() {
		return bean(PeerApplication.Events.class);
	}

	/** Somebody whose requests have these headers, names and values alternately. */
	Visitor visitor(String... headers) {
		String port = this.context.getEnvironment().getRequiredProperty("local.server.port");
		return new Visitor(this.http, URI.create("http://127.0.0.1:" + port), bean(PeerApplication.Handlers.class),
				headers);
	}

	/** Somebody who has a session with one attribute already. */
	Visitor returning(String... headers) {
		Visitor visitor = visitor(headers);
		visitor.visit((session) -> session.set("message", "hello"));
		return visitor;
	}

}
