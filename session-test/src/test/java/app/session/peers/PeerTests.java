package app.session.peers;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

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

	/** Where the application keeps its sessions. */
	@Parameter
	Store store;

	private final List<String> properties;

	private ConfigurableApplicationContext context;

	/**
	 * Tests of an application.
	 * @param properties what it sets besides, and in place of what all have
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
		Map<String, String> arguments = new LinkedHashMap<>();
		Stream
			.of(List.of("server.port=0", "server.address=127.0.0.1", "spring.main.banner-mode=off",
					"app.session.keys=" + newKey()), this.store.properties(), this.properties)
			.flatMap(List::stream)
			.map((property) -> property.split("=", 2))
			.forEach((property) -> arguments.put(property[0], property[1]));
		this.context = new SpringApplicationBuilder(HandlerApplication.class).sources(this.store.sources())
			.sources(sources())
			.web(WebApplicationType.SERVLET)
			.run(arguments.entrySet().stream().map((argument) -> "--" + argument).toArray(String[]::new));
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

	HandlerApplication.Events events() {
		return bean(HandlerApplication.Events.class);
	}

	/** Somebody whose requests have these headers, names and values alternately. */
	Visitor visitor(String... headers) {
		return Visitor.of(this.context, headers);
	}

	/** Somebody who has a session with one attribute already. */
	Visitor returning(String... headers) {
		Visitor visitor = visitor(headers);
		visitor.visit((session) -> session.set("message", "hello"));
		return visitor;
	}

}
