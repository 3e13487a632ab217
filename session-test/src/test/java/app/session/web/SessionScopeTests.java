package app.session.web;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import app.session.web.ScopedHandlers.Views;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.ServletRequestAttributes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Beans of session scope, attributes of a form, flash attributes: what of them is stored
 * and when, on each container. How Spring treats them is in its ServletRequestAttributes.
 */
@ParameterizedClass
@EnumSource
class SessionScopeTests {

	private static final Map<Container, TestServer> SERVERS = new EnumMap<>(Container.class);

	private static final String CALLBACK = ServletRequestAttributes.DESTRUCTION_CALLBACK_NAME_PREFIX + "x";

	@Parameter
	Container container;

	private TestServer server;

	private ProbeServer browser;

	@BeforeEach
	void start() {
		this.server = SERVERS.computeIfAbsent(this.container,
				(key) -> new TestServer(key, ProbeServer.Probe.class, ScopedHandlers.class));
		this.server.repository.forgetCalls();
		Views.takeDestroyed();
		this.browser = new ProbeServer(this.server);
	}

	@AfterAll
	static void stop() {
		SERVERS.values().forEach(TestServer::close);
		SERVERS.clear();
	}

	private static void onEnd(HttpServletRequest request, Runnable callback) {
		new ServletRequestAttributes(request).registerDestructionCallback("x", callback,
				RequestAttributes.SCOPE_SESSION);
	}

	private static HttpSession session(HttpServletRequest request) {
		HttpSession session = request.getSession(false);
		assertThat(session).isNotNull();
		return session;
	}

	private void begin() throws Exception {
		this.browser.visit((request, response) -> {
			request.getSession().setAttribute("name", "value");
			return "";
		});
		this.server.repository.forgetCalls();
	}

	@Test
	void aBeanOfSessionScopeIsStoredWhenItWasChanged() throws Exception {
		assertThat(this.browser.get("/view")).isEqualTo("1");
		this.browser.assertCalls(0, 1);
		assertThat(this.browser.get("/view")).isEqualTo("2");
		this.browser.assertCalls(1, 1);
		assertThat(this.browser.get("/look")).isEqualTo("2");
		this.browser.assertCalls(1, 0);
		assertThat(new ProbeServer(this.server).get("/view")).isEqualTo("1");
	}

	@Test
	void itIsStoredBeforeTheResponseLeavesAndNotAgainAfterwards() throws Exception {
		assertThat(this.browser.get("/view-and-flush")).isEqualTo("1");
		this.browser.assertCalls(0, 1);
		assertThat(this.browser.get("/view-and-flush")).isEqualTo("2");
		this.browser.assertCalls(1, 1);
		assertThat(this.browser.get("/look-and-flush")).isEqualTo("2");
		this.browser.assertCalls(1, 0);
		assertThat(this.browser.get("/look")).isEqualTo("2");
	}

	@Test
	void itIsDestroyedOnceWithItsSession() throws Exception {
		this.browser.get("/view");
		this.browser.get("/view");
		assertThat(Views.takeDestroyed()).isEmpty();
		this.browser.get("/end");
		// The object that this node has made, as the first request left it.
		assertThat(Views.takeDestroyed()).containsExactly(1);
		assertThat(this.browser.get("/look")).isEqualTo("0");
	}

	@Test
	void itIsDestroyedWhenItsSessionIsRevoked() throws Exception {
		this.browser.get("/view");
		String handle = this.browser.visit((request, response) -> {
			request.changeSessionId();
			return RequestSessions.of(request).getHandle();
		});
		this.server.sessions.revoke(handle);
		assertThat(Views.takeDestroyed()).containsExactly(1);
	}

	@Test
	void toSetADestructionCallbackCostsNothingAndLoadsNothing() throws Exception {
		begin();
		List<String> ran = Collections.synchronizedList(new ArrayList<>());
		HttpResponse<byte[]> response = this.browser.attempt((request, answer) -> {
			onEnd(request, () -> ran.add("first"));
			return "";
		});
		assertThat(response.headers().allValues("Set-Cookie")).isEmpty();
		this.browser.assertCalls(0, 0);
		assertThat(ran).isEmpty();
		this.browser.visit((request, answer) -> {
			assertThat(session(request).getAttribute(CALLBACK)).isNotNull();
			assertThat(Collections.list(session(request).getAttributeNames())).containsExactly("name");
			return "";
		});
		this.browser.visit((request, answer) -> {
			onEnd(request, () -> ran.add("second"));
			session(request).invalidate();
			return "";
		});
		assertThat(ran).hasSize(1);
	}

