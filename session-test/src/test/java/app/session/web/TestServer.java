package app.session.web;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

import app.session.SessionEvent;
import app.session.Sessions;
import app.session.autoconfigure.SessionServletAutoConfiguration;
import app.session.codec.AllowedTypes;
import app.session.codec.AttributeCodec;
import app.session.codec.TypedJson;
import app.session.core.EngineSettings;
import app.session.core.SessionEngine;
import app.session.crypto.KeyRing;
import app.session.crypto.SessionIdGenerator;
import app.session.crypto.SignedIdFormat;
import app.session.web.servlet.FlashModule;
import app.session.web.servlet.HttpSessions;
import app.session.web.servlet.SessionListeners;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.servlet.ServletWebServerFactory;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * An application with the session filter in a real container on a port of its own.
 */
final class TestServer implements AutoCloseable {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	final RecordingRepository repository = new RecordingRepository();

	final Queue<SessionEvent> events = new ConcurrentLinkedQueue<>();

	final RecordingListener listener = new RecordingListener();

	final LifeListener lives = new LifeListener();

	final Sessions sessions;

	final SignedIdFormat format;

	private final ConfigurableApplicationContext context;

	private final HttpClient client = HttpClient.newBuilder().connectTimeout(LIMIT).build();

	TestServer(Container container, SessionCookie cookie, WebSettings settings, EngineSettings engineSettings,
			KeyRing keys, Class<?>... sources) {
		this.format = new SignedIdFormat(keys, "test", cookie.name());
		HttpSessions httpSessions = new HttpSessions(SessionListeners.of(List.of(this.listener, this.lives)),
				engineSettings, Clock.systemUTC(), () -> bean(ServletContext.class), null);
		SessionEngine engine = new SessionEngine(this.repository,
				new AttributeCodec(AttributeCodec.mapperBuilder().build(), typedJson()),
				new SessionIdGenerator(new SecureRandom()), engineSettings, Clock.systemUTC(),
				(event) -> tell(event, httpSessions));
		this.sessions = engine.sessions();
		SessionFilter filter = new SessionFilter(engine, ClientWays.of(cookie, this.format), cookie, settings,
				httpSessions, this.events::add);
		this.context = new SpringApplicationBuilder(Application.class).sources(sources)
			.initializers((application) -> register((GenericApplicationContext) application, container, filter))
			.properties(Map.of("server.port", "0", "server.address", "127.0.0.1", "spring.main.banner-mode", "off",
					"spring.main.log-startup-info", "false", "logging.level.root", "error",
					"server.compression.enabled", "true", "server.compression.min-response-size", "1KB",
					"spring.mvc.async.request-timeout", "5s"))
			.run();
	}

	TestServer(Container container, Class<?>... sources) {
		this(container, SessionCookie.DEFAULTS, WebSettings.DEFAULTS, EngineSettings.DEFAULTS,
				KeyRing.random(new SecureRandom()), sources);
	}

	private static TypedJson typedJson() {
		List<String> allowed = new ArrayList<>(FlashModule.allowedTypes());
		allowed.add("app.session.web.");
		return new TypedJson(TypedJson.mapperBuilder().addModule(new FlashModule()), AllowedTypes.of(allowed));
	}

	private void tell(SessionEvent event, HttpSessions httpSessions) {
		this.events.add(event);
		if (event instanceof SessionEvent.Ended ended) {
			httpSessions.ended(ended);
		}
	}

	private static void register(GenericApplicationContext application, Container container, SessionFilter filter) {
		application.registerBean("webServerFactory", ServletWebServerFactory.class, container::newFactory);
		application.registerBean("sessionFilter", FilterRegistrationBean.class, () -> {
			FilterRegistrationBean<SessionFilter> registration = new FilterRegistrationBean<>(filter);
			registration.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST, DispatcherType.FORWARD,
					DispatcherType.ASYNC, DispatcherType.ERROR));
			registration.setOrder(SessionFilter.ORDER);
			return registration;
		});
	}

	WebServer webServer() {
		return ((ServletWebServerApplicationContext) this.context).getWebServer();
	}

	URI uri(String path) {
		return URI.create("http://127.0.0.1:" + webServer().getPort() + path);
	}

	/**
	 * Sends a request.
	 * @param method its method
	 * @param path its path
	 * @param headers names and values, alternately
	 */
	HttpResponse<byte[]> send(String method, String path, String... headers) throws Exception {
		HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
			.timeout(LIMIT)
			.method(method, HttpRequest.BodyPublishers.noBody());
		if (headers.length > 0) {
			request.headers(headers);
		}
		return this.client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofByteArray())
			.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	HttpResponse<byte[]> get(String path, String... headers) throws Exception {
		return send("GET", path, headers);
	}

	/**
	 * The session cookies of a response, as a browser would send them back.
	 */
	static List<String> cookies(HttpResponse<?> response) {
		List<String> cookies = new ArrayList<>();
		for (String header : response.headers().allValues("Set-Cookie")) {
			if (header.startsWith("session=")) {
				cookies.add(header.substring(0, header.indexOf(';')));
			}
		}
		return cookies;
	}

	@Override
	public void close() {
		this.context.close();
	}

	/** With the one filter that a test makes. */
	@EnableAutoConfiguration(exclude = SessionServletAutoConfiguration.class)
	static class Application {

	}

}
