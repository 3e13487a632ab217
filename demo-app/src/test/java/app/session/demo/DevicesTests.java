package app.session.demo;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

import app.session.SessionRepository;
import app.session.Sessions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.Mockito;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.bean.override.mockito.MockitoSpyBean;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The second demo, over HTTP.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@Import(MovableClock.Configuration.class)
class DevicesTests {

	private static final String LOGIN = "/devices/login";

	private static final Duration NOT_FRESH = Duration.ofMinutes(5).plusSeconds(1);

	@LocalServerPort
	private int port;

	@Autowired
	private MovableClock clock;

	@Autowired
	private Sessions sessions;

	@MockitoSpyBean
	private SessionRepository repository;

	@AfterEach
	void endAll() {
		this.clock.back();
		this.sessions.revokeAll("alice");
		this.sessions.revokeAll("bob");
	}

	private Device stranger() {
		return new Device(this.port, Device.FIREFOX);
	}

	private Device alice() throws Exception {
		return loggedIn("alice", "wonderland");
	}

	private Device bob() throws Exception {
		return loggedIn("bob", "toolbox");
	}

	private Device loggedIn(String user, String password) throws Exception {
		Device device = stranger();
		assertLeads(device.logIn(user, password), 302, "/devices");
		assertThat(device.isLoggedIn()).isTrue();
		return device;
	}

	private static void assertLeads(HttpResponse<String> response, int status, String location) {
		assertThat(response.statusCode()).isEqualTo(status);
		assertThat(Device.location(response)).isEqualTo(location);
	}

	private static String other(Device device) throws Exception {
		device.get("/devices");
		assertThat(device.others()).hasSize(1);
		return device.others().get(0);
	}

	@Test
	void aStrangerIsAskedToLogInAndGetsNoSessionForThat() throws Exception {
		Device stranger = stranger();
		assertLeads(stranger.get("/devices"), 302, LOGIN);
		assertThat(stranger.hasCookie()).isFalse();
		assertThat(stranger.get(LOGIN).body()).contains("<h1>Log in</h1>").doesNotContain("role=");
	}

	@Test
	void showsWhereSomebodyIsLoggedIn() throws Exception {
		Device first = alice();
		Device second = alice();
		String page = second.get("/devices").body();
		assertThat(page).contains("You are <strong id=\"user\">alice</strong>, logged in on <strong>2 devices</strong>")
			.contains("<dt>Address</dt><dd>127.0.0.1</dd>")
			.contains("<h3>Firefox on Linux</h3>")
			.containsOnlyOnce("<h3>Firefox on Linux <span class=\"badge\">this one</span></h3>")
			.contains("aria-label=\"Log out Firefox on Linux\" aria-describedby=\"device-" + second.others().get(0)
					+ "\"");
		assertThat(Pattern.compile("<dt>Login</dt><dd><time datetime=\"[^\"]+Z\">").matcher(page).results()).hasSize(2);
		first.get("/devices");
		assertThat(first.handles()).isEqualTo(second.handles());
		assertThat(first.others()).containsExactly(second.handles().get(1));
		assertThat(second.others()).containsExactly(first.handles().get(0));
	}

	@Test
	void aWrongPasswordLogsNobodyIn() throws Exception {
		Device device = stranger();
		for (String user : List.of("alice", "carol", "")) {
			assertLeads(device.logIn(user, "toolbox"), 302, LOGIN + "?error");
			assertThat(device.get(LOGIN + "?error").body()).contains("role=\"alert\"");
			assertThat(device.isLoggedIn()).isFalse();
		}
		assertThat(this.sessions.findByPrincipal("alice")).isEmpty();
	}

