package app.session.autoconfigure;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

import app.session.web.RequestSessions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sessions in memory that outlive a restart.
 */
class SnapshotTests {

	@TempDir
	Path directory;

	private final MutableClock clock = new MutableClock();

	@Test
	void aRestartKeepsASession() {
		Visitor[] browser = new Visitor[1];
		keeping().run((context) -> {
			browser[0] = new Visitor(context);
			assertThat(visit(browser[0])).isEqualTo(1);
			assertThat(visit(browser[0])).isEqualTo(2);
		});
		assertThat(file()).exists();
		this.clock.forward(Duration.ofMinutes(29));
		keeping().run((context) -> {
			assertThat(file()).doesNotExist();
			assertThat(visit(browser[0].in(context))).isEqualTo(3);
		});
	}

	@Test
	void theTimeInBetweenCounts() {
		Visitor[] browser = new Visitor[1];
		keeping().run((context) -> {
			browser[0] = new Visitor(context);
			visit(browser[0]);
		});
		// The timeout, and the part of it that may pass before a use is written
		this.clock.forward(Duration.ofMinutes(33));
		keeping().run((context) -> assertThat(visit(browser[0].in(context))).isEqualTo(1));
	}

	@Test
	void aStartThatFailsKeepsTheSessionsToo() {
		Visitor[] browser = new Visitor[1];
		keeping().run((context) -> {
			browser[0] = new Visitor(context);
			visit(browser[0]);
		});
		keeping().withBean("last", Object.class, () -> {
			assertThat(file()).doesNotExist();
			throw new IllegalStateException("a port is in use");
		}, (definition) -> definition.setDependsOn("memorySessionRepository")).run((context) -> {
			assertThat(context).hasFailed();
			assertThat(context.getStartupFailure()).rootCause().hasMessage("a port is in use");
		});
		keeping().run((context) -> assertThat(visit(browser[0].in(context))).isEqualTo(2));
	}

	@Test
	void withoutThePropertyNothingIsWritten() throws Exception {
		runner().run((context) -> visit(new Visitor(context)));
		try (var files = Files.list(this.directory)) {
			assertThat(files).isEmpty();
		}
	}

	@Test
	void keysAreNeeded() {
		runner("app.session.memory.snapshot=" + file())
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.isInstanceOfSatisfying(InvalidSessionPropertyException.class, (failure) -> {
					assertThat(failure).hasMessageContaining("app.session.memory.snapshot")
						.hasMessageContaining("no keys");
				}));
	}

	@Test
	void theDirectoryHasToBeThere() {
		runner("app.session.keys=" + TestKeys.FIRST,
				"app.session.memory.snapshot=" + this.directory.resolve("none/sessions"))
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.isInstanceOf(InvalidSessionPropertyException.class)
				.hasMessageContaining("app.session.memory.snapshot"));
	}

	private Path file() {
		return this.directory.resolve("sessions");
	}

	private WebApplicationContextRunner keeping() {
		return runner("app.session.keys=" + TestKeys.FIRST, "app.session.memory.snapshot=" + file());
	}

	private WebApplicationContextRunner runner(String... properties) {
		return new WebApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(SessionAutoConfiguration.class, SessionServletAutoConfiguration.class))
			.withBean(InstantSource.class, () -> this.clock)
			.withPropertyValues(properties);
	}

	private static long visit(Visitor browser) {
		long[] views = new long[1];
		browser.get("/", (request, response) -> views[0] = RequestSessions.of(request).increment("views"));
		return views[0];
	}

}
