package app.session.store.cookie;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

import app.session.PrincipalIndex;
import app.session.ClientRequest;
import app.session.Session;
import app.session.SessionEvent;
import app.session.SessionEvent.InvalidCookie;
import app.session.codec.AttributeCodec;
import app.session.core.ClientChannel;
import app.session.core.ClientToken;
import app.session.core.ClientToken.Due;
import app.session.core.EngineSettings;
import app.session.core.RequestSession;
import app.session.core.SessionEngine;
import app.session.crypto.KeyRing;
import app.session.crypto.SealedFormat;
import app.session.crypto.SessionId;
import app.session.crypto.SessionIdGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A node of an application whose clients hold their sessions, without the HTTP around it.
 */
final class SealedNode {

	static final int KEY_LENGTH = 32;

	final List<SessionEvent> events = Collections.synchronizedList(new ArrayList<>());

	final SealedTokens tokens;

	final SessionEngine engine;

	private SealedNode(SealedTokens tokens, InstantSource clock) {
		this.tokens = tokens;
		this.engine = new SessionEngine(tokens.sessions(), new AttributeCodec(AttributeCodec.mapperBuilder().build()),
				new SessionIdGenerator(new SecureRandom()), EngineSettings.DEFAULTS, clock, this.events::add);
	}

	static SealedNode of(InstantSource clock) {
		return of(clock, ring(1), "shop", "session");
	}

	static SealedNode of(InstantSource clock, KeyRing ring, String application, String cookieName) {
		return of(clock, format(ring, application, cookieName), false, null);
	}

	static SealedNode of(InstantSource clock, @Nullable PrincipalIndex index) {
		return of(clock, format(ring(1), "shop", "session"), false, index);
	}

	static SealedNode compressing(InstantSource clock) {
		return of(clock, format(ring(1), "shop", "session"), true, null);
	}

	private static SealedNode of(InstantSource clock, SealedFormat format, boolean compresses,
			@Nullable PrincipalIndex index) {
		return new SealedNode(new SealedTokens(format, "session", compresses, EngineSettings.DEFAULTS, clock, index),
				clock);
	}

	static SealedFormat format(KeyRing ring, String application, String cookieName) {
		return new SealedFormat(ring, application, cookieName, new SecureRandom());
	}

	/** A ring of keys that are told apart by their number. */
	static KeyRing ring(int... numbers) {
		List<byte[]> keys = new ArrayList<>();
		for (int number : numbers) {
			byte[] key = new byte[KEY_LENGTH];
			key[0] = (byte) number;
			keys.add(key);
		}
		return new KeyRing(keys);
	}

	/** Handles a whole request of a browser. */
	Exchange request(Browser browser, Consumer<Session> handler) {
		Exchange exchange = open(browser);
		handler.accept(exchange.session());
		exchange.finish();
		return exchange;
	}

	Exchange open(Browser browser) {
		return new Exchange(this, browser);
	}

	<E extends SessionEvent> List<E> events(Class<E> type) {
		return this.events.stream().filter(type::isInstance).map(type::cast).toList();
	}

	/** Keeps one text, as a browser keeps one cookie. */
	static final class Browser {

		volatile @Nullable String text;

		Browser copy() {
			Browser copy = new Browser();
			copy.text = this.text;
			return copy;
		}

		String text() {
			return Objects.requireNonNull(this.text, "The browser has no cookie");
		}

	}

	/** A request under way: its answer arrives when it is finished. */
	static final class Exchange implements ClientChannel {

		final List<InvalidCookie.Reason> refused = new ArrayList<>();

		final ClientToken token;

		final RequestSession request;

		final Browser browser;

		private boolean open = true;

		@Nullable String sent;

		boolean cleared;

		Due due = Due.NOTHING;

		Exchange(SealedNode node, Browser browser) {
			this.browser = browser;
			String text = browser.text;
			ClientToken read = (text != null) ? node.tokens.read(text, this.refused::add) : null;
			this.token = (read != null) ? read : node.tokens.blank();
			this.request = this.token.engine(node.engine).open(this.token.id(), this);
		}

		Session session() {
			return this.request.session();
		}

		Exchange finish() {
			try {
				this.request.commit();
				tell();
			}
			finally {
				this.open = false;
				this.request.noTouch();
				this.request.end();
				deliver();
			}
			return this;
		}

		@Override
		public ClientRequest request() {
			throw new UnsupportedOperationException("There are no hooks that could ask");
		}

		private void tell() {
			if (this.token.isUseNotedByClient()) {
				this.request.use();
			}
			this.due = this.token.due();
			SessionId id = switch (this.due) {
				case SEND, REFRESH -> this.request.confirmedId();
				case CLEAR, NOTHING -> null;
			};
			if (id != null) {
				this.sent = this.token.text(id);
				this.cleared = false;
			}
			else if (this.due == Due.CLEAR) {
				clear();
			}
		}

		private void deliver() {
			if (this.sent != null) {
				this.browser.text = this.sent;
			}
			else if (this.cleared) {
				this.browser.text = null;
			}
		}

		@Override
		public boolean isOpen() {
			return this.open;
		}

		@Override
		public boolean canSend() {
			return true;
		}

		@Override
		public void send(SessionId id, @Nullable Duration maxAge) {
			this.sent = this.token.text(id);
			this.cleared = false;
		}

		@Override
		public void clear() {
			this.sent = null;
			this.cleared = true;
		}

	}

}