	@Test
	void oneDeviceLogsOutAnother() throws Exception {
		Device here = alice();
		Device there = alice();
		assertLeads(here.press("/devices/end", "handle", other(here)), 303, "/devices");
		assertLeads(there.get("/devices"), 302, LOGIN);
		assertThat(here.get("/devices").body()).contains("1 device<");
		assertThat(here.others()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "end", "end-others", "end-all", "logout" })
	void whoWasLoggedOutElsewhereIsAtTheLoginAfterAnyClick(String button) throws Exception {
		Device here = alice();
		Device there = alice();
		there.get("/devices");
		here.press("/devices/end", "handle", other(here));
		HttpResponse<String> response = there.press("/devices/" + button, "handle", here.handles().get(0));
		assertLeads(response, 302, "/devices");
		assertLeads(there.get("/devices"), 302, LOGIN);
		assertThat(here.isLoggedIn()).isTrue();
	}

	@Test
	void allOthersAreLoggedOutAndThisOneStays() throws Exception {
		Device here = alice();
		Device second = alice();
		Device third = alice();
		here.get("/devices");
		assertLeads(here.press("/devices/end-others"), 303, "/devices");
		assertThat(second.isLoggedIn()).isFalse();
		assertThat(third.isLoggedIn()).isFalse();
		assertThat(here.isLoggedIn()).isTrue();
	}

	@Test
	void allAreLoggedOutAndSoIsThisOne() throws Exception {
		Device here = alice();
		Device there = alice();
		Device bob = bob();
		assertLeads(here.press("/devices/end-all"), 303, LOGIN + "?logout");
		assertThat(here.hasCookie()).isFalse();
		assertThat(here.get(LOGIN + "?logout").body()).contains("You are logged out.");
		assertThat(here.isLoggedIn()).isFalse();
		assertThat(there.isLoggedIn()).isFalse();
		assertThat(bob.isLoggedIn()).isTrue();
	}

	@Test
	void loggingOutHereLeavesTheOthers() throws Exception {
		Device here = alice();
		Device there = alice();
		this.clock.advance(NOT_FRESH);
		assertLeads(here.press("/devices/logout"), 302, LOGIN + "?logout");
		assertThat(here.hasCookie()).isFalse();
		assertThat(here.isLoggedIn()).isFalse();
		assertThat(there.isLoggedIn()).isTrue();
	}

	@Test
	void theHandleOfAnotherUserIsAnsweredAsOneThatHasEndedAndEndsNothing() throws Exception {
		Device alice = alice();
		Device bob = bob();
		assertLeads(alice.press("/devices/end", "handle", "AAAAAAAAAAAAAAAAAAAAAA"), 303, "/devices");
		assertLeads(alice.press("/devices/end", "handle", bob.handles().get(0)), 303, "/devices");
		assertThat(bob.isLoggedIn()).isTrue();
		Device anonymous = stranger();
		String counter = anonymous.get("/").body();
		String handle = counter.replaceFirst("(?s).*<code>([^<]+)</code>.*", "$1");
		assertLeads(alice.press("/devices/end", "handle", handle), 303, "/devices");
		assertThat(this.sessions.find(handle)).isPresent();
	}

	@Test
	void theHandleOfThisDeviceLogsItOut() throws Exception {
		Device alice = alice();
		assertLeads(alice.press("/devices/end", "handle", alice.handles().get(0)), 303, "/devices");
		assertThat(alice.isLoggedIn()).isFalse();
	}

	@Test
	void nobodySeesTheDevicesOfAnother() throws Exception {
		Device alice = alice();
		Device bob = bob();
		assertThat(bob.get("/devices").body()).contains("<strong id=\"user\">bob</strong>", "1 device<")
			.doesNotContain("alice", alice.handles().get(0));
	}

