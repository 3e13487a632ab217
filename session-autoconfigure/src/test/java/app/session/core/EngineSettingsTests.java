package app.session.core;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import app.session.AttributeNotStorableException;
import app.session.Session;
import app.session.SessionLimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Timeouts and limits.
 */
class EngineSettingsTests extends EngineFixture {

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private static EngineSettings settings(Duration anonymous, int maxAttributes, int maxBytes) {
		return new EngineSettings(MINUTE.multipliedBy(30), anonymous, MINUTE.multipliedBy(100), 0.1, null,
				Duration.ofSeconds(2), maxAttributes, maxBytes, 10, Set.of(), SessionLimit.NONE,
				EngineSettings.OnStoreFailure.FAIL);
	}

	@Test
	void theOwnTimeoutComesFirstAndTheAnonymousOneIsForNobodys() {
		EngineSettings settings = settings(MINUTE, 10, 100);
		assertThat(settings.timeout(MINUTE.multipliedBy(2), null)).isEqualTo(MINUTE.multipliedBy(2));
		assertThat(settings.timeout(null, null)).isEqualTo(MINUTE);
		assertThat(settings.timeout(null, "alice")).isEqualTo(MINUTE.multipliedBy(30));
		assertThat(settings(null, 10, 100).timeout(null, null)).isEqualTo(MINUTE.multipliedBy(30));
	}

	@Test
	void whatIsStoredIsLongerByWhatMayGoUnwritten() {
		EngineSettings settings = settings(null, 10, 100);
		assertThat(settings.touchInterval(MINUTE)).isEqualTo(6000);
		assertThat(settings.idleTimeout(MINUTE)).isEqualTo(Duration.ofSeconds(66));
	}

	@Test
	void theNumberOfAttributesIsLimitedToTheLast() {
		SessionEngine node = engine(this.repository, settings(null, 2, 100));
		request(node, this.browser, (session) -> {
			session.set("a", 1);
			session.set("b", 1);
			assertThatExceptionOfType(AttributeNotStorableException.class).isThrownBy(() -> session.set("c", 1));
			assertThatExceptionOfType(AttributeNotStorableException.class).isThrownBy(() -> session.increment("c"));
			session.set("b", 2);
		});
		request(node, this.browser, (session) -> assertThat(session.names()).containsExactlyInAnyOrder("a", "b"));
	}

	@Test
	void theBytesAreLimitedToTheLast() {
		SessionEngine node = engine(this.repository, settings(null, 10, 20));
		request(node, this.browser, (session) -> {
			String longest = "x".repeat(20);
			while (longest.length() > 0) {
				String value = longest;
				try {
					session.set("ab", value);
					break;
				}
				catch (AttributeNotStorableException ex) {
					assertThat(ex).hasMessageContaining("max-size");
					longest = longest.substring(1);
				}
			}
			assertThat(longest.length()).isBetween(15, 17);
			assertThatExceptionOfType(AttributeNotStorableException.class).isThrownBy(() -> session.set("b", 1));
		});
	}

	@Test
	void aNameIsLimitedInLength() {
		SessionEngine node = engine(this.repository, settings(null, 10, 100));
		request(node, this.browser, (session) -> {
			session.set("x".repeat(10), 1);
			assertThatExceptionOfType(AttributeNotStorableException.class)
				.isThrownBy(() -> session.set("x".repeat(11), 1));
			assertThatExceptionOfType(AttributeNotStorableException.class)
				.isThrownBy(() -> session.increment("x".repeat(11)));
			assertThatExceptionOfType(AttributeNotStorableException.class)
				.isThrownBy(() -> session.putIfAbsent("x".repeat(11), 1));
			assertThatExceptionOfType(AttributeNotStorableException.class)
				.isThrownBy(() -> session.update("x".repeat(11), Integer.class, (n) -> 1));
			assertThatExceptionOfType(AttributeNotStorableException.class)
				.isThrownBy(() -> session.replace(java.util.Map.of("x".repeat(11), 1)));
		});
	}

	@Test
	void whatSeveralRequestsSetTogetherIsLimitedAtCommit() {
		SessionEngine node = engine(this.repository, settings(null, 2, 100));
		request(node, this.browser, (session) -> session.set("a", 1));
		Exchange exchange = open(node, this.browser);
		exchange.session().set("b", 1);
		request(node, this.browser.copy(), (session) -> session.set("c", 1));
		assertThatExceptionOfType(AttributeNotStorableException.class).isThrownBy(exchange.request::commit)
			.withMessageContaining("max-attributes");
		assertThat(exchange.request.failure()).isInstanceOf(AttributeNotStorableException.class);
		exchange.finish();
		request(node, this.browser, (session) -> assertThat(session.names()).containsExactlyInAnyOrder("a", "c"));
	}

	@Test
	void anExactOperationThatIsTooMuchIsNotTriedAgain() {
		SessionEngine node = engine(this.repository, settings(null, 1, 100));
		request(node, this.browser, (session) -> session.set("a", 1));
		request(node, this.browser, (session) -> {
			assertThatExceptionOfType(AttributeNotStorableException.class).isThrownBy(() -> session.increment("b"));
			session.set("a", 2);
		});
		request(node, this.browser, (session) -> assertThat(session.get("a", Integer.class)).isEqualTo(2));
	}

	@Test
	void aPrincipalIsBoundedAlikeOnAllStores() {
		for (SessionEngine node : List.of(this.engine,
				engine(new IndexedTestRepository(this.clock), EngineSettings.DEFAULTS))) {
			for (String longest : List.of("x".repeat(1024), "\u00E4".repeat(512), "\uD83D\uDE00".repeat(256))) {
				request(node, new Browser(), (session) -> {
					session.setPrincipal(longest);
					assertThat(session.getPrincipal()).isEqualTo(longest);
					assertRefused(session, longest + "x");
				});
			}
			request(node, new Browser(), (session) -> {
				assertRefused(session, "\uD83D");
				assertRefused(session, "alice\uDE00");
				assertRefused(session, "\uDE00\uD83D");
				assertThat(session.getPrincipal()).isNull();
			});
		}
	}

	private static void assertRefused(Session session, String principal) {
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> session.setPrincipal(principal));
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> session.setPrincipal(principal, 0));
	}

}
