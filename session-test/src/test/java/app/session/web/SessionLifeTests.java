package app.session.web;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import app.session.Session;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Which sessions begin and end in the eyes of an {@code HttpSessionListener}, on each
 * container.
 */
@ParameterizedClass
@EnumSource
class SessionLifeTests {

	private static final Map<Container, TestServer> SERVERS = new EnumMap<>(Container.class);

	@Parameter
	Container container;

	private TestServer server;

	private ProbeServer browser;

	@BeforeEach
	void start() {
		this.server = SERVERS.computeIfAbsent(this.container, (key) -> new TestServer(key, ProbeServer.Probe.class));
		this.server.repository.forgetCalls();
		this.server.lives.forget();
		this.server.listener.take();
		this.browser = new ProbeServer(this.server);
	}

	@AfterAll
	static void stop() {
		SERVERS.values().forEach(TestServer::close);
		SERVERS.clear();
	}

	private static HttpSession session(HttpServletRequest request) {
		HttpSession session = request.getSession(false);
		assertThat(session).isNotNull();
		return session;
	}

	/** A visitor whose session is known. */
	private String begin() throws Exception {
		String name = this.browser.visit((request, response) -> {
			request.getSession().setAttribute("name", "value");
			return request.getSession().getId();
		});
		this.server.lives.take();
		this.server.repository.forgetCalls();
		return name;
	}

	private List<String> told() {
		return this.server.lives.take();
	}

	@Test
	void toAskForASessionBeginsNone() throws Exception {
		this.browser.visit((request, response) -> request.getSession().getId());
		assertThat(told()).isEmpty();
		this.browser.assertCalls(0, 0);
	}

	@Test
	void aSessionBeginsWhenItIsStored() throws Exception {
		String name = this.browser.visit((request, response) -> {
			request.getSession().setAttribute("name", "value");
			assertThat(told()).isEmpty();
			return request.getSession().getId();
		});
		assertThat(told()).containsExactly("created " + name);
		this.browser.visit((request, response) -> {
			session(request).setAttribute("name", "other");
			return "";
		});
		assertThat(told()).isEmpty();
	}

	@Test
	void itBeginsAlikeForWhoUsesSession() throws Exception {
		this.browser.visit((request, response) -> {
			RequestSessions.of(request).increment("views");
			assertThat(told()).containsExactly("created " + session(request).getId());
			return "";
		});
		assertThat(told()).isEmpty();
		this.browser.assertCalls(0, 1);
	}

	@Test
	void whatIsSetWhenItBeginsIsSavedBeforeTheResponseLeaves() throws Exception {
		this.server.lives.onCreated = (session) -> session.setAttribute("since", List.of("then"));
		this.browser.visit((request, response) -> {
			request.getSession().setAttribute("name", "value");
			response.getOutputStream().write(new byte[100_000]);
			return "";
		});
		this.browser.assertCalls(0, 2);
		this.browser.visit((request, response) -> {
			assertThat(session(request).getAttribute("since")).isEqualTo(List.of("then"));
			assertThat(session(request).getAttribute("name")).isEqualTo("value");
			return "";
		});
	}

	@Test
	void whatIsSetWhenAnExactOperationBeginsItIsSavedToo() throws Exception {
		this.server.lives.onCreated = (session) -> session.setAttribute("since", "then");
		this.browser.visit((request, response) -> RequestSessions.of(request).increment("views"));
		this.browser.assertCalls(0, 2);
		assertThat(this.browser.visit((request, response) -> session(request).getAttribute("since"))).isEqualTo("then");
	}

	@Test
	void itsEndIsToldWhileItCanBeRead() throws Exception {
		String name = begin();
		List<Object> read = new ArrayList<>();
		this.server.lives.onDestroyed = (session) -> {
			read.add(session.getAttribute("name"));
			read.addAll(Collections.list(session.getAttributeNames()));
		};
		this.browser.visit((request, response) -> {
			session(request).invalidate();
			return "";
		});
		assertThat(told()).containsExactly("destroyed " + name);
		assertThat(read).containsExactly("value", "name");
		assertThat(this.browser.cookies()).isEmpty();
		this.browser.assertCalls(1, 1);
	}

	@Test
	void itsEndIsToldAlikeForWhoUsesSession() throws Exception {
		String name = begin();
		List<Object> read = new ArrayList<>();
		this.server.lives.onDestroyed = (session) -> read.add(session.getAttribute("name"));
		this.browser.visit((request, response) -> {
			HttpSession before = session(request);
			RequestSessions.of(request).invalidate();
			assertThat(request.getSession(false)).isNull();
			assertThatIllegalStateException().isThrownBy(() -> before.getAttribute("name"));
			return "";
		});
		assertThat(told()).containsExactly("destroyed " + name);
		assertThat(read).containsExactly("value");
		assertThat(this.server.listener.take()).containsExactly("added name=value", "removed name=value");
	}

