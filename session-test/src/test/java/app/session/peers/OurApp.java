package app.session.peers;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import app.session.Session;
import app.session.server.RedisServers;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The same pages by a Spring application that shares its sessions with one in Node, in
 * the Redis that the tests share.
 */
final class OurApp implements Site {

	private final ConfigurableApplicationContext context;

	private OurApp(List<String> settings) {
		Map<String, String> properties = new LinkedHashMap<>();
		Stream
			.concat(Stream.of("server.port=0", "server.address=127.0.0.1", "spring.main.banner-mode=off"),
					settings.stream())
			.map((property) -> property.split("=", 2))
			.forEach((property) -> properties.put(property[0], property[1]));
		this.context = new SpringApplicationBuilder(Application.class).web(WebApplicationType.SERVLET)
			.run(properties.entrySet().stream().map((property) -> "--" + property).toArray(String[]::new));
	}

	/**
	 * Starts it.
	 * @param settings its properties
	 */
	static OurApp with(List<String> settings) {
		return new OurApp(settings);
	}

	private static OurApp beside(String interop, Map<String, String> settings) {
		List<String> properties = new ArrayList<>(
				List.of("spring.data.redis.host=127.0.0.1", "spring.data.redis.port=" + RedisServers.embedded().port(),
						"app.session.interop=" + interop, "app.session.timeout=1d"));
		if (!settings.containsKey("STORE")) {
			properties.add("app.session.store=redis");
		}
		settings.forEach((name, value) -> properties.addAll(properties(name, value)));
		return new OurApp(properties);
	}

	/**
	 * Starts it beside an application with koa-session.
	 * @param settings what that one has for environment variables
	 */
	static OurApp koa(Map<String, String> settings) {
		return beside("koa", settings);
	}

	/**
	 * Starts it beside an application with express-session.
	 * @param settings what that one has for environment variables
	 */
	static OurApp express(Map<String, String> settings) {
		return beside("express", settings);
	}

	/** All that these tests know of the names of our properties. */
	private static List<String> properties(String setting, String value) {
		return switch (setting) {
			case "KEYS" -> List.of("app.session.node.keys=" + value);
			case "ALGORITHM" -> List.of("app.session.node.algorithm=" + value);
			case "PREFIX" -> List.of("app.session.node.prefix=" + value);
			case "STORE" -> List.of("app.session.store=" + (value.equals("none") ? "cookie" : value));
			case "KEY" -> List.of("app.session.cookie.name=" + value);
			case "MAX_AGE" -> value.equals("session") ? List.of("app.session.node.browser-session=true")
					: List.of("app.session.timeout=" + value + "ms", "app.session.cookie.max-age=" + value + "ms");
			default -> throw new IllegalArgumentException(setting);
		};
	}

	@Override
	public URI uri() {
		return URI.create("http://127.0.0.1:" + this.context.getEnvironment().getProperty("local.server.port"));
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	@Override
	public void close() {
		this.context.close();
	}

	/** The application. */
	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Handlers.class)
	static class Application {

		@Bean
		TomcatServletWebServerFactory webServer() {
			return new TomcatServletWebServerFactory();
		}

	}

	/** Its pages, as those in Node. */
	@RestController
	static class Handlers {

		private final JsonMapper json = JsonMapper.shared();

		@GetMapping("/")
		String views(Session session) {
			long n = session.increment("views");
			return (n == 1) ? "Welcome here for the first time!" : "You've visited this page " + n + " times!";
		}

		@GetMapping("/logout")
		String logout(Session session) {
			session.invalidate();
			return "bye";
		}

		@GetMapping("/set")
		String set(Session session, @RequestParam String name, @RequestParam String value) {
			session.set(name, this.json.readValue(value, Object.class));
			return value;
		}

		@GetMapping("/get")
		String get(Session session, @RequestParam String name) {
			return this.json.writeValueAsString(session.get(name, Object.class));
		}

		@GetMapping("/remove")
		String remove(Session session, @RequestParam String name) {
			session.remove(name);
			return name;
		}

		@GetMapping("/login")
		String login(Session session, @RequestParam String user) {
			session.changeId();
			session.set("user", user);
			return user;
		}

		@GetMapping("/json")
		String json(Session session) {
			return this.json.writeValueAsString(session.toMap());
		}

	}

}
