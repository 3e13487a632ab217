package app.session.store.node;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import app.session.ClientRequest;
import app.session.Session;
import app.session.SessionEvent;
import app.session.SessionEvent.InvalidCookie;
import app.session.codec.AllowedTypes;
import app.session.codec.AttributeCodec;
import app.session.codec.TypedJson;
import app.session.core.ClientChannel;
import app.session.core.ClientToken;
import app.session.core.ClientToken.Due;
import app.session.core.EngineSettings;
import app.session.core.RequestSession;
import app.session.core.SessionEngine;
import app.session.core.TokenFormat;
import app.session.crypto.SessionId;
import app.session.crypto.SessionIdGenerator;
import app.session.store.ClientHeldSessions;
import app.session.store.node.Keygrip.Algorithm;

/**
 * The engine over records of Node, a clock that stands still, and visitors who keep what
 * they are sent.
 */
class NodeFixture {

	static final Duration DAY = Duration.ofDays(1);

	/** A key of koa-session's. */
	static final String UUID = "0f8fad5b-d9cb-469f-a165-70867728950e";

	static final List<String> KEYS = List.of("some secret hurr");

	final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-24T10:00:00Z"));

	final InstantSource clock = this.now::get;

	final MemoryTexts texts = new MemoryTexts(this.clock);

	final List<SessionEvent> events = Collections.synchronizedList(new ArrayList<>());

	final SessionEngine engine = engine(settings(DAY, Duration.ofDays(30)));

	final TokenFormat koa = koa(life(), KEYS);

	final TokenFormat express = express(life(), KEYS);

	static EngineSettings settings(Duration timeout, Duration maxLifetime) {
		EngineSettings defaults = EngineSettings.DEFAULTS;
		return new EngineSettings(timeout, null, maxLifetime, defaults.touchFraction(), defaults.cookieMaxAge(),
				Duration.ofSeconds(30), defaults.maxAttributes(), defaults.maxBytes(), defaults.maxNameLength(),
				defaults.securityNames(), defaults.limit(), defaults.onStoreFailure());
	}

	static NodeLife life() {
		return new NodeLife(settings(DAY, Duration.ofDays(30)), false);
	}

	SessionEngine engine(EngineSettings settings) {
		AttributeCodec codec = new AttributeCodec(AttributeCodec.mapperBuilder().build(),
				new TypedJson(TypedJson.mapperBuilder(), AllowedTypes.of("app.session.store.node.")));
		return new SessionEngine(new ClientHeldSessions(), codec, new SessionIdGenerator(new SecureRandom()), settings,
				this.clock, this.events::add);
	}

	private NodeStore store(String keyPrefix, NodeForm form) {
		return new NodeStore(this.texts, keyPrefix, form, new SecureRandom(), this.clock, this.events::add);
	}

	final TokenFormat koa(NodeLife life, List<String> keys) {
		return new KoaTokens("koa.sess", keygrip(keys), "", store("", new KoaForm(life)));
	}

	final TokenFormat unsignedKoa(String prefix) {
		return new KoaTokens("koa.sess", null, prefix, store("", new KoaForm(life())));
	}

	final TokenFormat express(NodeLife life, List<String> secrets) {
		Map<String, Object> cookie = new LinkedHashMap<>();
		cookie.put("httpOnly", true);
		cookie.put("path", "/");
		return new ExpressTokens(new ExpressSignature(secrets), store("sess:", new ExpressForm(life, cookie)));
	}

	final TokenFormat koaCookie(NodeLife life, @Nullable List<String> keys) {
		return new KoaCookieTokens("koa.sess", (keys != null) ? keygrip(keys) : null, new KoaForm(life), this.clock,
				new SecureRandom());
	}

	static Keygrip keygrip(List<String> keys) {
		return new Keygrip(keys, Algorithm.SHA1);
	}

