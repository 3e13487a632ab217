package app.session.autoconfigure;

import java.util.List;

import app.session.web.SessionArgumentResolver;
import app.session.web.SessionPolicyInterceptor;

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
	SessionWebMvcConfigurer sessionWebMvcConfigurer(SessionArgumentResolver resolver,
			SessionPolicyInterceptor interceptor) {
		return new SessionWebMvcConfigurer(resolver, interceptor);
	}

	/**
	 * Adds the resolver, and the interceptor before all others: they may use the session
	 * already.
	 *
	 * @param resolver the resolver
	 * @param interceptor the interceptor
	 */
	record SessionWebMvcConfigurer(SessionArgumentResolver resolver,
			SessionPolicyInterceptor interceptor) implements WebMvcConfigurer {

		@Override
		public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
			resolvers.add(this.resolver);
		}

		@Override
		public void addInterceptors(InterceptorRegistry registry) {
			registry.addInterceptor(this.interceptor).order(Ordered.HIGHEST_PRECEDENCE);
		}

	}

}
