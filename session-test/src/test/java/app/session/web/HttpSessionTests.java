package app.session.web;

import java.time.Duration;
import java.util.Collections;

import app.session.Session;
import app.session.core.EngineSettings;
import app.session.peers.Expectation;
import jakarta.servlet.http.HttpSession;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * The {@code HttpSession} of a request by the rules of Servlet 6.1: whether there is one,
 * its name, its id and its end.
 */
class HttpSessionTests extends HttpSessionProbe {

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
	@Expectation("K28")
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

}
