package app.session.web;

import java.io.File;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import app.session.AttributeNotStorableException;
import app.session.Session;
import app.session.core.EngineSettings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * The {@code HttpSession} of a request by the rules of Servlet 6.1, on each container.
 */
@ParameterizedClass
@EnumSource
class HttpSessionTests {

	private static final Map<Container, TestServer> SERVERS = new EnumMap<>(Container.class);

	@Parameter
	Container container;

	private TestServer server;

	private String cookie = "";

	/** What a handler does with its request. */
	interface Action {

		Object on(HttpServletRequest request, HttpServletResponse response) throws Exception;

	}

	@RestController
	static class Probe {

		private final AtomicReference<Action> action = new AtomicReference<>();

		@GetMapping("/probe")
		String probe(HttpServletRequest request, HttpServletResponse response) throws Exception {
			return String.valueOf(this.action.get().on(request, response));
		}

	}

	/** Counts the sessions that the container makes. */
	@Configuration(proxyBeanMethods = false)
	static class Counting {

		@Bean
		ContainerSessions containerSessions() {
			return new ContainerSessions(new AtomicInteger());
		}

	}

	/** Told by the container alone. */
	record ContainerSessions(AtomicInteger count) implements HttpSessionListener {

		@Override
		public void sessionCreated(HttpSessionEvent event) {
			this.count.incrementAndGet();
		}

	}

	/** A bean that a handler keeps in its session. */
	public static final class Cart {

		private List<Object> items = new ArrayList<>();

		public List<Object> getItems() {
			return this.items;
		}

		public void setItems(List<Object> items) {
			this.items = items;
		}

	}

	/** A value that wants to know where it is. */
	record Bound(String text) implements HttpSessionBindingListener {

		private static final Queue<String> TOLD = new ConcurrentLinkedQueue<>();

		@Override
		public void valueBound(HttpSessionBindingEvent event) {
			TOLD.add(this.text + " bound as " + event.getName());
		}

		@Override
		public void valueUnbound(HttpSessionBindingEvent event) {
			TOLD.add(this.text + " unbound from " + event.getName());
		}

		static List<String> takeTold() {
			List<String> told = List.copyOf(TOLD);
			TOLD.clear();
			return told;
		}

	}

	@BeforeEach
	void start() {
		this.server = SERVERS.computeIfAbsent(this.container,
				(key) -> new TestServer(key, Probe.class, Counting.class));
		this.server.repository.forgetCalls();
		this.server.listener.take();
	}

	@AfterAll
	static void stop() {
		SERVERS.values().forEach(TestServer::close);
		SERVERS.clear();
	}

	/** A request of a browser that keeps its cookie, and the handler's answer. */
	private String visit(Action action) throws Exception {
		HttpResponse<byte[]> response = send(action);
		List<String> sent = TestServer.cookies(response);
		if (!sent.isEmpty()) {
			this.cookie = sent.get(0).equals("session=") ? "" : sent.get(0);
		}
		assertThat(this.server.bean(ContainerSessions.class).count()).hasValue(0);
		return new String(response.body(), StandardCharsets.UTF_8);
	}

	private HttpResponse<byte[]> send(Action action) throws Exception {
		this.server.bean(Probe.class).action.set(action);
		HttpResponse<byte[]> response = this.cookie.isEmpty() ? this.server.get("/probe")
				: this.server.get("/probe", "Cookie", this.cookie);
		assertThat(response.statusCode()).isEqualTo(200);
		return response;
	}

	private void assertCalls(int reads, int writes) {
		assertThat(this.server.repository.reads()).as("reads").isEqualTo(reads);
		assertThat(this.server.repository.writes()).as("writes").isEqualTo(writes);
		this.server.repository.forgetCalls();
	}

	private static HttpSession session(HttpServletRequest request) {
		HttpSession session = request.getSession(false);
		assertThat(session).isNotNull();
		return session;
	}

	@Test
	void aVisitorWithoutASessionHasNoneAndGetsNoneByAskingWhetherThereIsOne() throws Exception {
		visit((request, response) -> {
			assertThat(request.getSession(false)).isNull();
			assertThat(request.getRequestedSessionId()).isNull();
			assertThat(request.isRequestedSessionIdValid()).isFalse();
			assertThat(request.isRequestedSessionIdFromCookie()).isFalse();
			assertThat(request.isRequestedSessionIdFromURL()).isFalse();
			assertThatIllegalStateException().isThrownBy(request::changeSessionId);
			return "";
		});
		assertThat(this.cookie).isEmpty();
		assertCalls(0, 0);
	}

