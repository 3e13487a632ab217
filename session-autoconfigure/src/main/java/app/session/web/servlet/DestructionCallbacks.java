package app.session.web.servlet;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.TimeUnit;

import app.session.SessionKey;
import app.session.core.EngineSettings;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Scheduler;
import com.github.benmanes.caffeine.cache.Ticker;
import org.jspecify.annotations.Nullable;

import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * The destruction callbacks of Spring's session scope that this node has: code that runs
 * at the end of a session, and so can't be stored. A node that dies loses them, and those
 * of a session that is not used here for twice its timeout are dropped: it has ended, or
 * goes on elsewhere.
 */
final class DestructionCallbacks {

	private final Cache<SessionKey, Kept> sessions;

	private final Duration timeout;

	private final Duration maxLifetime;

	DestructionCallbacks(EngineSettings settings, InstantSource clock) {
		Duration anonymous = settings.anonymousTimeout();
		this.timeout = (anonymous != null && anonymous.compareTo(settings.timeout()) > 0) ? anonymous
				: settings.timeout();
		this.maxLifetime = settings.maxLifetime();
		this.sessions = Caffeine.newBuilder()
			.expireAfter(Expiry.<SessionKey, Kept>accessing((key, kept) -> life(kept.timeout())))
			.ticker(ticker(clock))
			.scheduler(Scheduler.systemScheduler())
			.executor(Runnable::run)
			.build();
	}

	static Ticker ticker(InstantSource clock) {
		return () -> TimeUnit.MILLISECONDS.toNanos(clock.millis());
	}

	/** So the store has told of an end before, if it does at all. */
	private Duration life(Duration timeout) {
		Duration half = this.maxLifetime.dividedBy(2);
		return (timeout.compareTo(half) < 0) ? timeout.multipliedBy(2) : this.maxLifetime;
	}

	/**
	 * Whether an attribute is such a callback, by the name that Spring gives it.
	 */
	static boolean isCallback(String name) {
		return name.startsWith(ServletRequestAttributes.DESTRUCTION_CALLBACK_NAME_PREFIX);
	}

	/**
	 * Whether there are any for a session.
	 */
	boolean has(SessionKey key) {
		return this.sessions.asMap().containsKey(key);
	}

	@Nullable Object find(SessionKey key, String name) {
		Kept kept = this.sessions.getIfPresent(key);
		return (kept != null) ? kept.callbacks().get(name) : null;
	}

	/**
	 * Adds callbacks.
	 * @return those whose place they have taken
	 */
	Map<String, Object> add(SessionKey key, Map<String, Object> callbacks) {
		Map<String, Object> replaced = new HashMap<>();
		this.sessions.asMap().compute(key, (k, before) -> {
			replaced.clear();
			Map<String, Object> all = new HashMap<>((before != null) ? before.callbacks() : Map.of());
			callbacks.forEach((name, callback) -> {
				Object other = all.put(name, callback);
				if (other != null && other != callback) {
					replaced.put(name, other);
				}
			});
			return new Kept(all, (before != null) ? before.timeout() : this.timeout);
		});
		return replaced;
	}

	/**
	 * Takes a callback out.
	 */
	@Nullable Object remove(SessionKey key, String name) {
		AtomicReference<@Nullable Object> removed = new AtomicReference<>();
		this.sessions.asMap().computeIfPresent(key, (k, before) -> {
			Map<String, Object> all = new HashMap<>(before.callbacks());
			removed.set(all.remove(name));
			return all.isEmpty() ? null : new Kept(all, before.timeout());
		});
		return removed.get();
	}

	/**
	 * Takes all callbacks of a session out: whoever gets them runs them.
	 */
	Map<String, Object> take(SessionKey key) {
		Kept kept = this.sessions.asMap().remove(key);
		return (kept != null) ? kept.callbacks() : Map.of();
	}

	/**
	 * Notes that a session was used.
	 * @param timeout its timeout, or {@code null} if it was not read
	 */
	void used(SessionKey key, @Nullable Duration timeout) {
		if (this.sessions.asMap().isEmpty()) {
			return;
		}
		Kept kept = this.sessions.getIfPresent(key);
		if (kept != null && timeout != null && !timeout.equals(kept.timeout())) {
			this.sessions.asMap().computeIfPresent(key, (k, present) -> new Kept(present.callbacks(), timeout));
		}
	}

	/**
	 * The callbacks of a session.
	 *
	 * @param callbacks the callbacks by name, never changed
	 * @param timeout the session's timeout, as far as is known
	 */
	private record Kept(Map<String, Object> callbacks, Duration timeout) {
	}

}
