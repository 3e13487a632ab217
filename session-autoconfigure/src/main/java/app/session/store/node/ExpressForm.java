package app.session.store.node;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import app.session.codec.UnreadableDataException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON of express-session 1 as connect-redis keeps it: a member {@code cookie} with
 * the cookie's settings, then the attributes. How long the store keeps it decides when it
 * is over: a use that changes nothing moves that alone, here as there, so
 * {@code cookie.expires} tells the last write.
 * <p>
 * A session that is there keeps the settings of the cookie that it began with, as
 * express-session has it.
 */
public final class ExpressForm extends NodeForm {

	private static final String COOKIE = "cookie";

	private static final String MAX_AGE = "originalMaxAge";

	private static final String EXPIRES = "expires";

	private static final DateTimeFormatter DATE = DateTimeFormatter
		.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	private final Map<String, Object> cookie;

	/**
	 * Creates the form.
	 * @param life how long sessions live
	 * @param cookie the settings of a new session's cookie, by their names in
	 * express-session's {@code cookie} and in their order: texts and flags, such as
	 * {@code httpOnly}, {@code path}, {@code secure}, {@code sameSite}. Express sends the
	 * cookie by what is in the record.
	 */
	public ExpressForm(NodeLife life, Map<String, Object> cookie) {
		super(life);
		this.cookie = Collections.unmodifiableMap(new LinkedHashMap<>(cookie));
	}

	@Override
	boolean isNodes(String name) {
		return name.equals(COOKIE);
	}

	@Override
	Kept readKept(ObjectNode source) {
		if (!(source.get(COOKIE) instanceof ObjectNode cookie)) {
			throw new UnreadableDataException("it has no cookie");
		}
		JsonNode maxAge = member(cookie, MAX_AGE);
		JsonNode expires = member(cookie, EXPIRES);
		if (maxAge != null && !maxAge.isNumber() || expires != null && !expires.isString()) {
			throw new UnreadableDataException("its cookie has a lifetime of another kind");
		}
		Duration life = (maxAge != null) ? NodeLife.millis(maxAge.numberValue()) : null;
		Instant date = (expires != null) ? date(expires.stringValue()) : null;
		return new Kept(life, (life != null && date != null) ? date.minus(life) : null, null, cookie);
	}

	/** Who wants no lifetime may say so by {@code false}. */
	private static @Nullable JsonNode member(ObjectNode cookie, String name) {
		JsonNode node = cookie.path(name);
		return (node.isMissingNode() || node.isNull() || node.isBoolean() && !node.booleanValue()) ? null : node;
	}

	private static @Nullable Instant date(String text) {
		try {
			return Instant.parse(text);
		}
		catch (DateTimeParseException ex) {
			return null;
		}
	}

	@Override
	ObjectNode write(NodeContent content, Attributes attributes, @Nullable Duration maxAge, @Nullable Instant end) {
		ObjectNode record = object();
		ObjectNode cookie = record.putObject(COOKIE);
		cookie.putNull(MAX_AGE).putNull(EXPIRES);
		if (content.cookie() != null) {
			cookie.removeAll();
			cookie.setAll(content.cookie());
		}
		else {
			this.cookie.forEach((name, value) -> cookie.putPOJO(name, value));
		}
		if (maxAge != null && end != null) {
			cookie.put(MAX_AGE, maxAge.toMillis());
			cookie.put(EXPIRES, DATE.format(end));
		}
		else if (member(cookie, MAX_AGE) != null) {
			cookie.putNull(MAX_AGE).putNull(EXPIRES);
		}
		attributes.writeTo(record);
		return record;
	}

	@Override
	boolean tellsEnd() {
		return false;
	}

	@Override
	Duration slack() {
		return Duration.ZERO;
	}

}
