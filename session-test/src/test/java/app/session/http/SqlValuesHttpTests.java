package app.session.http;

import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

import app.session.Session;
import app.session.SessionEvent;
import app.session.SessionEvent.Missed;
import app.session.SessionEvent.RecordUnreadable;
import app.session.server.MariaDbServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * That what a handler stores comes back as it was from each SQL database, or not at all
 * and with an error.
 */
class SqlValuesHttpTests {

	private static final int MEGABYTE = 1 << 20;

	/** What a database might end, quote, fold, trim or cut. */
	private static final List<String> TEXTS = List.of("", " ", "\u0000", "a\u0000b", "'", "''", "\"", "`", "\\", "\\'",
			"?", "%_", "'; DROP TABLE orders; --", "x'00'", "\n\r\t", "a ", "ä", "ß", "ẞ", "\u0041\u030A", "\u00C5",
			"\uFEFF", "\uFFFD", "\uFFFF", "\uD83D\uDE00", "\uDBFF\uDFFF", "\u202E");

	@SpringBootConfiguration(proxyBeanMethods = false)
	@Import({ Node.class, Values.class, Events.class })
	static class Application {

	}

	/** The events of the node. */
	static class Events {

		private final List<SessionEvent> events = new CopyOnWriteArrayList<>();

		@EventListener
		void on(SessionEvent event) {
			this.events.add(event);
		}

	}

	@RestController
	static class Values {

		@GetMapping("/texts/store")
		int store(Session session) {
			values().forEach(session::set);
			return values().size();
		}

		/** The names of those that differ. */
		@GetMapping("/texts/differing")
		String differing(Session session) {
			List<String> names = new ArrayList<>(session.names());
			values().forEach((name, value) -> {
				if (value.equals(session.get(name, value.getClass()))) {
					names.remove(name);
				}
			});
			return names.toString();
		}

		@GetMapping("/login-as/{number}")
		String logIn(Session session, @PathVariable int number) {
			session.setPrincipal(TEXTS.get(number));
			return "in";
		}

		@GetMapping("/logged-in-as/{number}")
		boolean isLoggedIn(Session session, @PathVariable int number) {
			return TEXTS.get(number).equals(session.getPrincipal());
		}

		@GetMapping("/large/store/{size}")
		int storeLarge(Session session, @PathVariable int size) {
			session.set("large", bytes(size));
			return size;
		}

		@GetMapping("/large/same/{size}")
		boolean isSame(Session session, @PathVariable int size) {
			return Arrays.equals(bytes(size), session.get("large", byte[].class));
		}

		/** Texts as values, and as names too. */
		private static Map<String, String> values() {
			Map<String, String> values = new LinkedHashMap<>();
			for (int i = 0; i < TEXTS.size(); i++) {
				values.put("text" + i, TEXTS.get(i));
				values.put("name " + TEXTS.get(i), "of " + i);
			}
			return values;
		}

		/** Each byte there is, in no order that could be compressed. */
		private static byte[] bytes(int size) {
			byte[] bytes = new byte[size];
			new Random(size).nextBytes(bytes);
			return bytes;
		}

	}

	abstract static class Exactness extends HttpTests {

		private final SharedStore store;

		Exactness(SharedStore store) {
			this.store = store;
		}

		@Override
		Class<?>[] sources() {
			return new Class<?>[] { Application.class };
		}

		@Override
		String[] properties() {
			List<String> properties = new ArrayList<>(this.store.properties());
			properties.add("app.session.limits.max-size=64MB");
			properties.add("app.session.store-timeout=10s");
			return properties.toArray(String[]::new);
		}

		private static void answers(Browser browser, String path, Object body) {
			HttpResponse<String> response = browser.get(path);
			assertThat(response.statusCode()).isEqualTo(200);
			assertThat(response.body()).isEqualTo(String.valueOf(body));
		}

		@Test
		void anyTextComesBackAsItWas() {
			Browser browser = browser();
			answers(browser, "/texts/store", 2 * TEXTS.size());
			answers(browser, "/texts/differing", "[]");
			answers(browser, "/count", 1);
			answers(browser, "/texts/differing", "[views]");
		}

