package app.session.autoconfigure;

import java.util.List;

import app.session.web.FreshLoginInterceptor;
import app.session.web.SessionArgumentResolver;
import app.session.web.SessionPolicyInterceptor;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Auto-configuration of what Spring MVC has to know: the arguments of handlers, and their
 * policy.
 * <p>
 * It stays with {@code app.session.enabled=false}: the arguments then fail and say why.
 * Without it Spring MVC would take what is in the query string for the session's
 * attributes.
 */
@AutoConfiguration(after = SessionServletAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({ DispatcherServlet.class, WebMvcConfigurer.class })
public final class SessionWebMvcAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	SessionArgumentResolver sessionArgumentResolver() {
		return new SessionArgumentResolver();
	}

	@Bean
	@ConditionalOnMissingBean
	SessionPolicyInterceptor sessionPolicyInterceptor() {
		return new SessionPolicyInterceptor();
	}

	@Bean
	@ConditionalOnMissingBean
	FreshLoginInterceptor freshLoginInterceptor() {
		return new FreshLoginInterceptor();
	}

	@Bean
	@ConditionalOnMissingBean
	SessionWebMvcConfigurer sessionWebMvcConfigurer(SessionArgumentResolver resolver, SessionPolicyInterceptor policies,
			FreshLoginInterceptor freshLogins) {
		return new SessionWebMvcConfigurer(resolver, policies, freshLogins);
	}

	/**
	 * Finds an annotation that makes no sense when the application starts, not when a
	 * visitor comes.
	 */
	@Bean
	SmartInitializingSingleton freshLoginChecks(FreshLoginInterceptor freshLogins,
			ObjectProvider<RequestMappingHandlerMapping> mappings) {
		return () -> mappings.forEach((mapping) -> mapping.getHandlerMethods().values().forEach(freshLogins::demanded));
	}

	/**
	 * Adds the resolver, and the interceptors before all others: they may use the session
	 * already. The policy comes first, for whoever reads.
	 *
	 * @param resolver the resolver
	 * @param policies the interceptor for the policies
	 * @param freshLogins the interceptor for fresh logins
	 */
	record SessionWebMvcConfigurer(SessionArgumentResolver resolver, SessionPolicyInterceptor policies,
			FreshLoginInterceptor freshLogins) implements WebMvcConfigurer {

		@Override
		public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
			resolvers.add(this.resolver);
		}

		@Override
		public void addInterceptors(InterceptorRegistry registry) {
			registry.addInterceptor(this.policies).order(Ordered.HIGHEST_PRECEDENCE);
			registry.addInterceptor(this.freshLogins).order(Ordered.HIGHEST_PRECEDENCE + 1);
		}

	}

}
