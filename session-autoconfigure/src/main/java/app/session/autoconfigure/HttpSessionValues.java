package app.session.autoconfigure;

import java.util.List;

import app.session.codec.StandIn;
import app.session.security.json.SecurityJson;
import app.session.web.servlet.FlashModule;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a part of Spring puts into an {@code HttpSession}. Nothing of it is loaded before
 * the first such value.
 */
interface HttpSessionValues {

	/**
	 * The classes that may be in a value.
	 * @return their names
	 */
	List<String> allowedTypes();

	/**
	 * Adds what makes JSON of them.
	 * @param builder the builder of typed JSON
	 */
	void addTo(JsonMapper.Builder builder);

	/**
	 * What stands for its errors.
	 * @return any number
	 */
	default List<StandIn<?>> standIns() {
		return List.of();
	}

	/** Flash attributes. */
	final class OfSpringMvc implements HttpSessionValues {

		@Override
		public List<String> allowedTypes() {
			return FlashModule.allowedTypes();
		}

		@Override
		public void addTo(JsonMapper.Builder builder) {
			builder.addModule(new FlashModule());
		}

	}

	/** Logins, and what waits for them. */
	final class OfSpringSecurity implements HttpSessionValues {

		private final ClassLoader loader;

		OfSpringSecurity(@Nullable ClassLoader loader) {
			this.loader = (loader != null) ? loader : HttpSessionValues.class.getClassLoader();
		}

		@Override
		public List<String> allowedTypes() {
			return SecurityJson.allowedTypes();
		}

		@Override
		public void addTo(JsonMapper.Builder builder) {
			SecurityJson.addTo(builder, this.loader);
		}

		@Override
		public List<StandIn<?>> standIns() {
			return List.of(SecurityJson.standIn());
		}

	}

}
