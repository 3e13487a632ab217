package app.session.store.node;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.Consumer;

import app.session.SessionEvent;
import app.session.core.ClientToken;
import app.session.crypto.SessionIdGenerator;
import app.session.crypto.SessionIds;
import app.session.store.StoreEvents;
import app.session.store.TextRecords;
import org.jspecify.annotations.Nullable;

/**
 * Where sessions are kept that an application in Node has too. One for an application;
 * safe for use by many threads.
 * <p>
 * Only a request whose client brings its id reaches a session: the store knows it by that
 * id alone. So sessions can be counted, but not be listed, and not be found by their
 * handles or principals.
 */
public final class NodeStore {

	private final TextRecords texts;

	private final String keyPrefix;

	private final NodeForm form;

	private final SecureRandom random;

	private final SessionIds tags;

	private final InstantSource clock;

	private final StoreEvents events;

	/**
	 * Creates it.
	 * @param texts the store
	 * @param keyPrefix what precedes the id in the name of a record: nothing for
	 * koa-session, whose {@code prefix} is a part of the id; {@code sess:} for
	 * connect-redis
	 * @param form how records are written
	 * @param random where new ids come from
	 * @param clock by which sessions live and end, as Node does by its own
	 * @param events takes the events; what it throws changes nothing
	 */
	public NodeStore(TextRecords texts, String keyPrefix, NodeForm form, SecureRandom random, InstantSource clock,
			Consumer<SessionEvent> events) {
		this.texts = texts;
		this.keyPrefix = keyPrefix;
		this.form = form;
		this.random = random;
		this.tags = new SessionIdGenerator(random);
		this.clock = clock;
		this.events = new StoreEvents(events);
	}

	/**
	 * How many records there are, and others whose names begin alike. Walks through all
	 * of them.
	 * @return the number
	 * @throws app.session.SessionStoreUnavailableException if the store does not answer
	 */
	public long count() {
		return this.texts.count(this.keyPrefix);
	}

	SecureRandom random() {
		return this.random;
	}

	/**
	 * The token of a client.
	 * @param cookie how it is written
	 * @param newTexts makes new ids
	 * @param brought the id it brought, or {@code null}
	 * @param currentKey whether the key that signs today signed that
	 */
	ClientToken token(NodeCookie cookie, RandomTexts newTexts, @Nullable String brought, boolean currentKey) {
		NodeIds ids = new NodeIds(newTexts, this.tags);
		NodeRecords records = new NodeRecords(this.texts, this.keyPrefix, this.form, ids, this.clock, this.events);
		return new NodeToken(cookie, ids, records, (brought != null) ? ids.brought(brought) : null, currentKey);
	}

}
