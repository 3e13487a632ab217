package app.session.http;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.IntStream;

import app.session.Session;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sessions in the database of an application that changes them in its own transactions:
 * they are no part of these, and wait for no connection of these.
 */
class TransactionHttpTests {

	@SpringBootConfiguration(proxyBeanMethods = false)
	@Import({ Node.class, Orders.class })
	static class Application {

	}

	@RestController
	static class Orders {

		private final JdbcTemplate jdbc;

		private final TransactionTemplate transactions;

		private final Gates gates;

		Orders(JdbcTemplate jdbc, PlatformTransactionManager transactions, Gates gates) {
			this.jdbc = jdbc;
			this.transactions = new TransactionTemplate(transactions);
			this.gates = gates;
		}

		/** Orders, changes the session, waits, and rolls the order back. */
		@GetMapping("/roll-back/{gate}/{what}")
		String rollBack(Session session, @PathVariable String gate, @PathVariable String what) {
			return this.transactions.execute((transaction) -> {
				order();
				String answer = change(session, what);
				this.gates.pass(gate);
				transaction.setRollbackOnly();
				return answer;
			});
		}

		/** Orders and counts; each odd count is rolled back. */
		@GetMapping("/order")
		long order(Session session) {
			return this.transactions.execute((transaction) -> {
				order();
				long count = session.increment("views");
				if (count % 2 == 1) {
					transaction.setRollbackOnly();
				}
				return count;
			});
		}

		private void order() {
			this.jdbc.update("INSERT INTO orders (goods) VALUES (?)", "goods");
		}

		private static String change(Session session, String what) {
			return switch (what) {
				case "count" -> String.valueOf(session.increment("views"));
				case "set" -> {
					session.set("basket", "full");
					session.save();
					yield "set";
				}
				case "logout" -> {
					session.invalidate();
					session.save();
					yield "bye";
				}
				default -> throw new IllegalArgumentException(what);
			};
		}

	}

	@Timeout(60)
	abstract static class OneConnectionEach extends HttpTests {

		private final SharedStore store;

		OneConnectionEach(SharedStore store) {
			this.store = store;
		}

		@Override
		Class<?>[] sources() {
			return new Class<?>[] { Application.class };
		}

		@Override
		String[] properties() {
			List<String> properties = new ArrayList<>(this.store.properties());
			properties.add("spring.datasource.hikari.maximum-pool-size=1");
			properties.add("spring.datasource.hikari.connection-timeout=30000");
			properties.add("app.session.jdbc.pool-size=1");
			return properties.toArray(String[]::new);
		}

		@BeforeAll
		void createTable() {
			jdbc().execute("DROP TABLE IF EXISTS orders");
			jdbc().execute("CREATE TABLE orders (goods VARCHAR(20) NOT NULL)");
		}

		private JdbcTemplate jdbc() {
			return bean(JdbcTemplate.class);
		}

		/** Deletes them as well. */
		private int orders() {
			return jdbc().update("DELETE FROM orders");
		}

		@Test
		void aRollbackDoesNotUndoALogout() {
			Browser browser = browser();
			browser.get("/login/alice");
			Browser other = browser.twin();
			CompletableFuture<HttpResponse<String>> held = browser.send("/roll-back/gone/logout");
			gates().awaitArrival("gone");
			assertThat(other.get("/whole").body()).isEqualTo("null {}");
			gates().open("gone");
			HttpResponse<String> response = Browser.await(held);
			assertThat(response.body()).isEqualTo("bye");
			assertThat(Browser.setCookies(response)).singleElement().asString().contains("Max-Age=0");
			assertThat(orders()).isZero();
			assertThat(other.get("/whole").body()).isEqualTo("null {}");
			assertThat(browser.get("/whole").body()).isEqualTo("null {}");
		}

		@Test
		void aRollbackUndoesNoChange() {
			Browser browser = browser();
			browser.get("/count");
			for (String what : List.of("count", "set")) {
				CompletableFuture<HttpResponse<String>> held = browser.send("/roll-back/" + what + "/" + what);
				gates().awaitArrival(what);
				String during = browser.twin().get("/whole").body();
				gates().open(what);
				assertThat(Browser.await(held).statusCode()).isEqualTo(200);
				assertThat(browser.get("/whole").body()).isEqualTo(during);
			}
			assertThat(browser.get("/whole").body()).contains("views=2").contains("basket=full");
			assertThat(orders()).isZero();
		}

		@Test
		void aRollbackUndoesNoNewSession() {
			Browser browser = browser();
			CompletableFuture<HttpResponse<String>> held = browser.send("/roll-back/new/count");
			gates().awaitArrival("new");
			gates().open("new");
			browser.take(Browser.await(held));
			assertThat(browser.get("/count").body()).isEqualTo("2");
			assertThat(orders()).isZero();
		}

		@Test
		void requestsThatHoldTheLastConnectionDoNotWaitForThemselves() {
			Browser browser = browser();
			browser.get("/set/a/b");
			List<CompletableFuture<HttpResponse<String>>> requests = new ArrayList<>();
			for (int i = 0; i < 16; i++) {
				requests.add(browser.twin().send("/order"));
			}
			Set<Integer> counts = new ConcurrentSkipListSet<>();
			requests.forEach((request) -> counts.add(Integer.valueOf(Browser.await(request).body())));
			assertThat(counts).containsExactlyElementsOf(IntStream.rangeClosed(1, 16).boxed().toList());
			assertThat(orders()).isEqualTo(8);
		}

	}

	@Nested
	class Postgresql extends OneConnectionEach {

		Postgresql() {
			super(SharedStore.POSTGRESQL);
		}

	}

	@Nested
	class Mariadb extends OneConnectionEach {

		Mariadb() {
			super(SharedStore.MARIADB);
		}

	}

	@Nested
	class H2 extends OneConnectionEach {

		H2() {
			super(SharedStore.H2);
		}

	}

}
