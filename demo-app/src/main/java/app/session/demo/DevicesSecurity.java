package app.session.demo;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.access.AccessDeniedHandlerImpl;
import org.springframework.security.web.csrf.MissingCsrfTokenException;
import org.springframework.security.web.savedrequest.NullRequestCache;

/**
 * Spring Security for the second demo alone. Nothing in it knows whose session it is.
 */
@Configuration(proxyBeanMethods = false)
class DevicesSecurity {

	@Bean
	SecurityFilterChain devicesFilterChain(HttpSecurity http) {
		return http.securityMatcher("/devices/**")
			.authorizeHttpRequests(
					(requests) -> requests.requestMatchers("/devices/login").permitAll().anyRequest().authenticated())
			.formLogin((login) -> login.loginPage("/devices/login").defaultSuccessUrl("/devices"))
			.logout((logout) -> logout.logoutUrl("/devices/logout").logoutSuccessUrl("/devices/login?logout"))
			// There is one page to come back to, so a stranger's request need not be kept
			.requestCache((cache) -> cache.requestCache(new NullRequestCache()))
			.exceptionHandling((failures) -> failures.accessDeniedHandler(toLoginIfEnded()))
			.build();
	}

	/**
	 * The form of a session that has ended since is an old page, no attack: the visitor
	 * begins anew.
	 */
	private static AccessDeniedHandler toLoginIfEnded() {
		AccessDeniedHandler others = new AccessDeniedHandlerImpl();
		return (request, response, ex) -> {
			if (ex instanceof MissingCsrfTokenException) {
				response.sendRedirect("/devices");
			}
			else {
				others.handle(request, response, ex);
			}
		};
	}

	// The login page tells the passwords, which are "wonderland" and "toolbox"
	@Bean
	UserDetailsService users() {
		return new InMemoryUserDetailsManager(
				User.withUsername("alice")
					.password("{bcrypt}$2a$10$wZEsbNoKGiAruHylW2LQZOo5.wloDldauu/mw51y2wpigbaBCoglO")
					.roles("USER")
					.build(),
				User.withUsername("bob")
					.password("{bcrypt}$2a$10$AfWjq7LVapKySaq0oRETCe/4RUVQTWTV12nkrE7nmqJTea73csata")
					.roles("USER")
					.build());
	}

}
