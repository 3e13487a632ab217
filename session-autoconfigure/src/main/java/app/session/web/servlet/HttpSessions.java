package app.session.web.servlet;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;

import app.session.SessionEvent.Destroyed;
import app.session.SessionEvent.Ended;
import app.session.SessionKey;
import app.session.core.EngineSettings;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

/**
 * What the {@code HttpSession}s of all requests on this node share: who is told of them,
 * and what of them is in memory alone. One for an application; safe for use by many
 * threads.
 */
public final class HttpSessions {

	/** Longer than a request goes on with a session that somebody else has ended. */
	private static final Duration REMEMBERED = Duration.ofMinutes(5);

	/** More sessions than end while one request runs. */
	private static final int MAX_REMEMBERED = 10_000;

	private final SessionListeners listeners;

	private final DestructionCallbacks callbacks;

	private final Supplier<ServletContext> context;

	private final @Nullable PrincipalAttribute principal;

	/** The sessions that ended lately, so that nobody is told twice. */
	private final Cache<SessionKey, Boolean> ended;

	/**
	 * Creates it.
	 * @param listeners told of what is done to sessions
	 * @param settings how long sessions live
	 * @param clock the time
	 * @param context the application
	 * @param principal where a framework keeps who is logged in, or {@code null}
	 */
	public HttpSessions(SessionListeners listeners, EngineSettings settings, InstantSource clock,
			Supplier<ServletContext> context, @Nullable PrincipalAttribute principal) {
		this.listeners = listeners;
		this.callbacks = new DestructionCallbacks(settings, clock);
		this.context = context;
		this.principal = principal;
		this.ended = Caffeine.newBuilder()
			.maximumSize(MAX_REMEMBERED)
			.expireAfterWrite(REMEMBERED)
			.ticker(DestructionCallbacks.ticker(clock))
			.executor(Runnable::run)
			.build();
	}

	/**
	 * Tells of a session that ended otherwise than by a request of this node: its time
	 * ran out, it was revoked, it made room for another. The listeners get a session that
	 * knows its id alone, which is the handle; nothing else of it is left.
	 * @param event what happened
	 */
	public void ended(Ended event) {
		if (isToldByRequest(event) || !claimEnd(event.key())) {
			return;
		}
		HttpSession session = new EndedHttpSession(event.key().handle(), this.context.get());
		this.listeners.destroyed(session);
		this.listeners.unbound(session, this.callbacks.take(event.key()));
	}

	private static boolean isToldByRequest(Ended event) {
		return event instanceof Destroyed destroyed && switch (destroyed.reason()) {
			case INVALIDATED, RESET -> true;
			case REVOKED, LIMITED, EVICTED -> false;
		};
	}

	/**
	 * Decides who tells of a session's end.
	 * @return {@code true} for the first who asks
	 */
	boolean claimEnd(SessionKey key) {
		return this.ended.asMap().putIfAbsent(key, Boolean.TRUE) == null;
	}

	/**
	 * Whether a session has ended lately, as far as this node knows.
	 */
	boolean hasEnded(SessionKey key) {
		return this.ended.getIfPresent(key) != null;
	}

	SessionListeners listeners() {
		return this.listeners;
	}

	@Nullable PrincipalAttribute principal() {
		return this.principal;
	}

	DestructionCallbacks callbacks() {
		return this.callbacks;
	}

}
