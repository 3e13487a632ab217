package app.session.autoconfigure;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

import app.session.SessionEvent;
import app.session.core.EngineSettings;
import app.session.store.TextRecords;
import app.session.store.node.ExpressForm;
import app.session.store.node.ExpressSignature;
import app.session.store.node.ExpressTokens;
import app.session.store.node.Keygrip;
import app.session.store.node.KoaCookieTokens;
import app.session.store.node.KoaForm;
import app.session.store.node.KoaTokens;
import app.session.store.node.NodeForm;
import app.session.store.node.NodeLife;
import app.session.store.node.NodeStore;
import app.session.web.SessionCookie;
import org.jspecify.annotations.Nullable;

/**
 * How clients of an application in Node hold sessions, by our properties.
 */
final class NodeFormats {

	/** What koa-session calls its cookie if nothing is said. */
	static final String KOA_COOKIE = "koa.sess";

	/** What express-session calls its cookie if nothing is said. */
	static final String EXPRESS_COOKIE = "connect.sid";

	/** What the keys of connect-redis begin with if nothing is said. */
	private static final String CONNECT_REDIS = "sess:";

	private final EngineSettings settings;

	private final SessionNodeProperties node;

	private final boolean untilBrowserCloses;

	private final InstantSource clock;

	private final Consumer<SessionEvent> events;

	private final SecureRandom random = new SecureRandom();

	NodeFormats(SessionProperties properties, SessionNodeProperties node, InstantSource clock,
			Consumer<SessionEvent> events) {
		this.settings = SessionSettings.engine(properties);
		this.node = node;
		this.untilBrowserCloses = properties.cookie().maxAge() == null;
		this.clock = clock;
		this.events = events;
	}

	/**
	 * koa-session with a store.
	 */
	KoaTokens koa(TextRecords records, String cookieName) {
		if (!this.node.signed() && koaPrefix().isEmpty()) {
			throw PropertyChecks.invalid("node.signed", false,
					"What a client sends would be the name of any key in Redis, since there is no prefix either.",
					"Have koa sign its cookie, or set koa-session's prefix, and app.session.node.prefix.");
		}
		return new KoaTokens(cookieName, keygrip(), koaPrefix(), store(records, "", koaForm()));
	}

	/**
	 * What the keys of koa-session's records begin with.
	 */
	String koaPrefix() {
		return Objects.requireNonNullElse(this.node.prefix(), "");
	}

	/**
	 * koa-session without a store.
	 */
	KoaCookieTokens koaInCookie(String cookieName) {
		if (!this.node.signed()) {
			throw PropertyChecks.invalid("node.signed", false,
					"Anybody could write a session of his own, and be whoever he likes.",
					"Have koa sign its cookie, and set app.session.node.keys.");
		}
		return new KoaCookieTokens(cookieName, keygrip(), koaForm(), this.clock, this.random);
	}

	/** Where nothing is said, koa-session keeps a session for a day. */
	private KoaForm koaForm() {
		return new KoaForm(new NodeLife(this.settings, Boolean.TRUE.equals(this.node.browserSession())));
	}

	/**
	 * express-session. Where nothing is said, a session ends with the browser.
	 */
	ExpressTokens express(TextRecords records, SessionCookie cookie) {
		boolean browserSession = Objects.requireNonNullElse(this.node.browserSession(), this.untilBrowserCloses);
		ExpressForm form = new ExpressForm(new NodeLife(this.settings, browserSession), settings(cookie));
		return new ExpressTokens(new ExpressSignature(keys()), store(records, expressPrefix(), form));
	}

	/**
	 * What the keys of connect-redis begin with.
	 */
	String expressPrefix() {
		return Objects.requireNonNullElse(this.node.prefix(), CONNECT_REDIS);
	}

	private NodeStore store(TextRecords records, String keyPrefix, NodeForm form) {
		return new NodeStore(records, keyPrefix, form, this.random, this.clock, this.events);
	}

	/** What express-session writes of its cookie into a record, in its order. */
	private static Map<String, Object> settings(SessionCookie cookie) {
		Map<String, Object> settings = new LinkedHashMap<>();
		settings.put("httpOnly", cookie.httpOnly());
		settings.put("path", cookie.path());
		String domain = cookie.domain();
		if (domain != null) {
			settings.put("domain", domain);
		}
		return settings;
	}

	private @Nullable Keygrip keygrip() {
		return this.node.signed() ? new Keygrip(keys(), this.node.algorithm()) : null;
	}

	private List<String> keys() {
		if (this.node.keys().isEmpty() || this.node.keys().contains("")) {
			throw PropertyChecks.invalid("node.keys", null,
					"There is none, or one is empty, and the cookie of the application in Node is signed.",
					"Set it to that application's keys, in their order: koa's app.keys, express-session's secret.");
		}
		return this.node.keys();
	}

}
