package app.session.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.Environment;

/**
 * Looks where a property is set, in any of the spellings that Spring Boot takes for it.
 */
final class SetProperty {

	private SetProperty() {
	}

	/**
	 * Finds a property as it is set.
	 * @param environment where to look
	 * @param name its full name in lower case, with dashes
	 * @return the property, with its placeholders; {@code null} if it is not set
	 */
	static @Nullable ConfigurationProperty find(Environment environment, String name) {
		ConfigurationPropertyName canonical = ConfigurationPropertyName.of(name);
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
			ConfigurationProperty found = source.getConfigurationProperty(canonical);
			if (found != null) {
				return found;
			}
		}
		return null;
	}

}
