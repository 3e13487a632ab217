package app.session.codec;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.jsonFormatVisitors.JsonFormatVisitorWrapper;
import tools.jackson.databind.jsonFormatVisitors.JsonObjectFormatVisitor;
import tools.jackson.databind.ser.BeanPropertyWriter;

/**
 * What Jackson tells of the way it writes a class: the properties, if it writes one by
 * one, and the record that it writes in its place.
 */
final class PropertyCollector extends JsonFormatVisitorWrapper.Base {

	private final JavaType type;

	@Nullable List<BeanPropertyWriter> writers;

	@Nullable RecordForm<?, ?> form;

	PropertyCollector(JavaType type) {
		this.type = type;
	}

	@Override
	public JsonObjectFormatVisitor expectObjectFormat(JavaType visited) {
		if (!visited.hasRawClass(this.type.getRawClass())) {
			return new JsonObjectFormatVisitor.Base(getContext());
		}
		List<BeanPropertyWriter> found = new ArrayList<>();
		this.writers = found;
		return new JsonObjectFormatVisitor.Base(getContext()) {

			@Override
			public void property(BeanProperty property) {
				optionalProperty(property);
			}

			@Override
			public void optionalProperty(BeanProperty property) {
				if (property instanceof BeanPropertyWriter writer) {
					found.add(writer);
				}
			}

		};
	}

}
