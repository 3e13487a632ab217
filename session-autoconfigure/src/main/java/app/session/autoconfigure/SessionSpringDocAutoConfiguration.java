package app.session.autoconfigure;

import app.session.Session;
import app.session.SessionObject;
import app.session.web.SessionArgument;
import org.springdoc.core.customizers.ParameterCustomizer;
import org.springdoc.core.utils.SpringDocUtils;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration that keeps the arguments that come from the session out of the API
 * documentation that springdoc makes.
 */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({ SpringDocUtils.class, ParameterCustomizer.class })
public final class SessionSpringDocAutoConfiguration {

	// springdoc has no other way to leave an argument out before it looks at its type
	static {
		SpringDocUtils.getConfig().addRequestWrapperToIgnore(Session.class).addAnnotationsToIgnore(SessionObject.class);
	}

	@Bean
	@ConditionalOnMissingBean(name = "sessionParameterCustomizer")
	ParameterCustomizer sessionParameterCustomizer() {
		return (parameter, argument) -> (parameter != null && SessionArgument.of(argument) != null) ? null : parameter;
	}

}