	@Test
	void aNewSessionIsStoredWhenAnAttributeIsSetAndNotBefore() throws Exception {
		visit((request, response) -> {
			HttpSession session = request.getSession();
			assertThat(session.isNew()).isTrue();
			assertThat(request.getSession(false)).isSameAs(session);
			assertThat(request.getSession(true)).isSameAs(session);
			assertThat(session.getAttributeNames().hasMoreElements()).isFalse();
			assertThat(session.getServletContext()).isSameAs(request.getServletContext());
			return "";
		});
		assertThat(this.cookie).isEmpty();
		assertCalls(0, 0);
		visit((request, response) -> {
			request.getSession().setAttribute("name", "value");
			return "";
		});
		assertThat(this.cookie).isNotEmpty();
		assertCalls(0, 1);
	}

	@Test
	void whatOneRequestSetsAnotherReads() throws Exception {
		visit((request, response) -> {
			HttpSession session = request.getSession();
			session.setAttribute("text", "value");
			session.setAttribute("number", 7);
			session.setAttribute("gone", "x");
			session.removeAttribute("gone");
			session.setAttribute("also gone", "x");
			session.setAttribute("also gone", null);
			return "";
		});
		String names = visit((request, response) -> {
			HttpSession session = session(request);
			assertThat(session.isNew()).isFalse();
			assertThat(session.getAttribute("text")).isEqualTo("value");
			assertThat(session.getAttribute("number")).isEqualTo(7);
			assertThat(session.getAttribute("gone")).isNull();
			return Collections.list(session.getAttributeNames()).stream().sorted().toList();
		});
		assertThat(names).isEqualTo("[number, text]");
		assertCalls(1, 1);
	}

	@Test
	void itIsTheSameSessionAsThatOfAController() throws Exception {
		visit((request, response) -> {
			Session session = RequestSessions.of(request);
			session.set("one", "by session");
			assertThat(request.getSession().getAttribute("one")).isEqualTo("by session");
			request.getSession().setAttribute("two", "by http session");
			assertThat(session.get("two", String.class)).isEqualTo("by http session");
			session.increment("views");
			return "";
		});
		visit((request, response) -> {
			assertThat(session(request).getAttribute("views")).isEqualTo(1L);
			assertThat(session(request).getAttribute("one")).isEqualTo("by session");
			return "";
		});
	}

	@Test
	void toAskForItAndItsNameLoadsNothing() throws Exception {
		visit((request, response) -> {
			request.getSession().setAttribute("name", "value");
			return "";
		});
		this.server.repository.forgetCalls();
		visit((request, response) -> {
			assertThat(session(request).getId()).isEqualTo(request.getRequestedSessionId());
			assertThat(request.isRequestedSessionIdFromCookie()).isTrue();
			return "";
		});
		assertCalls(0, 0);
	}

	@Test
	void itsNameStaysAndTellsNothingOfTheCookie() throws Exception {
		String first = visit((request, response) -> {
			String name = request.getSession().getId();
			request.getSession().setAttribute("name", "value");
			assertThat(request.getSession().getId()).isEqualTo(name);
			return name;
		});
		String later = visit((request, response) -> session(request).getId());
		assertThat(later).isEqualTo(first).hasSize(31);
		assertThat(this.cookie).doesNotContain(first);
		assertThat(first.substring(0, 22))
			.isEqualTo(visit((request, response) -> RequestSessions.of(request).getHandle()));
	}

	@Test
	void anotherIdIsAnotherNameAtOnceAndKeepsTheAttributes() throws Exception {
		String before = visit((request, response) -> {
			request.getSession().setAttribute("name", "value");
			return request.getSession().getId();
		});
		String old = this.cookie;
		String after = visit((request, response) -> {
			HttpSession session = session(request);
			String name = request.changeSessionId();
			assertThat(name).isEqualTo(session.getId()).isNotEqualTo(before);
			assertThat(request.getRequestedSessionId()).isEqualTo(before);
			return name;
		});
		assertThat(this.cookie).isNotEqualTo(old);
		visit((request, response) -> {
			assertThat(session(request).getId()).isEqualTo(after);
			assertThat(session(request).getAttribute("name")).isEqualTo("value");
			return "";
		});
		this.cookie = old;
		visit((request, response) -> {
			assertThat(request.isRequestedSessionIdValid()).isFalse();
			assertThat(request.getSession(false)).isNull();
			return "";
		});
	}

