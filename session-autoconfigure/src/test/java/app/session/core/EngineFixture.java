package app.session.core;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import app.session.ClientRequest;
import app.session.Session;
import app.session.SessionEvent;
import app.session.SessionHook;
import app.session.SessionRepository;
import app.session.codec.AttributeCodec;
import app.session.crypto.SessionId;
import app.session.crypto.SessionIdGenerator;

/**
 * An engine with a clock that stands still, and browsers that keep what they are sent.
 */
class EngineFixture {

	final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-24T10:00:00Z"));

	final InstantSource clock = this.now::get;

	final TestRepository repository = new TestRepository(this.clock);

	final List<SessionEvent> events = Collections.synchronizedList(new ArrayList<>());

	final SessionEngine engine = engine(this.repository, EngineSettings.DEFAULTS);

	final Browser browser = new Browser();

	SessionEngine engine(SessionRepository repository, EngineSettings settings) {
		return engine(repository, settings, List.of());
	}

	SessionEngine engine(SessionRepository repository, EngineSettings settings, List<SessionHook> hooks) {
		return new SessionEngine(repository, new AttributeCodec(AttributeCodec.mapperBuilder().build()),
				new SessionIdGenerator(new SecureRandom()), settings, this.clock, this.events::add, () -> hooks);
	}

	void advance(Duration duration) {
		this.now.updateAndGet((instant) -> instant.plus(duration));
	}

	<E extends SessionEvent> List<E> events(Class<E> type) {
		synchronized (this.events) {
			return this.events.stream().filter(type::isInstance).map(type::cast).toList();
		}
	}

	/** Handles a whole request of the browser. */
	void request(Consumer<Session> handler) {
		request(this.engine, this.browser, handler);
	}

	void request(SessionEngine node, Browser browser, Consumer<Session> handler) {
		Exchange exchange = open(node, browser);
		handler.accept(exchange.session());
		exchange.finish();
	}

	Exchange open() {
		return open(this.engine, this.browser);
	}

	Exchange open(SessionEngine node, Browser browser) {
		return new Exchange(node, browser);
	}

	/** Keeps one id, as a browser keeps one cookie, and says which device it is. */
	static class Browser implements ClientRequest {

		volatile @Nullable SessionId id;

		volatile @Nullable String device;

		Browser copy() {
			Browser copy = new Browser();
			copy.id = this.id;
			copy.device = this.device;
			return copy;
		}

		@Override
		public @Nullable String getHeader(String name) {
			return null;
		}

		@Override
		public @Nullable String getCookie(String name) {
			return name.equals("device") ? this.device : null;
		}

		@Override
		public @Nullable String getRemoteAddress() {
			return null;
		}

		@Override
		public <T> @Nullable T unwrap(Class<T> type) {
			return null;
		}

	}

	/** A request under way: its answer arrives when it is finished. */
	static class Exchange implements ClientChannel {

		final RequestSession request;

		private final Browser browser;

		boolean open = true;

		boolean secure = true;

		@Nullable SessionId sent;

		@Nullable Duration sentMaxAge;

		boolean cleared;

		int sends;

		@Nullable ClientOrigin origin;

		Exchange(SessionEngine node, Browser browser) {
			this.browser = browser;
			this.request = node.open(browser.id, this);
		}

		Session session() {
			return this.request.session();
		}

		void finish() {
			try {
				this.request.commit();
			}
			finally {
				this.open = false;
				this.request.end();
				deliver();
			}
		}

		void deliver() {
			if (this.sent != null) {
				this.browser.id = this.sent;
			}
			else if (this.cleared) {
				this.browser.id = null;
			}
		}

		@Override
		public boolean isOpen() {
			return this.open;
		}

		@Override
		public boolean canSend() {
			return this.secure;
		}

		@Override
		public void send(SessionId id, @Nullable Duration maxAge) {
			this.sends++;
			this.sent = id;
			this.sentMaxAge = maxAge;
			this.cleared = false;
		}

		@Override
		public @Nullable ClientOrigin origin() {
			return this.origin;
		}

		@Override
		public ClientRequest request() {
			return this.browser;
		}

		@Override
		public void clear() {
			this.sent = null;
			this.cleared = true;
		}

	}

}
