package app.session.store.node;

import java.time.Instant;
import java.util.Map;

import app.session.SessionRecord;
import app.session.codec.AttributesFormat;
import app.session.codec.StoredAttributes;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a record of Node says, in our terms.
 *
 * @param attributes the attributes and settings of the session's own
 * @param principal whose it is
 * @param created when it was created, {@code null} if nobody has noted that
 * @param lastAccess when it was last used, {@code null} if the record does not tell
 * @param end when it ends if it is not used again, {@code null} if the store alone knows
 * @param cookie express-session's settings of the cookie, {@code null} for koa-session
 */
record NodeContent(StoredAttributes attributes, @Nullable String principal, @Nullable Instant created,
		@Nullable Instant lastAccess, @Nullable Instant end, @Nullable ObjectNode cookie) {

	/** A session that is yet to begin. */
	static final NodeContent NOTHING = new NodeContent(new StoredAttributes(null, null, null, Map.of()), null, null,
			null, null, null);

	/**
	 * The same session as a request leaves it. When it was created is noted with its
	 * first principal: what nobody is logged in to is as Node has it.
	 * @param record the record that is to be written
	 * @param created when it was created, if that is not noted
	 */
	NodeContent with(SessionRecord record, Instant created) {
		Instant noted = (record.principal() != null) ? created : null;
		return new NodeContent(AttributesFormat.read(record.data()), record.principal(),
				(this.created != null) ? this.created : noted, this.lastAccess, null, this.cookie);
	}

	/**
	 * The same session with another end.
	 */
	NodeContent endingAt(@Nullable Instant end) {
		return new NodeContent(this.attributes, this.principal, this.created, this.lastAccess, end, this.cookie);
	}

}
