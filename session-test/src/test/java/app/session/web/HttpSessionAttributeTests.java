package app.session.web;

import java.io.File;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import app.session.AttributeNotStorableException;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * The attributes of an {@code HttpSession} by the rules of Servlet 6.1, and what is asked
 * of the store for them.
 */
class HttpSessionAttributeTests extends HttpSessionProbe {

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