		@Test
		void anyPrincipalComesBackAsItWas() {
			for (int i = 0; i < TEXTS.size(); i++) {
				Browser browser = browser();
				answers(browser, "/login-as/" + i, "in");
				answers(browser, "/logged-in-as/" + i, true);
				answers(browser, "/count", 1);
				answers(browser, "/logged-in-as/" + i, true);
			}
		}

		@Test
		void aMegabyteComesBackAsItWas() {
			for (int size : List.of(MEGABYTE, MEGABYTE + 1)) {
				Browser browser = browser();
				answers(browser, "/large/store/" + size, size);
				answers(browser, "/large/same/" + size, true);
				answers(browser, "/large/store/" + 2 * size, 2 * size);
				answers(browser, "/large/same/" + 2 * size, true);
			}
		}

		/** Its format is told by the first byte of the data. */
		@Test
		void dataOfALaterFormatIsAbsentAndStaysAsItIs() {
			bean(JdbcTemplate.class).update("DELETE FROM " + table());
			Browser browser = browser();
			answers(browser, "/count", 1);
			byte[] data = data();
			data[0] = 2;
			assertThat(bean(JdbcTemplate.class).update("UPDATE " + table() + " SET data = ?", data)).isEqualTo(1);
			bean(Events.class).events.clear();
			answers(browser, "/whole", "null {}");
			assertThat(bean(Events.class).events).extracting((event) -> (Object) event.getClass())
				.containsExactly(RecordUnreadable.class, Missed.class);
			assertThat(data()).isEqualTo(data);
			String old = browser.cookie();
			answers(browser, "/count", 1);
			assertThat(browser.cookie()).isNotEqualTo(old);
			answers(browser, "/count", 2);
			assertThat(bean(JdbcTemplate.class).queryForObject("SELECT COUNT(*) FROM " + table(), Integer.class))
				.isEqualTo(2);
		}

		private byte[] data() {
			return bean(JdbcTemplate.class).queryForObject("SELECT data FROM " + table(), byte[].class);
		}

		private String table() {
			return bean(Environment.class).getRequiredProperty("app.session.jdbc.table-name");
		}

	}

	@Nested
	class Postgresql extends Exactness {

		Postgresql() {
			super(SharedStore.POSTGRESQL);
		}

	}

	@Nested
	class Mariadb extends Exactness {

		Mariadb() {
			super(SharedStore.MARIADB);
		}

		/** To what it is unless a server is told otherwise. */
		@Override
		@BeforeAll
		void start() {
			limitPackets(16 * MEGABYTE);
			super.start();
		}

		@AfterAll
		void allowLargePacketsAgain() {
			limitPackets(64 * MEGABYTE);
		}

		private static void limitPackets(int bytes) {
			try (Connection connection = DriverManager.getConnection("jdbc:mariadb://" + MariaDbServer.address(),
					"root", ""); Statement statement = connection.createStatement()) {
				statement.execute("SET GLOBAL max_allowed_packet = " + bytes);
			}
			catch (SQLException ex) {
				throw new IllegalStateException(ex);
			}
		}

		@Test
		void whatIsTooLargeForAPacketIsRefusedAndChangesNothing() {
			Browser browser = browser();
			browser.get("/large/store/1000");
			for (int i = 0; i < 3; i++) {
				HttpResponse<String> response = browser.get("/large/store/" + 20 * MEGABYTE);
				assertThat(response.statusCode()).isEqualTo(503);
				HttpResponse<String> ordinary = browser.get("/large/same/1000");
				assertThat(ordinary.statusCode()).isEqualTo(200);
				assertThat(ordinary.body()).isEqualTo("true");
			}
			assertThat(browser().get("/large/store/" + 20 * MEGABYTE).statusCode()).isEqualTo(503);
		}

	}

	@Nested
	class H2 extends Exactness {

		H2() {
			super(SharedStore.H2);
		}

	}

}
