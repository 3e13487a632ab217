package app.session.autoconfigure;

import java.util.Map;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Whether a kind of store is needed: for the sessions themselves, for those that are
 * being moved, for what another application shares, or for the principals of sessions
 * that their clients hold.
 */
final class OnStore extends SpringBootCondition {

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		Map<String, Object> attributes = metadata.getAnnotationAttributes(ConditionalOnStore.class.getName());
		String kind = (attributes != null) ? String.valueOf(attributes.get("value")) : "";
		ConditionMessage.Builder message = ConditionMessage.forCondition(ConditionalOnStore.class, kind);
		return isNeeded(kind, context.getEnvironment()) ? ConditionOutcome.match(message.because("it is needed"))
				: ConditionOutcome.noMatch(message.because("it is not needed"));
	}

	private static boolean isNeeded(String kind, Environment environment) {
		return kind.equals(property(environment, "store"))
				|| kind.equals(property(environment, "cookie-store.revocation"))
				|| kind.equals(MigrationSource.storeOf(property(environment, "migrate-from")));
	}

	private static String property(Environment environment, String name) {
		return environment.getProperty(PropertyChecks.PREFIX + name, "");
	}

}