	@Test
	void aNewSessionsIdCanBeChangedBeforeItIsStored() throws Exception {
		String name = visit((request, response) -> {
			String first = request.getSession().getId();
			String second = request.changeSessionId();
			assertThat(second).isNotEqualTo(first);
			request.getSession().setAttribute("name", "value");
			return second;
		});
		assertThat(visit((request, response) -> session(request).getId())).isEqualTo(name);
	}

	@Test
	void anInvalidatedSessionIsOfNoUseAnyMore() throws Exception {
		visit((request, response) -> {
			request.getSession().setAttribute("name", "value");
			return "";
		});
		visit((request, response) -> {
			HttpSession session = session(request);
			String name = session.getId();
			session.invalidate();
			assertThat(session.getId()).isEqualTo(name);
			assertThatIllegalStateException().isThrownBy(session::getCreationTime);
			assertThatIllegalStateException().isThrownBy(session::getLastAccessedTime);
			assertThatIllegalStateException().isThrownBy(session::getAttributeNames);
			assertThatIllegalStateException().isThrownBy(session::isNew);
			assertThatIllegalStateException().isThrownBy(session::invalidate);
			assertThatIllegalStateException().isThrownBy(() -> session.getAttribute("name"));
			assertThatIllegalStateException().isThrownBy(() -> session.setAttribute("name", "value"));
			assertThatIllegalStateException().isThrownBy(() -> session.removeAttribute("name"));
			assertThat(request.getSession(false)).isNull();
			assertThat(request.isRequestedSessionIdValid()).isFalse();
			return "";
		});
		assertThat(this.cookie).isEmpty();
	}

	@Test
	void afterTheEndOfOneSessionAnotherCanBegin() throws Exception {
		visit((request, response) -> {
			request.getSession().setAttribute("name", "old");
			return "";
		});
		String old = this.cookie;
		visit((request, response) -> {
			HttpSession first = session(request);
			first.invalidate();
			HttpSession second = request.getSession();
			assertThat(second).isNotSameAs(first);
			assertThat(second.isNew()).isTrue();
			assertThat(second.getId()).isNotEqualTo(first.getId());
			assertThat(second.getAttribute("name")).isNull();
			second.setAttribute("name", "new");
			return "";
		});
		assertThat(this.cookie).isNotEmpty().isNotEqualTo(old);
		assertThat(visit((request, response) -> session(request).getAttribute("name"))).isEqualTo("new");
	}

	@Test
	void whatIsSetToTheSameValueIsNotWritten() throws Exception {
		visit((request, response) -> {
			request.getSession().setAttribute("name", "value");
			return "";
		});
		this.server.repository.forgetCalls();
		visit((request, response) -> {
			request.getSession().setAttribute("name", "value");
			response.flushBuffer();
			request.getSession().setAttribute("name", "value");
			return "";
		});
		assertCalls(1, 0);
	}

	@Test
	void anAttributeCanBeChangedWhenTheResponseHasGone() throws Exception {
		visit((request, response) -> {
			request.getSession().setAttribute("before", "1");
			request.getSession().setAttribute("changed", "1");
			return "";
		});
		assertCalls(0, 1);
		visit((request, response) -> {
			HttpSession session = session(request);
			response.flushBuffer();
			session.removeAttribute("before");
			session.setAttribute("changed", "2");
			return "";
		});
		assertCalls(1, 2);
		visit((request, response) -> {
			HttpSession session = session(request);
			assertThat(session.getAttribute("before")).isNull();
			assertThat(session.getAttribute("changed")).isEqualTo("2");
			return "";
		});
	}

	@Test
	void whatNeedsACookieIsRefusedWhenTheResponseHasGone() throws Exception {
		visit((request, response) -> {
			request.getSession().setAttribute("name", "1");
			return "";
		});
		visit((request, response) -> {
			HttpSession session = session(request);
			response.flushBuffer();
			assertThatIllegalStateException().isThrownBy(request::changeSessionId).withMessageContaining("committed");
			session.setAttribute("name", "2");
			return "";
		});
		visit((request, response) -> {
			HttpSession session = session(request);
			session.invalidate();
			HttpSession next = request.getSession();
			response.flushBuffer();
			assertThatIllegalStateException().isThrownBy(() -> next.setAttribute("name", "3"))
				.withMessageContaining("committed");
			return "";
		});
	}

