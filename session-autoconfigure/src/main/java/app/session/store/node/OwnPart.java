package app.session.store.node;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import app.session.codec.AttributeJson;
import app.session.codec.EncodedValue;
import app.session.codec.StoredLogin;
import app.session.codec.UnreadableDataException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The attributes in a record of Node, and the one beside them, {@value #NAME}, in which
 * is kept what Node has no place for. It is there only if there is such, and no attribute
 * to us. To Node it is an attribute like another, which it keeps.
 *
 * <pre>
 * created       when the session was created, milliseconds since 1970, if it had a principal
 * principal     whose it is
 * login         {time, address, userAgent} of the last login
 * cookieMaxAge  milliseconds, if it is not that of the record
 * types         the types of attributes that JSON does not tell
 * attributes    those of a name that Node would lose
 * </pre>
 *
 * Thread-safe.
 *
 * @param json how an attribute is written
 * @param isNodes whether a name at the top of the record is Node's own
 */
record OwnPart(AttributeJson json, Predicate<String> isNodes) {

	/** The name of the attribute that is ours. */
	static final String NAME = AttributeJson.OPAQUE;

	/**
	 * What koa-session's or express-session's object has a member of that name for, or
	 * every object of JavaScript: an attribute of that name is lost, or breaks it.
	 */
	private static final Set<String> LOST = Set.of(NAME, "length", "populated", "maxAge", "externalKey", "isNew",
			"save", "regenerate", "manuallyCommit", "commit", "toJSON", "inspect", "cookie", "id", "req", "touch",
			"resetMaxAge", "reload", "destroy", "constructor", "hasOwnProperty", "isPrototypeOf",
			"propertyIsEnumerable", "toLocaleString", "toString", "valueOf", "__proto__", "__defineGetter__",
			"__defineSetter__", "__lookupGetter__", "__lookupSetter__");

	/**
	 * Reads all attributes of a record.
	 * @throws UnreadableDataException if our part is not one that we wrote
	 */
	Content read(ObjectNode source) {
		JsonNode own = source.path(NAME);
		if (!own.isMissingNode() && !own.isObject()) {
			throw new UnreadableDataException("what is ours in it is no object");
		}
		JsonNode types = object(own, "types");
		Map<String, EncodedValue> values = new LinkedHashMap<>();
		for (Map.Entry<String, JsonNode> each : source.properties()) {
			if (!each.getKey().equals(NAME) && !this.isNodes.test(each.getKey())) {
				values.put(each.getKey(), value(each, types));
			}
		}
		for (Map.Entry<String, JsonNode> each : object(own, "attributes").properties()) {
			values.put(each.getKey(), value(each, types));
		}
		Number created = number(own, "created");
		Number cookieMaxAge = number(own, "cookieMaxAge");
		return new Content(values, (created != null) ? instant(created) : null, text(own, "principal"), login(own),
				(cookieMaxAge != null) ? NodeLife.millis(cookieMaxAge) : null);
	}

	private EncodedValue value(Map.Entry<String, JsonNode> attribute, JsonNode types) {
		return this.json.read(attribute.getValue(), text(types, attribute.getKey()));
	}

	private static @Nullable StoredLogin login(JsonNode own) {
		JsonNode login = own.path("login");
		if (login.isMissingNode()) {
			return null;
		}
		Number time = number(object(own, "login"), "time");
		return new StoredLogin((time != null) ? instant(time) : null, text(login, "address"), text(login, "userAgent"));
	}

	/**
	 * Writes all attributes into a record.
	 */
	void write(Content content, ObjectNode target) {
		ObjectNode types = JsonNodeFactory.instance.objectNode();
		ObjectNode hidden = JsonNodeFactory.instance.objectNode();
		for (Map.Entry<String, EncodedValue> each : content.values().entrySet()) {
			String name = each.getKey();
			AttributeJson.Form form = this.json.write(each.getValue());
			((LOST.contains(name) || this.isNodes.test(name)) ? hidden : target).set(name, form.json());
			if (form.type() != null) {
				types.put(name, form.type());
			}
		}
		ObjectNode own = JsonNodeFactory.instance.objectNode();
		if (content.created() != null) {
			own.put("created", content.created().toEpochMilli());
		}
		put(own, "principal", content.principal());
		if (content.login() != null) {
			own.set("login", write(content.login()));
		}
		if (content.cookieMaxAge() != null) {
			own.put("cookieMaxAge", content.cookieMaxAge().toMillis());
		}
		putUnlessEmpty(own, "types", types);
		putUnlessEmpty(own, "attributes", hidden);
		putUnlessEmpty(target, NAME, own);
	}

	private static ObjectNode write(StoredLogin login) {
		ObjectNode node = JsonNodeFactory.instance.objectNode();
		if (login.time() != null) {
			node.put("time", login.time().toEpochMilli());
		}
		put(node, "address", login.address());
		put(node, "userAgent", login.userAgent());
		return node;
	}

	private static void put(ObjectNode node, String name, @Nullable String text) {
		if (text != null) {
			node.put(name, text);
		}
	}

	private static void putUnlessEmpty(ObjectNode node, String name, ObjectNode part) {
		if (!part.isEmpty()) {
			node.set(name, part);
		}
	}

	private static JsonNode object(JsonNode parent, String name) {
		JsonNode node = parent.path(name);
		if (!node.isMissingNode() && !node.isObject()) {
			throw new UnreadableDataException("what is ours in it has a member of another kind");
		}
		return node;
	}

	private static @Nullable String text(JsonNode parent, String name) {
		JsonNode node = parent.path(name);
		if (!node.isMissingNode() && !node.isString()) {
			throw new UnreadableDataException("what is ours in it has a member of another kind");
		}
		return node.isMissingNode() ? null : node.stringValue();
	}

	private static @Nullable Number number(JsonNode parent, String name) {
		JsonNode node = parent.path(name);
		if (!node.isMissingNode() && !node.isNumber()) {
			throw new UnreadableDataException("what is ours in it has a member of another kind");
		}
		return node.isMissingNode() ? null : node.numberValue();
	}

	/**
	 * A time that a record says.
	 */
	static Instant instant(Number millis) {
		return Instant.EPOCH.plus(NodeLife.millis(millis));
	}

	/**
	 * The attributes of a record, and what is in our part.
	 */
	record Content(Map<String, EncodedValue> values, @Nullable Instant created, @Nullable String principal,
			@Nullable StoredLogin login, @Nullable Duration cookieMaxAge) {
	}

}