	/** A visitor with a session of koa's that Node has written. */
	Visitor koaVisitor(String json) {
		this.texts.put(UUID, json, DAY);
		return new Visitor(KoaCookie.write(UUID, "koa.sess", keygrip(KEYS)));
	}

	/** A visitor with a session of express's that Node has written. */
	Visitor expressVisitor(String json) {
		this.texts.put("sess:apple", json, DAY);
		return new Visitor(new ExpressSignature(KEYS).write("apple"));
	}

	/** How Node writes a session of koa's. */
	String koaJson(String attributes) {
		long end = this.clock.instant().plus(DAY).toEpochMilli();
		return "{" + attributes + (attributes.isEmpty() ? "" : ",") + "\"_expire\":" + end + ",\"_maxAge\":86400000}";
	}

	/** How Node writes a session of express's. */
	String expressJson(String attributes) {
		return "{\"cookie\":{\"originalMaxAge\":86400000,\"expires\":\"" + this.clock.instant().plus(DAY)
				+ "\",\"httpOnly\":true,\"path\":\"/\"}" + (attributes.isEmpty() ? "" : ",") + attributes + "}";
	}

	/** The only record there is. */
	JsonNode only() {
		List<String> keys = this.texts.keys();
		if (keys.size() != 1) {
			throw new AssertionError("There are " + keys);
		}
		return JsonMapper.shared().readTree(this.texts.text(keys.get(0)));
	}

	void advance(Duration duration) {
		this.now.updateAndGet((instant) -> instant.plus(duration));
	}

	<E extends SessionEvent> List<E> events(Class<E> type) {
		synchronized (this.events) {
			return this.events.stream().filter(type::isInstance).map(type::cast).toList();
		}
	}

	/** Handles a whole request. */
	Exchange request(TokenFormat format, Visitor visitor, Consumer<Session> handler) {
		Exchange exchange = new Exchange(format, visitor);
		handler.accept(exchange.session());
		exchange.finish();
		return exchange;
	}

	/** Keeps one text, as a browser keeps one cookie. */
	static final class Visitor implements ClientRequest {

		volatile @Nullable String text;

		Visitor() {
		}

		Visitor(@Nullable String text) {
			this.text = text;
		}

		Visitor copy() {
			return new Visitor(this.text);
		}

		@Override
		public @Nullable String getHeader(String name) {
			return null;
		}

		@Override
		public @Nullable String getCookie(String name) {
			return null;
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

	/**
	 * A request under way: its answer arrives when it is finished. What the transport
	 * asks of a token, and when, is as there.
	 */
	final class Exchange implements ClientChannel {

		final List<InvalidCookie.Reason> refused = new ArrayList<>();

		final ClientToken token;

		final RequestSession request;

		private final Visitor visitor;

		private boolean open = true;

		@Nullable String sent;

		boolean cleared;

		/** What was due when all was written. */
		@Nullable Due due;

		Exchange(TokenFormat format, Visitor visitor) {
			this.visitor = visitor;
			String text = visitor.text;
			ClientToken read = (text != null) ? format.read(text, this.refused::add) : null;
			this.token = (read != null) ? read : format.blank();
			this.request = this.token.engine(NodeFixture.this.engine).open(this.token.id(), this);
		}

		Session session() {
			return this.request.session();
		}

		void finish() {
			try {
				this.request.commit();
				if (this.token.isUseNotedByClient()) {
					this.request.use();
				}
				tell();
			}
			finally {
				this.open = false;
				this.request.end();
			}
			if (this.cleared) {
				this.visitor.text = null;
			}
			else if (this.sent != null) {
				this.visitor.text = this.sent;
			}
		}

		private void tell() {
			this.due = this.token.due();
			if (this.due == Due.CLEAR) {
				clear();
			}
			else if (this.due == Due.SEND || this.due == Due.REFRESH && this.sent == null) {
				SessionId id = this.request.confirmedId();
				if (id != null) {
					send(id, null);
				}
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

		@Override
		public ClientRequest request() {
			return this.visitor;
		}

	}

}