	@Test
	void whenTheResponseHasGoneNoSessionCanBegin() throws Exception {
		visit((request, response) -> {
			response.flushBuffer();
			assertThat(request.getSession(false)).isNull();
			assertThatIllegalStateException().isThrownBy(request::getSession);
			assertThatIllegalStateException().isThrownBy(() -> request.getSession(true));
			return "";
		});
	}

	@Test
	void timesAreThoseOfTheSession() throws Exception {
		long before = System.currentTimeMillis();
		visit((request, response) -> {
			HttpSession session = request.getSession();
			session.setAttribute("name", "value");
			assertThat(session.getMaxInactiveInterval()).isEqualTo((int) EngineSettings.DEFAULTS.timeout().toSeconds());
			session.setMaxInactiveInterval(60);
			return "";
		});
		visit((request, response) -> {
			HttpSession session = session(request);
			assertThat(session.getCreationTime()).isBetween(before, System.currentTimeMillis());
			assertThat(session.getLastAccessedTime()).isBetween(before, System.currentTimeMillis());
			assertThat(session.getMaxInactiveInterval()).isEqualTo(60);
			assertThat(RequestSessions.of(request).getTimeout()).isEqualTo(Duration.ofMinutes(1));
			session.setMaxInactiveInterval(0);
			assertThat(session.getMaxInactiveInterval()).isEqualTo(-1);
			session.setMaxInactiveInterval(-1);
			assertThat(session.getMaxInactiveInterval()).isEqualTo(-1);
			return "";
		});
		visit((request, response) -> {
			assertThat(session(request).getMaxInactiveInterval()).isEqualTo(-1);
			return "";
		});
	}

	@Test
	void aSessionThatHasEndedReadsAsNewAndEmptyUntilItIsKnown() throws Exception {
		visit((request, response) -> {
			request.getSession().setAttribute("name", "value");
			return "";
		});
		String ended = this.cookie;
		visit((request, response) -> {
			request.getSession().invalidate();
			return "";
		});
		this.cookie = ended;
		visit((request, response) -> {
			HttpSession session = session(request);
			assertThat(session.getAttribute("name")).isNull();
			assertThat(session.isNew()).isTrue();
			assertThat(request.isRequestedSessionIdValid()).isFalse();
			return "";
		});
	}

	@Test
	void whoIsToldThatASessionIsOverAndAsksForAnotherGetsOneThatIsStored() throws Exception {
		visit((request, response) -> {
			request.getSession().setAttribute("name", "value");
			return "";
		});
		String ended = this.cookie;
		visit((request, response) -> {
			request.getSession().invalidate();
			assertThat(request.isRequestedSessionIdValid()).isFalse();
			request.getSession();
			return "";
		});
		assertThat(this.cookie).isEmpty();
		this.cookie = ended;
		this.server.repository.forgetCalls();
		visit((request, response) -> {
			request.getSession();
			return "";
		});
		assertThat(this.server.repository.writes()).isZero();
		assertThat(this.cookie).isEqualTo(ended);
		visit((request, response) -> {
			assertThat(request.isRequestedSessionIdValid()).isFalse();
			request.getSession();
			return "";
		});
		assertThat(this.server.repository.writes()).isEqualTo(1);
		assertThat(this.cookie).isNotEqualTo(ended);
		visit((request, response) -> {
			assertThat(request.isRequestedSessionIdValid()).isTrue();
			return "";
		});
	}

	@Test
	void flashAttributesAreLookedForIfTheClientSaysThatSomeWait() throws Exception {
		String flash = "org.springframework.web.servlet.support.SessionFlashMapManager.FLASH_MAPS";
		HttpResponse<byte[]> sent = send((request, response) -> {
			request.getSession().setAttribute(flash, List.of());
			assertThat(request.getSession().getAttribute(flash)).isEqualTo(List.of());
			return "";
		});
		String session = TestServer.cookies(sent).get(0);
		String mark = sent.headers()
			.allValues("Set-Cookie")
			.stream()
			.filter((header) -> header.startsWith("session-flash=1; Path=/; Max-Age=600; HttpOnly"))
			.map((header) -> header.substring(0, header.indexOf(';')))
			.findFirst()
			.orElseThrow();
		this.server.repository.forgetCalls();
		this.cookie = session;
		assertThat(visit((request, response) -> session(request).getAttribute(flash))).isEqualTo("null");
		assertCalls(0, 0);
		this.cookie = session + "; " + mark;
		assertThat(visit((request, response) -> session(request).getAttribute(flash))).isEqualTo("[]");
		HttpResponse<byte[]> taken = send((request, response) -> {
			session(request).removeAttribute(flash);
			return "";
		});
		assertThat(taken.headers().allValues("Set-Cookie"))
			.anyMatch((header) -> header.startsWith("session-flash=; Path=/; Max-Age=0"));
		this.cookie = session;
		assertThat(visit((request, response) -> RequestSessions.of(request).names())).isEqualTo("[]");
	}

