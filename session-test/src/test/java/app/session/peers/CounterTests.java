package app.session.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import app.session.http.SharedStore;
import app.session.http.WebClient;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The tutorial's counter, in its words, in each mode.
 */
class CounterTests {

	private static final Map<String, String> NODE = Map.of("KEYS", "a key");

	/** Where sessions are, and how clients hold them. */
	enum Mode {

		MEMORY(() -> OurApp.with(List.of())),

		REDIS(() -> with(SharedStore.REDIS)),

		POSTGRESQL(() -> with(SharedStore.POSTGRESQL)),

		MARIADB(() -> with(SharedStore.MARIADB)),

		H2(() -> with(SharedStore.H2)),

		COOKIE(() -> OurApp.with(List.of("app.session.store=cookie", key()))),

		KOA(() -> OurApp.koa(NODE)),

		KOA_IN_THE_COOKIE(() -> OurApp.koa(Map.of("KEYS", "a key", "STORE", "none"))),

		EXPRESS(() -> OurApp.express(NODE));

		private final Supplier<OurApp> start;

		Mode(Supplier<OurApp> start) {
			this.start = start;
		}

		private static OurApp with(SharedStore store) {
			List<String> properties = new ArrayList<>(store.properties());
			properties.add(key());
			return OurApp.with(properties);
		}

		private static String key() {
			return "app.session.keys=" + PeerTests.newKey();
		}

	}

	@ParameterizedTest
	@EnumSource
	void theCounterCounts(Mode mode) {
		try (OurApp app = mode.start.get()) {
			WebClient visitor = NodeApp.visitor(app);
			WebClient other = NodeApp.visitor(app);
			assertThat(Pages.page(visitor, "/")).isEqualTo("Welcome here for the first time!");
			assertThat(Pages.page(visitor, "/")).isEqualTo("You've visited this page 2 times!");
			assertThat(Pages.page(other, "/")).isEqualTo("Welcome here for the first time!");
			assertThat(Pages.page(visitor, "/")).isEqualTo("You've visited this page 3 times!");
			Pages.page(visitor, "/logout");
			assertThat(Pages.page(visitor, "/")).isEqualTo("Welcome here for the first time!");
		}
	}

}
