package app.session;

import tools.jackson.databind.json.JsonMapper;

/**
 * Changes how attributes are written as JSON, as a bean: to add a module, or mix-ins for
 * classes of others. Several are applied in their order. The mapper is the library's own
 * and begins with settings under which nothing is lost; the application's mapper is never
 * used.
 */
@FunctionalInterface
public interface AttributeMapperCustomizer {

	/**
	 * Changes the mapper.
	 * @param builder the builder, with the library's settings
	 */
	void customize(JsonMapper.Builder builder);

}
