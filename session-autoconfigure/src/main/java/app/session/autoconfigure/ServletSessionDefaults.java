package app.session.autoconfigure;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import app.session.core.EngineSettings;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginTrackedValue;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.StringUtils;

/**
 * Takes what Spring Boot's own properties say of the servlet session,
 * {@code server.servlet.session.*}, for what ours leave open.
 * <p>
 * What is taken becomes the environment's last property source. It is added when the
 * environment is complete, and only for properties that are not set anywhere, so it hides
 * none.
 */
final class ServletSessionDefaults implements BeanFactoryPostProcessor {

	private static final Log logger = LogFactory.getLog(ServletSessionDefaults.class);

	private static final String BOOT = "server.servlet.session.";

	private static final String REQUEST_EVENTS = "spring.mvc.publish-request-handled-events";

	private final ConfigurableEnvironment environment;

	ServletSessionDefaults(ConfigurableEnvironment environment) {
		this.environment = environment;
	}

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		// A child's environment has it from its parent.
		this.environment.getPropertySources().remove(BOOT);
		Map<String, Object> defaults = new LinkedHashMap<>();
		take(defaults, "timeout");
		for (String name : List.of("domain", "http-only", "max-age", "partitioned", "path", "same-site", "secure")) {
			take(defaults, "cookie." + name);
		}
		if (SessionProperties.HttpSession.of(this.environment).enabled()) {
			// Not otherwise: the container's cookie would have the same name.
			take(defaults, "cookie.name");
			// The event asks each request for its principal, and so loads the session.
			if (SetProperty.find(this.environment, REQUEST_EVENTS) == null) {
				defaults.put(REQUEST_EVENTS, "false");
			}
			warnOfTheIdle();
		}
		if (!defaults.isEmpty()) {
			this.environment.getPropertySources().addLast(new OriginTrackedMapPropertySource(BOOT, defaults, true));
		}
	}

	private void take(Map<String, Object> defaults, String name) {
		ConfigurationProperty found = SetProperty.find(this.environment, BOOT + name);
		if (found == null || SetProperty.find(this.environment, PropertyChecks.PREFIX + name) != null) {
			return;
		}
		String text = this.environment.resolvePlaceholders(found.getValue().toString());
		String value = StringUtils.hasText(text) ? translate(name, text) : null;
		if (value != null) {
			defaults.put(PropertyChecks.PREFIX + name,
					OriginTrackedValue.of(value, new Taken(BOOT + name, found.getOrigin())));
		}
	}

	/**
	 * A value of Spring Boot's property as one of ours.
	 * @return the value, or {@code null} for our default
	 */
	private @Nullable String translate(String name, String text) {
		return switch (name) {
			case "timeout" -> isPositive(text) ? text : maxLifetime();
			// Zero stays, and is refused: no browser would keep the cookie.
			case "cookie.max-age" -> isNegative(text) ? null : text;
			// Nothing said is what browsers take for lax.
			case "cookie.same-site" -> "omitted".equalsIgnoreCase(text) ? null : text;
			// It is more than a boolean here, and Spring Boot takes yes and on for one.
			case "cookie.secure" ->
				Binder.get(this.environment).bind(BOOT + name, Boolean.class).map(String::valueOf).orElse(null);
			default -> text;
		};
	}

	/** The longest that a session can go unused, if nothing else ends it. */
	private String maxLifetime() {
		ConfigurationProperty found = SetProperty.find(this.environment, PropertyChecks.PREFIX + "max-lifetime");
		return (found != null) ? found.getValue().toString()
				: PropertyChecks.text(EngineSettings.DEFAULTS.maxLifetime());
	}

	private static boolean isPositive(String text) {
		Duration duration = duration(text);
		return duration == null || (!duration.isZero() && !duration.isNegative());
	}

	private static boolean isNegative(String text) {
		Duration duration = duration(text);
		return duration != null && duration.isNegative();
	}

	/** As Spring Boot reads it; null for what is none, which the binder complains of. */
	private static @Nullable Duration duration(String text) {
		try {
			return DurationStyle.detectAndParse(text.strip(), ChronoUnit.SECONDS);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	private void warnOfTheIdle() {
		Binder binder = Binder.get(this.environment);
		List<String> idle = new ArrayList<>();
		Set<String> modes = binder.bind(BOOT + "tracking-modes", Bindable.setOf(String.class)).orElse(Set.of());
		if (modes.stream().anyMatch((mode) -> !"cookie".equalsIgnoreCase(mode))) {
			idle.add(BOOT + "tracking-modes");
		}
		if (binder.bind(BOOT + "persistent", Boolean.class).orElse(false)) {
			idle.add(BOOT + "persistent");
		}
		if (SetProperty.find(this.environment, BOOT + "store-dir") != null) {
			idle.add(BOOT + "store-dir");
		}
		if (!idle.isEmpty()) {
			logger.warn(String.join(", ", idle) + ": without effect, since request.getSession() is not the "
					+ "container's. It is known by its cookie alone, and kept where app.session.store says");
		}
	}

	/**
	 * Where a value that was taken comes from.
	 *
	 * @param property the property it was taken from
	 * @param parent where that is set
	 */
	private record Taken(String property, @Nullable Origin parent) implements Origin {

		@Override
		public @Nullable Origin getParent() {
			return this.parent;
		}

		@Override
		public String toString() {
			return (this.parent != null) ? this.property + " from " + this.parent : this.property;
		}

	}

}
