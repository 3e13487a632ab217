package app.session.web;

import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import app.session.SessionEvent;
import app.session.core.SessionEngine;
import app.session.web.servlet.HttpSessions;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * What all requests share.
 */
final class SessionWeb {

	private static final Log logger = LogFactory.getLog(SessionWeb.class);

	private final SessionEngine engine;

	private final ClientWays ways;

	private final Set<String> varyHeaders;

	private final Consumer<SessionEvent> events;

	private final SessionCookie cookie;

	private final SessionCookie flashCookie;

	private final @Nullable SentCookies sentCookies;

	private final FailureAnswer failureAnswer;

	private final boolean autoCommit;

	private final boolean discardOnError;

	private final boolean recordClient;

	private final @Nullable HttpSessions httpSessions;

	private final AtomicBoolean warned = new AtomicBoolean();

	SessionWeb(SessionEngine engine, ClientWays ways, SessionCookie cookie, WebSettings settings,
			@Nullable HttpSessions httpSessions, Consumer<SessionEvent> events) {
		this.engine = engine;
		this.ways = ways;
		this.varyHeaders = ways.requestHeaders();
		this.events = events;
		this.cookie = cookie;
		this.flashCookie = FlashCookie.beside(cookie);
		this.sentCookies = cookie.renew() ? new SentCookies(engine.clock()) : null;
		this.failureAnswer = new FailureAnswer(settings.retryAfter());
		this.autoCommit = settings.autoCommit();
		this.discardOnError = settings.discardOnError();
		this.recordClient = settings.recordClient();
		this.httpSessions = httpSessions;
	}

	SessionEngine engine() {
		return this.engine;
	}

	/**
	 * The request headers that decide what session a request has.
	 */
	Set<String> varyHeaders() {
		return this.varyHeaders;
	}

	ClientWays ways() {
		return this.ways;
	}

	SessionCookie cookie() {
		return this.cookie;
	}

	SessionCookie flashCookie() {
		return this.flashCookie;
	}

	/**
	 * Told of tokens that are not ours.
	 */
	Consumer<SessionEvent> events() {
		return this.events;
	}

	/**
	 * When cookies were sent, or {@code null} if they are not renewed.
	 */
	@Nullable SentCookies sentCookies() {
		return this.sentCookies;
	}

	FailureAnswer failureAnswer() {
		return this.failureAnswer;
	}

	boolean autoCommit() {
		return this.autoCommit;
	}

	boolean discardOnError() {
		return this.discardOnError;
	}

	boolean recordClient() {
		return this.recordClient;
	}

	/**
	 * What the {@code HttpSession}s share, or {@code null} if they are not ours.
	 */
	@Nullable HttpSessions httpSessions() {
		return this.httpSessions;
	}

	void warnOfPlainHttp() {
		if (this.warned.compareAndSet(false, true)) {
			logger.warn("A request came over plain HTTP and gets no session cookie, since anyone on the way could "
					+ "read it, so its session ends with it. Behind a proxy that adds TLS, set "
					+ "server.forward-headers-strategy; to send the cookie over plain HTTP all the same, set "
					+ "app.session.cookie.secure=false");
		}
	}

}
