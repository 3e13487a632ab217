package app.session.security.bridge;

import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.access.ExceptionTranslationFilter;

/**
 * Has each chain of Spring Security's filters ask for a login where a handler demands a
 * fresh one.
 */
public final class FreshLoginCustomizer implements Customizer<HttpSecurity> {

	@Override
	public void customize(HttpSecurity http) {
		http.addFilterAfter(new LoginAgainFilter(), ExceptionTranslationFilter.class);
	}

}
