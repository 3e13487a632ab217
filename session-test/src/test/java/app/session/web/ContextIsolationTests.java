package app.session.web;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;

import app.session.SessionEvent;
import app.session.codec.AllowedTypes;
import app.session.codec.AttributeCodec;
import app.session.codec.TypedJson;
import app.session.core.EngineSettings;
import app.session.core.SessionEngine;
import app.session.crypto.KeyRing;
import app.session.crypto.SessionIdGenerator;
import app.session.crypto.SignedIdFormat;
import app.session.web.servlet.HttpSessions;
import app.session.web.servlet.SessionListeners;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two applications in one container, with one store and one key, and with names of their
 * own: what one of them calls a session is none to the other, as the specification has it
 * for contexts.
 */
class ContextIsolationTests {

	private static final String LOOPBACK = "127.0.0.1";

	private final RecordingRepository repository = new RecordingRepository();

	private final KeyRing keys = KeyRing.random(new SecureRandom());

	private final HttpClient client = HttpClient.newHttpClient();

	/** Sets the attribute if it is given one, and tells what it was. */
	private static final class Attribute extends HttpServlet {

		private static final long serialVersionUID = 1L;

		@Override
		protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
			HttpSession session = request.getSession(false);
			Object before = (session != null) ? session.getAttribute("value") : null;
			String value = request.getParameter("value");
			if (value != null) {
				request.getSession().setAttribute("value", value);
			}
			response.getWriter().print(before);
		}

	}

	private SessionFilter filter(String application) {
		SessionEngine engine = new SessionEngine(this.repository,
				new AttributeCodec(AttributeCodec.mapperBuilder().build(),
						new TypedJson(TypedJson.mapperBuilder(), AllowedTypes.builtIn())),
				new SessionIdGenerator(new SecureRandom()), EngineSettings.DEFAULTS, Clock.systemUTC(),
				ContextIsolationTests::ignore);
		HttpSessions sessions = new HttpSessions(SessionListeners.of(List.of()), EngineSettings.DEFAULTS,
				Clock.systemUTC(), () -> {
					throw new IllegalStateException("Nobody is to be told");
				}, null);
		SignedIdFormat format = new SignedIdFormat(this.keys, application, SessionCookie.DEFAULTS.name());
		return new SessionFilter(engine, ClientWays.of(SessionCookie.DEFAULTS, format), SessionCookie.DEFAULTS,
				WebSettings.DEFAULTS, sessions, ContextIsolationTests::ignore);
	}

	private static void ignore(SessionEvent event) {
	}

	private HttpResponse<String> get(int port, String path, String cookie) throws Exception {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://" + LOOPBACK + ":" + port + path));
		if (!cookie.isEmpty()) {
			request.header("Cookie", cookie);
		}
		return this.client.send(request.build(), HttpResponse.BodyHandlers.ofString());
	}

	private void assertIsolated(int port) throws Exception {
		HttpResponse<String> first = get(port, "/one/?value=a", "");
		assertThat(first.body()).isEqualTo("null");
		String ofOne = TestServer.cookies(first).get(0);
		assertThat(get(port, "/one/", ofOne).body()).isEqualTo("a");
		this.repository.forgetCalls();
		assertThat(get(port, "/two/", ofOne).body()).isEqualTo("null");
		assertThat(this.repository.reads()).isZero();
		HttpResponse<String> second = get(port, "/two/?value=b", ofOne);
		assertThat(second.body()).isEqualTo("null");
		String ofTwo = TestServer.cookies(second).get(0);
		assertThat(get(port, "/two/", ofTwo).body()).isEqualTo("b");
		assertThat(get(port, "/one/", ofTwo).body()).isEqualTo("null");
		assertThat(get(port, "/one/", ofOne).body()).isEqualTo("a");
	}

	@Test
	void applicationsInOneTomcatDoNotSeeEachOthersSessions(@TempDir Path directory) throws Exception {
		Tomcat tomcat = new Tomcat();
		tomcat.setBaseDir(directory.toString());
		tomcat.setHostname(LOOPBACK);
		tomcat.setPort(0);
		for (String name : List.of("one", "two")) {
			Context context = tomcat.addContext("/" + name, null);
			FilterDef filter = new FilterDef();
			filter.setFilterName("session");
			filter.setFilter(filter(name));
			filter.setAsyncSupported("true");
			context.addFilterDef(filter);
			FilterMap mapping = new FilterMap();
			mapping.setFilterName("session");
			mapping.addURLPattern("/*");
			context.addFilterMap(mapping);
			Tomcat.addServlet(context, "attribute", new Attribute());
			context.addServletMapping("/", "attribute");
		}
		tomcat.getConnector();
		tomcat.start();
		try {
			assertIsolated(tomcat.getConnector().getLocalPort());
		}
		finally {
			tomcat.stop();
			tomcat.destroy();
		}
	}

	@Test
	void applicationsInOneJettyDoNotSeeEachOthersSessions() throws Exception {
		Server server = new Server();
		ServerConnector connector = new ServerConnector(server);
		connector.setHost(LOOPBACK);
		server.addConnector(connector);
		ContextHandlerCollection contexts = new ContextHandlerCollection();
		for (String name : List.of("one", "two")) {
			ServletContextHandler context = new ServletContextHandler("/" + name);
			context.addFilter(new FilterHolder(filter(name)), "/*", EnumSet.of(DispatcherType.REQUEST));
			context.addServlet(new ServletHolder(new Attribute()), "/");
			contexts.addHandler(context);
		}
		server.setHandler(contexts);
		server.start();
		try {
			assertIsolated(connector.getLocalPort());
		}
		finally {
			server.stop();
		}
	}

}
