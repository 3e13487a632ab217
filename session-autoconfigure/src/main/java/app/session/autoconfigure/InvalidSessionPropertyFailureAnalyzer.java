package app.session.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.Environment;

/**
 * Says which property is wrong, where it is set, and what to do about it.
 */
final class InvalidSessionPropertyFailureAnalyzer extends AbstractFailureAnalyzer<InvalidSessionPropertyException> {

	private final @Nullable Environment environment;

	InvalidSessionPropertyFailureAnalyzer(@Nullable Environment environment) {
		this.environment = environment;
	}

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidSessionPropertyException cause) {
		StringBuilder description = new StringBuilder("The property ").append(cause.property());
		if (cause.value() != null) {
			description.append(" is '").append(cause.value()).append('\'');
		}
		Origin origin = origin(cause.property());
		if (origin != null) {
			description.append(" (").append(origin).append(')');
		}
		description.append(": ").append(cause.reason());
		return new FailureAnalysis(description.toString(), cause.action(), cause);
	}

	private @Nullable Origin origin(String property) {
		ConfigurationProperty found = (this.environment != null) ? SetProperty.find(this.environment, property) : null;
		return (found != null) ? found.getOrigin() : null;
	}

}
