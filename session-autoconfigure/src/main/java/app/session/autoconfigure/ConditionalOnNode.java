package app.session.autoconfigure;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Conditional;

/**
 * Matches if sessions are moved from the records of an application in Node.
 */
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@Conditional(ConditionalOnNode.OnNode.class)
@interface ConditionalOnNode {

	/** Either of both. */
	final class OnNode extends AnyNestedCondition {

		OnNode() {
			super(ConfigurationPhase.REGISTER_BEAN);
		}

		@ConditionalOnProperty(name = "app.session.migrate-from", havingValue = "koa")
		static class Koa {

		}

		@ConditionalOnProperty(name = "app.session.migrate-from", havingValue = "express")
		static class Express {

		}

	}

}
