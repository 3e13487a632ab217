package app.session.security.bridge;

import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HttpBasicConfigurer;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;

/**
 * Has the filters that log in, which are configured later, read the principal's epoch
 * first.
 */
final class EpochConfigurer extends AbstractHttpConfigurer<EpochConfigurer, HttpSecurity> {

	private final RequestLogins logins;

	EpochConfigurer(RequestLogins logins) {
		this.logins = logins;
	}

	@Override
	@SuppressWarnings("unchecked")
	public void configure(HttpSecurity http) {
		AuthenticationManager manager = http.getSharedObject(AuthenticationManager.class);
		if (manager != null) {
			http.setSharedObject(AuthenticationManager.class, new EpochAuthenticationManager(manager, this.logins));
		}
		if (http.getConfigurer(HttpBasicConfigurer.class) != null) {
			http.addFilterBefore(new BasicLogin.Begin(), BasicAuthenticationFilter.class);
			http.addFilterAfter(new BasicLogin.End(), BasicAuthenticationFilter.class);
		}
	}

}