	@ParameterizedTest
	@ValueSource(strings = { "end", "end-others", "end-all" })
	void othersAreLoggedOutByAFreshLoginAlone(String button) throws Exception {
		Device here = alice();
		Device there = alice();
		String handle = other(here);
		this.clock.advance(NOT_FRESH);
		assertLeads(here.press("/devices/" + button, "handle", handle), 302, LOGIN);
		assertThat(there.isLoggedIn()).isTrue();
		assertThat(here.get(LOGIN).body()).contains("<h1>Log in again</h1>", "value=\"alice\"");
		assertLeads(here.press(LOGIN, "username", "alice", "password", "wonderland"), 302, "/devices");
		this.clock.back();
		assertThat(other(here)).isEqualTo(handle);
		assertThat(here.press("/devices/" + button, "handle", handle).statusCode()).isEqualTo(303);
		assertThat(there.isLoggedIn()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "end", "end-others", "end-all", "logout", "login" })
	void noFormOfAnotherSiteDoesAnything(String button) throws Exception {
		Device alice = alice();
		Device there = alice();
		String path = "/devices/" + button;
		assertThat(alice.post(path, "handle", alice.handles().get(0)).statusCode()).isEqualTo(403);
		assertThat(alice.post(path, "handle", alice.handles().get(0), "_csrf", "guessed").statusCode()).isEqualTo(403);
		assertThat(alice.get(path + "?handle=" + alice.handles().get(0)).statusCode()).isNotIn(302, 303);
		assertThat(alice.isLoggedIn()).isTrue();
		assertThat(there.isLoggedIn()).isTrue();
	}

	@Test
	void whatABrowserSaysOfItselfIsText() throws Exception {
		Device device = new Device(this.port, "<script>alert(\"1\")</script>'");
		device.logIn("alice", "wonderland");
		assertThat(device.get("/devices").body()).doesNotContain("<script>")
			.contains("<h3>&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39; <span");
	}

	@Test
	void everyFormHasATokenAndNoPageNeedsAnythingInlineOrFromElsewhere() throws Exception {
		Device alice = alice();
		alice();
		for (String path : List.of("/devices", LOGIN, LOGIN + "?error", LOGIN + "?logout")) {
			String page = alice.get(path).body();
			assertThat(count("<form ", page)).as(path).isPositive().isEqualTo(count("name=\"_csrf\"", page));
			assertThat(count("<form ", page)).isEqualTo(count("method=\"post\"", page));
			assertThat(page).doesNotContain("://", "<style", " style=", "javascript:")
				.doesNotContainPattern("<script>| on\\w+=");
		}
	}

	private static int count(String text, String page) {
		return page.split(Pattern.quote(text), -1).length - 1;
	}

	@Test
	void everyAnswerForbidsForeignContentAndIsKeptNowhere() throws Exception {
		Device alice = alice();
		for (HttpResponse<String> response : List.of(alice.get("/devices"), alice.get(LOGIN),
				stranger().get("/devices"), stranger().logIn("alice", "wrong"), alice.post("/devices/end"))) {
			assertThat(response.headers().allValues("Content-Security-Policy"))
				.containsExactly(SecurityHeaders.CONTENT_SECURITY_POLICY);
			assertThat(response.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
			assertThat(response.headers().firstValue("Cache-Control")).get().asString().contains("no-store");
		}
	}

	@Test
	void theViewCounterIsAsItWasWithoutSpringSecurity() throws Exception {
		Device visitor = stranger();
		visitor.get("/");
		Mockito.clearInvocations(this.repository);
		HttpResponse<String> response = visitor.get("/");
		assertThat(Mockito.mockingDetails(this.repository).getInvocations())
			.extracting((call) -> call.getMethod().getName())
			.containsExactly("find", "update");
		assertThat(response.headers().map()).containsOnlyKeys("content-length", "content-security-policy",
				"content-type", "date", "referrer-policy", "vary", "x-content-type-options");
	}

	@Test
	void theViewsGoOnOverALoginAndEndWithIt() throws Exception {
		Device visitor = stranger();
		visitor.get("/");
		visitor.logIn("alice", "wonderland");
		assertThat(visitor.get("/").body()).contains("visited this page 2 times!");
		visitor.get("/devices");
		visitor.press("/devices/logout");
		assertThat(visitor.get("/").body()).contains("Welcome here for the first time!");
	}

}