	@Test
	void listenersAreToldOfAttributes() throws Exception {
		visit((request, response) -> {
			HttpSession session = request.getSession();
			session.setAttribute("one", 1);
			session.setAttribute("two", "a");
			assertThat(this.server.listener.take()).containsExactly("added one=1", "added two=a");
			session.setAttribute("two", "b");
			assertThat(this.server.listener.take()).containsExactly("replaced two=a");
			return "";
		});
		visit((request, response) -> {
			HttpSession session = session(request);
			session.setAttribute("two", null);
			session.removeAttribute("none");
			assertThat(this.server.listener.take()).containsExactly("removed two=b");
			session.invalidate();
			assertThat(this.server.listener.take()).containsExactly("removed one=1");
			return "";
		});
	}

	@Test
	void listenersAreToldOfAnotherId() throws Exception {
		visit((request, response) -> {
			request.getSession().setAttribute("one", 1);
			return "";
		});
		this.server.listener.take();
		visit((request, response) -> {
			String before = session(request).getId();
			String after = request.changeSessionId();
			assertThat(this.server.listener.take()).containsExactly("id " + before + " -> " + after);
			return "";
		});
	}

	@Test
	void anObjectComesBackAsWhatItWasAndTheSameAllRequestLong() throws Exception {
		visit((request, response) -> {
			Cart cart = new Cart();
			cart.getItems().add("book");
			cart.getItems().add(7L);
			request.getSession().setAttribute("cart", cart);
			return "";
		});
		visit((request, response) -> {
			Object cart = session(request).getAttribute("cart");
			assertThat(cart).isInstanceOfSatisfying(Cart.class,
					(found) -> assertThat(found.getItems()).containsExactly("book", 7L));
			assertThat(session(request).getAttribute("cart")).isSameAs(cart);
			assertThat(RequestSessions.of(request).get("cart", Cart.class)).isSameAs(cart);
			return "";
		});
	}

	@Test
	void anObjectThatIsChangedInPlaceIsSavedAndOneThatIsNotIsNot() throws Exception {
		visit((request, response) -> {
			request.getSession().setAttribute("cart", new Cart());
			return "";
		});
		visit((request, response) -> ((Cart) session(request).getAttribute("cart")).getItems().add("book"));
		this.server.repository.forgetCalls();
		assertThat(visit((request, response) -> ((Cart) session(request).getAttribute("cart")).getItems()))
			.isEqualTo("[book]");
		assertCalls(1, 0);
		visit((request, response) -> {
			session(request).setAttribute("cart", session(request).getAttribute("cart"));
			return "";
		});
		assertCalls(1, 0);
	}

	@Test
	void aClassThatIsNotAllowedIsRefusedByNameAndChangesNothing() throws Exception {
		visit((request, response) -> {
			HttpSession session = request.getSession();
			assertThatExceptionOfType(AttributeNotStorableException.class)
				.isThrownBy(() -> session.setAttribute("file", new File("x")))
				.withMessageContaining("java.io.File")
				.withMessageContaining("app.session.http-session.allowed-types");
			assertThat(session.getAttribute("file")).isNull();
			return "";
		});
		assertCalls(0, 0);
	}

	@Test
	void aValueIsToldThatItComesAndGoes() throws Exception {
		visit((request, response) -> {
			HttpSession session = request.getSession();
			Bound first = new Bound("first");
			session.setAttribute("name", first);
			assertThat(Bound.takeTold()).containsExactly("first bound as name");
			session.setAttribute("name", first);
			assertThat(Bound.takeTold()).isEmpty();
			session.setAttribute("name", new Bound("second"));
			assertThat(Bound.takeTold()).containsExactly("second bound as name", "first unbound from name");
			return "";
		});
		visit((request, response) -> {
			session(request).removeAttribute("name");
			assertThat(Bound.takeTold()).containsExactly("second unbound from name");
			session(request).setAttribute("name", new Bound("third"));
			Bound.takeTold();
			session(request).invalidate();
			assertThat(Bound.takeTold()).containsExactly("third unbound from name");
			return "";
		});
	}

}
