package app.session.store.node;

import java.time.Duration;
import java.time.Instant;

import app.session.codec.UnreadableDataException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON of koa-session 7: the attributes, then {@code _expire} and {@code _maxAge} in
 * milliseconds, or {@code _session: true} for a session that ends with the browser, which
 * on the server has no end. What is in it decides when it is over; the store keeps it ten
 * seconds longer, as koa-session asks.
 */
public final class KoaForm extends NodeForm {

	private static final Duration SLACK = Duration.ofSeconds(10);

	/**
	 * Creates the form.
	 * @param life how long sessions live
	 */
	public KoaForm(NodeLife life) {
		super(life);
	}

	@Override
	boolean isNodes(String name) {
		return name.startsWith("_");
	}

	@Override
	Kept readKept(ObjectNode source) {
		Number expire = number(source, "_expire");
		Number maxAge = number(source, "_maxAge");
		JsonNode session = source.path("_session");
		if (!session.isMissingNode() && !session.isBoolean()) {
			throw new UnreadableDataException("its _session is no flag");
		}
		if (session.asBoolean(false) || expire == null && maxAge == null) {
			return new Kept(null, null, null, null);
		}
		Duration life = (maxAge != null) ? NodeLife.millis(maxAge) : life().settings().timeout();
		Instant end = (expire != null) ? OwnPart.instant(expire) : null;
		return new Kept(life, (end != null) ? end.minus(life) : null, end, null);
	}

	private static @Nullable Number number(ObjectNode source, String name) {
		JsonNode node = source.path(name);
		if (!node.isMissingNode() && !node.isNumber()) {
			throw new UnreadableDataException("its " + name + " is no number");
		}
		return node.isMissingNode() ? null : node.numberValue();
	}

	@Override
	ObjectNode write(NodeContent content, Attributes attributes, @Nullable Duration maxAge, @Nullable Instant end) {
		ObjectNode record = object();
		attributes.writeTo(record);
		if (maxAge == null || end == null) {
			return record.put("_session", true);
		}
		return record.put("_expire", end.toEpochMilli()).put("_maxAge", maxAge.toMillis());
	}

	@Override
	boolean tellsEnd() {
		return true;
	}

	@Override
	Duration slack() {
		return SLACK;
	}

}
