package app.session.codec;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import app.session.AttributeNotStorableException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The whole session as one object of a user's own, and back.
 */
final class BeanView {

	private final JsonMapper mapper;

	private final JsonCodec json;

	private final Shapes shapes;

	private final Proof proof;

	private final AttributeCodec codec;

	BeanView(JsonMapper mapper, JsonCodec json, Shapes shapes, Proof proof, AttributeCodec codec) {
		this.mapper = mapper;
		this.json = json;
		this.shapes = shapes;
		this.proof = proof;
		this.codec = codec;
	}

	<T> T toBean(Map<String, EncodedValue> attributes, Class<T> type, Consumer<String> unreadable) {
		if (type.isAssignableFrom(LinkedHashMap.class)) {
			return type.cast(toMap(attributes, unreadable));
		}
		Map<String, EncodedValue> readable = new LinkedHashMap<>(attributes);
		while (true) {
			byte[] whole = toJson(readable, unreadable);
			try {
				T bean = this.mapper.readValue(whole, type);
				if (bean != null) {
					return bean;
				}
			}
			catch (RuntimeException ex) {
				// One attribute costs itself alone: again without it.
				String property = JsonCodec.property(ex);
				if (property != null && readable.remove(property) != null) {
					unreadable.accept(property);
					continue;
				}
				throw new UnreadableValueException("The attributes can't be read as " + type.getTypeName(), ex);
			}
			throw new UnreadableValueException("The attributes can't be read as " + type.getTypeName());
		}
	}

	private Map<String, Object> toMap(Map<String, EncodedValue> attributes, Consumer<String> unreadable) {
		Map<String, Object> map = new LinkedHashMap<>();
		attributes.forEach((name, value) -> {
			try {
				Object natural = this.codec.decodeNatural(value);
				if (natural != null) {
					map.put(name, natural);
				}
			}
			catch (UnreadableValueException ex) {
				unreadable.accept(name);
			}
		});
		return map;
	}

	/**
	 * One JSON object of all attributes. Not a tree: as a node, a number with a point
	 * loses the sign of a zero.
	 */
	private byte[] toJson(Map<String, EncodedValue> attributes, Consumer<String> unreadable) {
		ByteArrayOutputStream whole = new ByteArrayOutputStream();
		Set<String> malformed = new HashSet<>();
		attributes.forEach((name, value) -> {
			byte[] member = toJson(value);
			if (member == null) {
				malformed.add(name);
				unreadable.accept(name);
				return;
			}
			whole.write((whole.size() == 0) ? '{' : ',');
			whole.writeBytes(this.json.write(name));
			whole.write(':');
			whole.writeBytes(member);
		});
		attributes.keySet().removeAll(malformed);
		if (whole.size() == 0) {
			whole.write('{');
		}
		whole.write('}');
		return whole.toByteArray();
	}

	private byte @Nullable [] toJson(EncodedValue value) {
		Tag tag = Tag.of(value.tagCode());
		if (tag == Tag.JSON) {
			byte[] bytes = value.toByteArray();
			// Checked, so that a damaged value can't spill into its neighbours.
			return this.json.isValid(value) ? Arrays.copyOfRange(bytes, 1, bytes.length) : null;
		}
		try {
			return (tag != null) ? this.json.write(this.codec.decodeNatural(value)) : null;
		}
		catch (UnreadableValueException | NotStorableException ex) {
			return null;
		}
	}

	Map<String, EncodedValue> fromBean(Object source) {
		if (source instanceof Map<?, ?> map) {
			return fromMap(map);
		}
		Shape shape = this.shapes.of(source.getClass());
		if (shape.kind != Shape.Kind.BEAN) {
			throw new AttributeNotStorableException(source.getClass().getSimpleName(),
					(shape.refusal != null) ? shape.refusal : "it is not a bean, a record or a map", null);
		}
		try {
			this.proof.write(source);
			return fromProperties(source, shape);
		}
		catch (NotStorableException ex) {
			String property = ex.property();
			throw new AttributeNotStorableException((property != null) ? property : source.getClass().getSimpleName(),
					ex.reason(), ex.getCause());
		}
	}

	private Map<String, EncodedValue> fromMap(Map<?, ?> map) {
		Map<String, EncodedValue> attributes = new LinkedHashMap<>();
		map.forEach((name, value) -> {
			if (!(name instanceof String text)) {
				throw new IllegalArgumentException("A session's attributes have names that are strings");
			}
			if (value != null) {
				attributes.put(text, this.codec.encode(text, value));
			}
		});
		return attributes;
	}

	private Map<String, EncodedValue> fromProperties(Object bean, Shape shape) {
		Map<String, Shape.Property> properties = new HashMap<>();
		shape.properties.forEach((property) -> properties.put(property.writer().getName(), property));
		Map<String, EncodedValue> attributes = new LinkedHashMap<>();
		ObjectNode tree = this.mapper.valueToTree(bean);
		for (Map.Entry<String, JsonNode> entry : tree.properties()) {
			String name = entry.getKey();
			if (shape.computed.contains(name)) {
				continue;
			}
			if (entry.getValue().isNull()) {
				requireNoDefault(shape, name);
				continue;
			}
			Shape.Property property = properties.get(name);
			EncodedValue raw = null;
			if (property != null && Shapes.isPlain(property.writer())) {
				Object value = ClassProof.get(property, bean);
				raw = (value != null) ? RawCodec.write(name, value) : null;
			}
			attributes.put(name,
					(raw != null) ? raw : RawCodec.writeBytes(Tag.JSON, this.json.write(entry.getValue())));
		}
		return attributes;
	}

	/**
	 * There is no attribute for {@code null}, so a property that is {@code null} comes
	 * back as what a new object has there.
	 */
	private void requireNoDefault(Shape shape, String name) {
		Set<String> defaults = shape.defaults;
		if (defaults == null) {
			defaults = defaults(shape);
			shape.defaults = defaults;
		}
		if (defaults.contains(name)) {
			throw new NotStorableException(
					"it is null, and a new " + shape.type.getName() + " has a value there, so it would not come back",
					name, null);
		}
	}

	private Set<String> defaults(Shape shape) {
		Set<String> names = new HashSet<>();
		Object fresh = toBean(Map.of(), shape.type, (name) -> {
		});
		for (Shape.Property property : shape.properties) {
			if (ClassProof.get(property, fresh) != null) {
				names.add(property.writer().getName());
			}
		}
		return names;
	}

}