	@Test
	void aResetIsTheEndOfOneAndTheBeginningOfAnother() throws Exception {
		String name = begin();
		List<Object> read = new ArrayList<>();
		this.server.lives.onDestroyed = (session) -> read.add(session.getAttribute("name"));
		String next = this.browser.visit((request, response) -> {
			Session session = RequestSessions.of(request);
			session.reset();
			session.set("name", "next");
			return request.getSession().getId();
		});
		assertThat(next).isNotEqualTo(name);
		assertThat(told()).containsExactly("destroyed " + name, "created " + next);
		assertThat(read).containsExactly("value");
	}

	@Test
	void oneThatWasNeverStoredNeitherBeginsNorEnds() throws Exception {
		this.browser.visit((request, response) -> {
			request.getSession().setAttribute("name", "value");
			request.getSession().invalidate();
			return "";
		});
		assertThat(told()).isEmpty();
		assertThat(this.server.listener.take()).containsExactly("added name=value", "removed name=value");
		this.browser.assertCalls(0, 0);
	}

	@Test
	void whoIsToldOfTheEndMayAskForItAndSetAttributesInVain() throws Exception {
		String name = begin();
		this.server.lives.onDestroyed = (session) -> {
			session.setAttribute("late", "x");
			session.invalidate();
		};
		this.browser.visit((request, response) -> {
			session(request).invalidate();
			return "";
		});
		assertThat(told()).containsExactly("destroyed " + name);
		assertThat(this.browser.cookies()).isEmpty();
		this.browser.assertCalls(1, 1);
	}

	@Test
	void aListenerThatThrowsDoesNotStopTheRequest() throws Exception {
		this.server.lives.onCreated = (session) -> {
			throw new IllegalArgumentException("created");
		};
		this.server.lives.onDestroyed = (session) -> {
			throw new IllegalArgumentException("destroyed");
		};
		begin();
		assertThat(this.browser.visit((request, response) -> session(request).getAttribute("name"))).isEqualTo("value");
		this.browser.visit((request, response) -> {
			session(request).invalidate();
			return "";
		});
		assertThat(this.browser.cookies()).isEmpty();
	}

	@Test
	void oneThatIsRevokedIsToldByItsHandleAlone() throws Exception {
		begin();
		String handle = this.browser.visit((request, response) -> RequestSessions.of(request).getHandle());
		List<Object> read = new ArrayList<>();
		this.server.lives.onDestroyed = (session) -> {
			read.add(session.getAttribute("name"));
			read.addAll(Collections.list(session.getAttributeNames()));
			read.add(session.isNew());
			read.add(session.getServletContext() != null);
			assertThatIllegalStateException().isThrownBy(session::getCreationTime);
			assertThatIllegalStateException().isThrownBy(() -> session.setAttribute("name", "x"));
			assertThatIllegalStateException().isThrownBy(session::invalidate);
			read.add("done");
		};
		assertThat(this.server.sessions.revoke(handle)).isTrue();
		assertThat(told()).containsExactly("destroyed " + handle);
		assertThat(read).containsExactly(null, false, true, "done");
	}

	@Test
	void oneThatIsRevokedWhileARequestRunsIsToldOnce() throws Exception {
		begin();
		this.browser.visit((request, response) -> {
			String handle = String.valueOf(RequestSessions.of(request).getHandle());
			this.server.sessions.revoke(handle);
			assertThat(told()).containsExactly("destroyed " + handle);
			session(request).invalidate();
			return "";
		});
		assertThat(told()).isEmpty();
	}

	@Test
	void twoRequestsThatEndItAtOnceTellItOnce() throws Exception {
		ExecutorService executor = Executors.newFixedThreadPool(2);
		try {
			for (int round = 0; round < 10; round++) {
				String name = begin();
				CyclicBarrier together = new CyclicBarrier(2);
				CountDownLatch done = new CountDownLatch(2);
				ProbeServer.Action logout = (request, response) -> {
					assertThat(session(request).getAttribute("name")).isEqualTo("value");
					together.await(10, TimeUnit.SECONDS);
					session(request).invalidate();
					done.countDown();
					return "";
				};
				ProbeServer twin = this.browser.twin();
				Future<String> other = executor.submit(() -> twin.visit(logout));
				this.browser.visit(logout);
				other.get(10, TimeUnit.SECONDS);
				assertThat(done.getCount()).isZero();
				assertThat(told()).containsExactly("destroyed " + name);
			}
		}
		finally {
			executor.shutdownNow();
		}
	}

	@Test
	void oneThatCouldNotBeStoredDidNotBegin() throws Exception {
		this.server.repository.failWrites(true);
		try {
			HttpResponse<byte[]> response = this.browser.attempt((request, answer) -> {
				request.getSession().setAttribute("name", "value");
				return "";
			});
			assertThat(response.statusCode()).isEqualTo(503);
		}
		finally {
			this.server.repository.failWrites(false);
		}
		assertThat(told()).isEmpty();
	}

}