	@Test
	void aDestructionCallbackOfASessionThatIsNotStoredRunsAtTheEndOfTheRequest() throws Exception {
		List<String> ran = Collections.synchronizedList(new ArrayList<>());
		this.browser.visit((request, response) -> {
			onEnd(request, () -> ran.add("end"));
			assertThat(request.getSession().getAttribute(CALLBACK)).isNotNull();
			assertThat(ran).isEmpty();
			return "";
		});
		this.browser.assertCalls(0, 0);
		assertThat(this.browser.cookies()).isEmpty();
		// The end may come when the response has left.
		await().untilAsserted(() -> assertThat(ran).containsExactly("end"));
	}

	@Test
	void aDestructionCallbackThatIsRemovedOrReplacedRunsAtOnce() throws Exception {
		begin();
		List<String> ran = Collections.synchronizedList(new ArrayList<>());
		this.browser.visit((request, response) -> {
			onEnd(request, () -> ran.add("first"));
			onEnd(request, () -> ran.add("second"));
			return ran;
		});
		assertThat(ran).containsExactly("first");
		this.browser.visit((request, response) -> {
			session(request).removeAttribute(CALLBACK);
			assertThat(session(request).getAttribute(CALLBACK)).isNull();
			assertThat(ran).containsExactly("first", "second");
			session(request).invalidate();
			return "";
		});
		assertThat(ran).containsExactly("first", "second");
	}

	@Test
	void aRetiredIdDoesNotReachTheDestructionCallbacks() throws Exception {
		begin();
		ProbeServer retired = this.browser.twin();
		List<String> ran = Collections.synchronizedList(new ArrayList<>());
		this.browser.visit((request, response) -> {
			onEnd(request, () -> ran.add("end"));
			request.changeSessionId();
			return "";
		});
		retired.visit((request, response) -> {
			HttpSession session = session(request);
			assertThat(session.getAttribute(CALLBACK)).isNull();
			session.removeAttribute(CALLBACK);
			return "";
		});
		assertThat(ran).isEmpty();
		this.browser.visit((request, response) -> {
			session(request).invalidate();
			return "";
		});
		assertThat(ran).containsExactly("end");
	}

	@Test
	void aCallbackThatThrowsDoesNotStopTheEnd() throws Exception {
		begin();
		this.browser.visit((request, response) -> {
			onEnd(request, () -> {
				throw new IllegalArgumentException("callback");
			});
			session(request).invalidate();
			return "";
		});
		assertThat(this.browser.cookies()).isEmpty();
	}

	@Test
	void attributesOfAFormAreStoredWhenTheyWereChanged() throws Exception {
		assertThat(this.browser.get("/form")).isEqualTo("0");
		this.browser.assertCalls(0, 1);
		assertThat(this.browser.get("/form")).isEqualTo("0");
		this.browser.assertCalls(1, 0);
		assertThat(this.browser.get("/form-next")).isEqualTo("1");
		this.browser.assertCalls(1, 1);
		assertThat(this.browser.get("/form-next-flushed")).isEqualTo("2");
		this.browser.assertCalls(1, 1);
		assertThat(this.browser.get("/form-next")).isEqualTo("3");
		this.browser.assertCalls(1, 1);
		assertThat(this.browser.get("/form-done")).isEqualTo("done");
		this.browser.assertCalls(1, 1);
		assertThat(this.browser.get("/form")).isEqualTo("0");
	}

	@Test
	void flashAttributesAreReadOnceAndCostNothingWhenNoneWait() throws Exception {
		begin();
		HttpResponse<byte[]> redirect = this.browser.send("/save/it");
		assertThat(redirect.statusCode()).isEqualTo(302);
		assertThat(this.browser.cookies()).containsExactly("session", "session-flash");
		this.browser.assertCalls(1, 1);
		assertThat(this.browser.get("/saved")).isEqualTo("saved it");
		assertThat(this.browser.cookies()).containsExactly("session");
		this.browser.assertCalls(1, 1);
		assertThat(this.browser.get("/plain")).isEqualTo("plain");
		assertThat(this.browser.get("/holder")).isEqualTo("true");
		this.server.repository.forgetCalls();
		assertThat(this.browser.get("/plain")).isEqualTo("plain");
		this.browser.assertCalls(0, 0);
	}

	@Test
	void flashAttributesOfTwoRedirectsBothWait() throws Exception {
		begin();
		this.browser.send("/save/one");
		this.browser.send("/save/two");
		List<String> saved = new ArrayList<>();
		saved.add(this.browser.get("/saved"));
		assertThat(this.browser.cookies()).containsExactly("session", "session-flash");
		saved.add(this.browser.get("/saved"));
		assertThat(saved).containsExactlyInAnyOrder("saved one", "saved two");
		assertThat(this.browser.cookies()).containsExactly("session");
	}

	@Test
	void whatTheHolderSetsAHandlerGetsAsAnArgument() throws Exception {
		assertThat(this.browser.get("/attribute")).isEqualTo("null");
		this.browser.assertCalls(0, 0);
		assertThat(this.browser.get("/holder")).isEqualTo("true");
		assertThat(this.browser.get("/attribute")).isEqualTo("by the holder");
		this.browser.assertCalls(1, 1);
	}

}
