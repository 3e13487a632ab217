package app.session.autoconfigure;

import java.util.Map;

import app.session.SessionRepository;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Whether a kind of store is needed: for the sessions themselves, for those that are
 * being moved, for what another application shares, or for the principals of sessions
 * that their clients hold.
 */
final class OnStore extends SpringBootCondition implements ConfigurationCondition {

	@Override
	public ConfigurationPhase getConfigurationPhase() {
		return ConfigurationPhase.REGISTER_BEAN;
	}

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		Map<String, @Nullable Object> attributes = metadata.getAnnotationAttributes(ConditionalOnStore.class.getName());
		String kind = (attributes != null) ? String.valueOf(attributes.get("value")) : "";
		ConditionMessage.Builder message = ConditionMessage.forCondition(ConditionalOnStore.class, kind);
		boolean needed = isForSessions(kind, context) || isForMore(kind, context.getEnvironment());
		return needed ? ConditionOutcome.match(message.because("it is needed"))
				: ConditionOutcome.noMatch(message.because("it is not needed"));
	}

	/** Not if the application has a store of its own. */
	private static boolean isForSessions(String kind, ConditionContext context) {
		ListableBeanFactory beans = context.getBeanFactory();
		return kind.equals(property(context.getEnvironment(), "store"))
				&& (beans == null || beans.getBeanNamesForType(SessionRepository.class, true, false).length == 0);
	}

	private static boolean isForMore(String kind, Environment environment) {
		return kind.equals(property(environment, "cookie-store.revocation"))
				|| kind.equals(MigrationSource.storeOf(property(environment, "migrate-from")));
	}

	private static String property(Environment environment, String name) {
		return environment.getProperty(PropertyChecks.PREFIX + name, "");
	}

}
