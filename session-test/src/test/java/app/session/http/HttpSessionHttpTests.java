package app.session.http;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import app.session.Session;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionAttributeListener;
import jakarta.servlet.http.HttpSessionBindingEvent;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application whose code asks for the {@code HttpSession}, with the property that
 * makes it ours, and without.
 */
abstract class HttpSessionHttpTests extends HttpTests {

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Shop.class)
	static class Application {

		@Bean
		TomcatServletWebServerFactory webServer() {
			return new TomcatServletWebServerFactory();
		}

		@Bean
		Listener listener() {
			return new Listener(new ConcurrentLinkedQueue<>());
		}

	}

	/** Told of attributes, by whoever keeps them. */
	record Listener(Queue<String> told) implements HttpSessionAttributeListener {

		@Override
		public void attributeAdded(HttpSessionBindingEvent event) {
			this.told.add(event.getName());
		}

	}

	/** A class of the application's own. */
	public record Cart(List<String> items) {
	}

	@RestController
	static class Shop {

		@GetMapping("/add")
		String add(HttpSession session) {
			Cart cart = (Cart) session.getAttribute("cart");
			List<String> items = new ArrayList<>((cart != null) ? cart.items() : List.of());
			items.add("book");
			session.setAttribute("cart", new Cart(items));
			return items.toString();
		}

		@GetMapping("/look")
		String look(HttpServletRequest request, Session session) {
			HttpSession httpSession = request.getSession(false);
			Object cart = (httpSession != null) ? httpSession.getAttribute("cart") : "none";
			return cart + " " + session.names();
		}

	}

	@Override
	Class<?>[] sources() {
		return new Class<?>[] { Application.class };
	}

	/** As it is. */
	static class OurOwn extends HttpSessionHttpTests {

		@Test
		void itHoldsWhatItIsGivenInTheSessionOfTheCookie() {
			Browser visitor = browser();
			assertThat(visitor.get("/look").body()).isEqualTo("none []");
			HttpResponse<String> first = visitor.get("/add");
			assertThat(first.body()).isEqualTo("[book]");
			assertThat(first.headers().allValues("Set-Cookie")).singleElement().asString().startsWith("session=");
			assertThat(visitor.get("/add").body()).isEqualTo("[book, book]");
			assertThat(visitor.get("/look").body()).isEqualTo("Cart[items=[book, book]] [cart]");
			assertThat(bean(Listener.class).told()).containsExactly("cart");
		}

	}

	/** As the container has it. */
	static class TheContainers extends HttpSessionHttpTests {

		@Override
		String[] properties() {
			return new String[] { "app.session.http-session.enabled=false" };
		}

		@Test
		void itIsTheContainersAndOursIsAnother() {
			Browser visitor = browser();
			HttpResponse<String> first = visitor.get("/add");
			assertThat(first.headers().allValues("Set-Cookie")).singleElement().asString().startsWith("JSESSIONID=");
			assertThat(visitor.get("/look").body()).isEqualTo("Cart[items=[book]] []");
			assertThat(bean(Listener.class).told()).containsExactly("cart");
		}

	}

	/** With no session of ours at all, whatever else the properties say. */
	static class Disabled extends HttpSessionHttpTests {

		@Override
		String[] properties() {
			return new String[] { "app.session.enabled=false", "app.session.http-session.enabled=true",
					"server.servlet.session.cookie.name=theirs" };
		}

		@Test
		void theContainersWorksAsItDoesWithoutUs() {
			Browser visitor = browser();
			HttpResponse<String> first = visitor.get("/add");
			assertThat(first.headers().allValues("Set-Cookie")).singleElement().asString().startsWith("theirs=");
			assertThat(visitor.get("/add").body()).isEqualTo("[book, book]");
			assertThat(bean(Listener.class).told()).containsExactly("cart");
		}

	}

}
