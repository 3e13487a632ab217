package app.session.web.servlet;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import app.session.SessionKey;
import app.session.core.EngineSettings;
import org.junit.jupiter.api.Test;

import org.springframework.web.context.request.ServletRequestAttributes;

import static org.assertj.core.api.Assertions.assertThat;

class DestructionCallbacksTests {

	private static final Duration TIMEOUT = EngineSettings.DEFAULTS.timeout();

	private static final Duration LIFETIME = EngineSettings.DEFAULTS.maxLifetime();

	private static final SessionKey KEY = new SessionKey(1, 2);

	private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-24T10:00:00Z"));

	private final DestructionCallbacks callbacks = new DestructionCallbacks(EngineSettings.DEFAULTS, this.now::get);

	private final Object callback = new Object();

	private void pass(Duration duration) {
		this.now.updateAndGet((instant) -> instant.plus(duration));
	}

	@Test
	void theyAreKnownByTheNameThatSpringGivesThem() {
		String name = "org.springframework.web.context.request.ServletRequestAttributes.DESTRUCTION_CALLBACK.bean";
		assertThat(name).isEqualTo(ServletRequestAttributes.DESTRUCTION_CALLBACK_NAME_PREFIX + "bean");
		assertThat(DestructionCallbacks.isCallback(name)).isTrue();
		assertThat(DestructionCallbacks.isCallback("bean")).isFalse();
	}

	@Test
	void theyStayWhileTheSessionIsUsed() {
		this.callbacks.add(KEY, Map.of("a", this.callback));
		for (int i = 0; i < 20; i++) {
			pass(TIMEOUT);
			this.callbacks.used(KEY, null);
		}
		assertThat(this.callbacks.take(KEY)).containsExactly(Map.entry("a", this.callback));
	}

	@Test
	void theyAreDroppedWhenTheSessionWasNotUsedForTwiceItsTimeout() {
		this.callbacks.add(KEY, Map.of("a", this.callback));
		pass(TIMEOUT.multipliedBy(2).minusSeconds(1));
		assertThat(this.callbacks.has(KEY)).isTrue();
		pass(Duration.ofSeconds(2));
		assertThat(this.callbacks.has(KEY)).isFalse();
		assertThat(this.callbacks.take(KEY)).isEmpty();
	}

	@Test
	void aSessionsOwnTimeoutCountsWhenItIsKnown() {
		this.callbacks.add(KEY, Map.of("a", this.callback));
		this.callbacks.used(KEY, TIMEOUT.multipliedBy(5));
		pass(TIMEOUT.multipliedBy(9));
		assertThat(this.callbacks.has(KEY)).isTrue();
		this.callbacks.used(KEY, Duration.ofMinutes(1));
		pass(Duration.ofMinutes(3));
		assertThat(this.callbacks.has(KEY)).isFalse();
	}

	@Test
	void theyAreNeverKeptForLongerThanASessionLives() {
		this.callbacks.add(KEY, Map.of("a", this.callback));
		this.callbacks.used(KEY, Duration.ofSeconds(Long.MAX_VALUE));
		pass(LIFETIME.minusSeconds(1));
		assertThat(this.callbacks.has(KEY)).isTrue();
		pass(Duration.ofSeconds(2));
		assertThat(this.callbacks.has(KEY)).isFalse();
	}

	@Test
	void oneThatTakesAnothersPlaceHandsItOut() {
		Object other = new Object();
		assertThat(this.callbacks.add(KEY, Map.of("a", this.callback))).isEmpty();
		assertThat(this.callbacks.add(KEY, Map.of("b", other))).isEmpty();
		assertThat(this.callbacks.add(KEY, Map.of("a", this.callback))).isEmpty();
		assertThat(this.callbacks.add(KEY, Map.of("a", other))).containsExactly(Map.entry("a", this.callback));
		assertThat(this.callbacks.remove(KEY, "b")).isSameAs(other);
		assertThat(this.callbacks.remove(KEY, "b")).isNull();
		assertThat(this.callbacks.find(KEY, "a")).isSameAs(other);
		assertThat(this.callbacks.remove(KEY, "a")).isSameAs(other);
		assertThat(this.callbacks.has(KEY)).isFalse();
	}

	@Test
	void onlyOneTakesThem() throws Exception {
		ExecutorService executor = Executors.newFixedThreadPool(2);
		try {
			for (int round = 0; round < 200; round++) {
				this.callbacks.add(KEY, Map.of("a", this.callback));
				CyclicBarrier together = new CyclicBarrier(2);
				Future<Integer> first = executor.submit(() -> taken(together));
				Future<Integer> second = executor.submit(() -> taken(together));
				assertThat(first.get(10, TimeUnit.SECONDS) + second.get(10, TimeUnit.SECONDS)).isEqualTo(1);
			}
		}
		finally {
			executor.shutdownNow();
		}
	}

	private int taken(CyclicBarrier together) throws Exception {
		together.await(10, TimeUnit.SECONDS);
		return this.callbacks.take(KEY).size();
	}

}
