package app.session.store.node;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import app.session.SessionRecord;
import app.session.WriterTag;
import app.session.codec.AttributeJson;
import app.session.codec.StoredAttributes;
import app.session.codec.UnreadableDataException;
import app.session.core.EngineSettings;
import app.session.crypto.SessionId;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a record is written as JSON: as koa-session does, or as express-session does.
 * Thread-safe.
 */
public abstract sealed class NodeForm permits KoaForm, ExpressForm {

	/** Nobody is told apart by it. */
	private static final List<WriterTag> UNKNOWN = List.of(new WriterTag(0));

	private final AttributeJson json = new AttributeJson();

	private final NodeLife life;

	private final OwnPart own = new OwnPart(this.json, this::isNodes);

	NodeForm(NodeLife life) {
		this.life = life;
	}

	/**
	 * Whether a name at the top of a record is none of an attribute.
	 */
	abstract boolean isNodes(String name);

	/**
	 * Reads the times and settings that Node keeps.
	 */
	abstract Kept readKept(ObjectNode source);

	/**
	 * Writes a record.
	 * @param attributes writes the attributes into it
	 * @param maxAge how long the session may go unused, or {@code null} if it ends with
	 * the browser
	 * @param end when that is over, {@code null} for never
	 */
	abstract ObjectNode write(NodeContent content, Attributes attributes, @Nullable Duration maxAge,
			@Nullable Instant end);

	/**
	 * Whether a record says when it is over. One that could and does not is never over.
	 */
	abstract boolean tellsEnd();

	/**
	 * How much longer than the session the store keeps its record.
	 */
	abstract Duration slack();

	NodeLife life() {
		return this.life;
	}

	/**
	 * Reads a record.
	 * @param text what is in the store
	 * @return its content
	 * @throws UnreadableDataException if it is not one of this form
	 */
	NodeContent read(String text) {
		JsonNode node = this.json.parse(text);
		if (!(node instanceof ObjectNode source)) {
			throw new UnreadableDataException("it is no object of JSON");
		}
		Kept kept = readKept(source);
		OwnPart.Content content = this.own.read(source);
		String principal = content.principal();
		Duration cookie = (content.cookieMaxAge() != null) ? content.cookieMaxAge()
				: this.life.ownCookieMaxAge(kept.maxAge(), principal);
		StoredAttributes attributes = new StoredAttributes(this.life.ownTimeout(kept.maxAge(), principal), cookie,
				content.login(), content.values());
		return new NodeContent(attributes, principal, content.created(), kept.lastAccess(), kept.end(), kept.cookie());
	}

	/**
	 * A record in our terms.
	 * @param id the session's id
	 * @param version how often it was written, as far as anybody knows
	 * @param content what is in it
	 * @param data its attributes, encoded
	 * @param now the time
	 */
	SessionRecord record(SessionId id, long version, NodeContent content, byte[] data, Instant now) {
		Instant noted = content.lastAccess();
		Instant access = (noted != null && noted.isBefore(now)) ? noted : now;
		Instant created = (content.created() != null) ? content.created() : access;
		EngineSettings settings = this.life.settings();
		Duration timeout = this.life.timeout(content.attributes(), content.principal());
		return new SessionRecord(id.key(), version, UNKNOWN, id.secretHash(), created, access,
				settings.idleTimeout(timeout), settings.maxLifetime(), content.principal(), data);
	}

	/**
	 * Whether a session is over, whoever still has its record.
	 */
	boolean isOver(NodeContent content, Instant now) {
		return isPast(content.end(), now) || isPast(last(content), now);
	}

	private static boolean isPast(@Nullable Instant end, Instant now) {
		return end != null && !now.isBefore(end);
	}

	/**
	 * Writes a record that was used now.
	 * @param content what is in it
	 * @param now the time
	 * @return what is to be stored
	 */
	Written write(NodeContent content, Instant now) {
		StoredAttributes attributes = content.attributes();
		String principal = content.principal();
		Duration maxAge = this.life.maxAge(attributes, principal);
		Duration cookie = attributes.ownCookieMaxAge();
		boolean told = cookie == null || cookie.equals(this.life.ownCookieMaxAge(maxAge, principal));
		OwnPart.Content part = new OwnPart.Content(attributes.values(), content.created(), principal,
				attributes.lastLogin(), told ? null : cookie);
		Instant end = end(content, now);
		ObjectNode record = write(content, (target) -> this.own.write(part, target), maxAge, end);
		return new Written(this.json.print(record), (tellsEnd() && maxAge != null) ? end : null, stay(end, now));
	}

	/**
	 * When a session ends that is used now.
	 * @return the instant, or {@code null} if it has no end
	 */
	@Nullable Instant end(NodeContent content, Instant now) {
		Instant last = last(content);
		if (tellsEnd() && this.life.maxAge(content.attributes(), content.principal()) == null) {
			return last;
		}
		Instant idleEnd = now.plus(this.life.timeout(content.attributes(), content.principal()));
		return (last != null && last.isBefore(idleEnd)) ? last : idleEnd;
	}

	/**
	 * When a session ends whatever is done with it.
	 * @return the instant, or {@code null} if it is not noted when it began: it had no
	 * principal yet
	 */
	@Nullable Instant last(NodeContent content) {
		Instant created = content.created();
		return (created != null) ? created.plus(this.life.settings().maxLifetime()) : null;
	}

	/**
	 * How long a record stays in the store.
	 * @param end when the session ends, {@code null} for never
	 * @return the time, or {@code null} for without end
	 */
	@Nullable Duration stay(@Nullable Instant end, Instant now) {
		return (end != null) ? Duration.between(now, end).plus(slack()) : null;
	}

	static ObjectNode object() {
		return JsonNodeFactory.instance.objectNode();
	}

	/** Writes attributes. */
	interface Attributes {

		void writeTo(ObjectNode target);

	}

	/**
	 * What Node keeps in a record beside the attributes.
	 *
	 * @param maxAge how long the session may go unused, {@code null} if it ends with the
	 * browser
	 */
	record Kept(@Nullable Duration maxAge, @Nullable Instant lastAccess, @Nullable Instant end,
			@Nullable ObjectNode cookie) {
	}

	/**
	 * What is to be stored.
	 *
	 * @param text the record
	 * @param end when the record says that it is over, {@code null} if it does not
	 * @param stay how long it stays in the store, {@code null} for without end
	 */
	record Written(String text, @Nullable Instant end, @Nullable Duration stay) {
	}

}
