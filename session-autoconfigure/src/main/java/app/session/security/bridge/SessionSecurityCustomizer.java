package app.session.security.bridge;

import java.lang.reflect.Method;
import java.util.List;

import org.springframework.security.config.Customizer;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.security.web.authentication.session.ConcurrentSessionControlAuthenticationStrategy;
import org.springframework.security.web.session.ConcurrentSessionFilter;

/**
 * Fits each chain of Spring Security's filters to our sessions, before the application
 * configures it: a login fails if all sessions of the principal are ended while its
 * password is checked, and {@code maximumSessions} is exact.
 */
public final class SessionSecurityCustomizer implements Customizer<HttpSecurity> {

	private final RequestLogins logins;

	private final SessionRegistry registry;

	/**
	 * Creates a customizer.
	 * @param logins finds the login of a request
	 * @param registry the sessions of principals
	 */
	public SessionSecurityCustomizer(RequestLogins logins, SessionRegistry registry) {
		this.logins = logins;
		this.registry = registry;
	}

	/**
	 * What is called by reflection, for a native image.
	 * @return the methods
	 */
	public static List<Method> reflectedMethods() {
		return ExactConcurrencyStrategy.reflectedMethods();
	}

	@Override
	public void customize(HttpSecurity http) {
		http.with(new EpochConfigurer(this.logins), Customizer.withDefaults());
		http.sessionManagement((sessions) -> {
			sessions.addObjectPostProcessor(new ExactConcurrency());
			if (this.registry instanceof StoredSessionRegistry) {
				sessions.addObjectPostProcessor(new EndedSessions());
			}
		});
	}

	/** Named, since its type parameter is looked up by reflection. */
	private final class ExactConcurrency
			implements ObjectPostProcessor<ConcurrentSessionControlAuthenticationStrategy> {

		@Override
		@SuppressWarnings("unchecked")
		public <O extends ConcurrentSessionControlAuthenticationStrategy> O postProcess(O configured) {
			return (O) new ExactConcurrencyStrategy(configured, SessionSecurityCustomizer.this.registry,
					SessionSecurityCustomizer.this.logins);
		}

	}

	/** The same. */
	private final class EndedSessions implements ObjectPostProcessor<ConcurrentSessionFilter> {

		@Override
		@SuppressWarnings("unchecked")
		public <O extends ConcurrentSessionFilter> O postProcess(O filter) {
			return (O) new EndedSessionFilter(SessionSecurityCustomizer.this.registry);
		}

	}

}
