package app.session.web;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.apache.catalina.Context;
import org.eclipse.jetty.ee11.servlet.SessionHandler;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.jetty.JettyWebServer;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseBody;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * That a request has one {@code HttpSession} and its values in it are the same objects,
 * whatever its dispatches are, and that the container has none.
 */
@ParameterizedClass
@EnumSource
class HttpSessionDispatchTests {

	private static final Map<Container, TestServer> SERVERS = new EnumMap<>(Container.class);

	@Parameter
	Container container;

	private TestServer server;

	private ProbeServer browser;

	/** A value that can't be changed. */
	public record Point(int x, int y) {
	}

	@Controller
	@RequestMapping("/dispatch")
	static class Dispatches implements ErrorController {

		private static final String SEEN = "seen";

		/** Notes the session and what is in it; the first time it begins it. */
		@SuppressWarnings("unchecked")
		private static List<Object> look(HttpServletRequest request) {
			List<Object> seen = (List<Object>) request.getAttribute(SEEN);
			if (seen == null) {
				seen = new ArrayList<>();
				request.setAttribute(SEEN, seen);
				request.getSession().setAttribute("point", new Point(1, 2));
			}
			HttpSession session = request.getSession(false);
			assertThat(session).isNotNull();
			seen.add(session);
			seen.add(session.getAttribute("point"));
			return seen;
		}

		/** Whether all dispatches have seen the same. */
		private static String answer(HttpServletRequest request) {
			List<Object> seen = look(request);
			assertThat(seen).hasSize(4);
			boolean same = seen.get(0) == seen.get(2) && seen.get(1) == seen.get(3) && seen.get(1) instanceof Point;
			return request.getDispatcherType() + " " + same;
		}

		@RequestMapping("/look")
		@ResponseBody
		String again(HttpServletRequest request) {
			return answer(request);
		}

		@GetMapping("/forward")
		String forward(HttpServletRequest request) {
			look(request);
			return "forward:/dispatch/look";
		}

		@GetMapping("/include")
		void include(HttpServletRequest request, HttpServletResponse response) throws Exception {
			look(request);
			request.getRequestDispatcher("/dispatch/look").include(request, response);
		}

		@GetMapping("/error")
		void error(HttpServletRequest request, HttpServletResponse response) throws Exception {
			look(request);
			response.sendError(418);
		}

		@GetMapping("/async")
		Callable<String> async(HttpServletRequest request) {
			look(request);
			return () -> {
				assertThat(request.getSession(false)).isSameAs(((List<?>) request.getAttribute(SEEN)).get(0));
				return "forward:/dispatch/look";
			};
		}

	}

	@Controller
	static class ErrorPage implements ErrorController {

		@RequestMapping("/error")
		@ResponseBody
		String error(HttpServletRequest request) {
			assertThat(request.getDispatcherType()).isEqualTo(DispatcherType.ERROR);
			return Dispatches.answer(request);
		}

	}

	@BeforeEach
	void start() {
		this.server = SERVERS.computeIfAbsent(this.container,
				(key) -> new TestServer(key, ProbeServer.Probe.class, Dispatches.class, ErrorPage.class));
		this.browser = new ProbeServer(this.server);
	}

	@AfterAll
	static void stop() {
		SERVERS.forEach((container, server) -> {
			assertThat(sessionsMade(server.webServer())).as("sessions of " + container).isZero();
			server.close();
		});
		SERVERS.clear();
	}

	/** How many sessions the container itself has ever made. */
	private static long sessionsMade(WebServer server) {
		if (server instanceof TomcatWebServer tomcat) {
			long made = 0;
			for (org.apache.catalina.Container child : tomcat.getTomcat().getHost().findChildren()) {
				made += ((Context) child).getManager().getSessionCounter();
			}
			return made;
		}
		long made = 0;
		List<SessionHandler> managers = List
			.copyOf(((JettyWebServer) server).getServer().getDescendants(SessionHandler.class));
		assertThat(managers).isNotEmpty();
		for (SessionHandler manager : managers) {
			made += manager.getSessionsCreated();
		}
		return made;
	}

	private String dispatched(String how) throws Exception {
		HttpResponse<byte[]> response = this.browser.send("/dispatch/" + how);
		assertThat(this.browser.cookies()).containsExactly("session");
		return new String(response.body(), StandardCharsets.UTF_8);
	}

	@Test
	void aForwardHasTheSameSession() throws Exception {
		assertThat(dispatched("forward")).isEqualTo("FORWARD true");
	}

	@Test
	void anIncludeHasTheSameSession() throws Exception {
		assertThat(dispatched("include")).isEqualTo("INCLUDE true");
	}

	@Test
	void anErrorPageHasTheSameSession() throws Exception {
		assertThat(dispatched("error")).isEqualTo("ERROR true");
	}

	@Test
	void anAsynchronousDispatchHasTheSameSession() throws Exception {
		assertThat(dispatched("async")).isEqualTo("FORWARD true");
	}

	@Test
	void aValueIsTheSameObjectAllRequestLongAlsoIfItCanNotChange() throws Exception {
		this.browser.visit((request, response) -> {
			HttpSession session = request.getSession();
			Point point = new Point(1, 2);
			session.setAttribute("point", point);
			assertThat(session.getAttribute("point")).isSameAs(point);
			session.setAttribute("number", 1000);
			session.setAttribute("text", "text");
			return "";
		});
		this.browser.visit((request, response) -> {
			HttpSession session = request.getSession();
			Map<String, Object> first = Map.of("point", session.getAttribute("point"), "number",
					session.getAttribute("number"), "text", session.getAttribute("text"));
			RequestSessions.of(request).increment("views");
			response.flushBuffer();
			first.forEach((name, value) -> assertThat(session.getAttribute(name)).isSameAs(value));
			return "";
		});
	}

	@Test
	void whatIsSetToWhatItIsAfterTheResponseHasGoneIsNotWrittenAndWhatIsNotIsAtOnce() throws Exception {
		this.browser.visit((request, response) -> {
			request.getSession().setAttribute("list", new ArrayList<>(List.of("a")));
			return "";
		});
		this.server.repository.forgetCalls();
		this.browser.visit((request, response) -> {
			HttpSession session = request.getSession();
			@SuppressWarnings("unchecked")
			List<String> list = (List<String>) session.getAttribute("list");
			list.add("b");
			response.flushBuffer();
			this.browser.assertCalls(1, 1);
			session.setAttribute("list", list);
			this.browser.assertCalls(0, 0);
			list.add("c");
			session.setAttribute("list", list);
			this.browser.assertCalls(0, 1);
			return "";
		});
		this.browser.assertCalls(0, 0);
		assertThat(this.browser.visit((request, response) -> request.getSession().getAttribute("list")))
			.isEqualTo("[a, b, c]");
	}

}
