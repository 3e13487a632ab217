package app.session.autoconfigure;

import app.session.PrincipalIndex;
import app.session.SessionRepository;
import app.session.Sessions;
import app.session.core.RequestLogin;
import app.session.core.RequestSession;
import app.session.security.FreshLogins;
import app.session.security.bridge.FreshLoginCustomizer;
import app.session.security.bridge.RequestLogins;
import app.session.security.bridge.SecurityPrincipal;
import app.session.security.bridge.SessionSecurityCustomizer;
import app.session.security.bridge.StoredSessionRegistry;
import app.session.web.RequestSessions;
import app.session.web.servlet.PrincipalAttribute;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.security.web.authentication.session.SessionAuthenticationException;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;

/**
 * Auto-configuration of the bridge to Spring Security, which finds its
 * {@code HttpSession} to be ours.
 */
@AutoConfiguration(after = SessionAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "app.session.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "app.session.http-session.enabled", matchIfMissing = true)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(HttpSessionSecurityContextRepository.class)
public final class SessionSecurityAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	PrincipalAttribute sessionPrincipalAttribute() {
		return new PrincipalAttribute(SecurityPrincipal.ATTRIBUTE, SecurityPrincipal::ofContext,
				() -> new SessionAuthenticationException("The session could not become the user's"));
	}

	@Bean
	@ConditionalOnMissingBean
	RequestLogins sessionRequestLogins() {
		return (request) -> RequestSessions.findRequest(request).map(RequestSession::login).orElse(null);
	}

	@Bean
	@ConditionalOnMissingBean
	FreshLogins freshLogins(RequestLogins logins) {
		return new FreshLogins((request, user, maxAge) -> {
			RequestLogin login = logins.find(request);
			return login != null && login.isFresh(user, maxAge);
		});
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnClass(HttpSecurity.class)
	FreshLoginCustomizer freshLoginCustomizer() {
		return new FreshLoginCustomizer();
	}

	/** For a store that knows the sessions of a principal. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean(PrincipalIndex.class)
	@ConditionalOnClass(HttpSecurity.class)
	@ImportRuntimeHints(SessionSecurityRuntimeHints.class)
	static class PrincipalsConfiguration {

		@Bean
		@ConditionalOnMissingBean(SessionRegistry.class)
		StoredSessionRegistry storedSessionRegistry(Sessions sessions, SessionRepository repository,
				PrincipalIndex index) {
			return new StoredSessionRegistry(sessions, repository, index);
		}

		@Bean
		@ConditionalOnMissingBean
		SessionSecurityCustomizer sessionSecurityCustomizer(RequestLogins logins, SessionRegistry registry) {
			return new SessionSecurityCustomizer(logins, registry);
		}

	}

}
