package app.session.security;

import java.time.Duration;
import java.util.List;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.authorization.FactorAuthorizationDecision;
import org.springframework.security.authorization.RequiredFactor;
import org.springframework.security.authorization.RequiredFactorError;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;

/**
 * Rules of Spring Security that demand a login made a short while ago, as
 * {@link app.session.FreshLogin} does of a handler. Safe for use by many threads.
 */
public final class FreshLogins {

	private final Check fresh;

	/**
	 * Creates the rules.
	 * @param fresh looks at a request's session
	 */
	public FreshLogins(Check fresh) {
		this.fresh = fresh;
	}

	/**
	 * Lets in who has given credentials not longer ago than this. Whoever has, but too
	 * long ago, is asked for the same again ({@link FactorAuthorizationDecision}); who is
	 * remembered only has never.
	 * @param maxAge how long ago, more than zero
	 * @return the rule, as in {@code requests.requestMatchers("/password")
	 * .access(freshLogins.within(Duration.ofMinutes(5)))}
	 */
	public AuthorizationManager<RequestAuthorizationContext> within(Duration maxAge) {
		return (supplier, context) -> {
			Authentication authentication = supplier.get();
			if (authentication == null || !authentication.isAuthenticated()) {
				return new AuthorizationDecision(false);
			}
			return this.fresh.isFresh(context.getRequest(), authentication.getName(), maxAge)
					? new AuthorizationDecision(true) : tooOld(authentication, maxAge);
		};
	}

	private static AuthorizationResult tooOld(Authentication authentication, Duration maxAge) {
		List<RequiredFactorError> errors = authentication.getAuthorities()
			.stream()
			.filter(FactorGrantedAuthority.class::isInstance)
			.map((factor) -> RequiredFactorError.createExpired(RequiredFactor.builder()
				.authority(String.valueOf(factor.getAuthority()))
				.validDuration(maxAge)
				.build()))
			.toList();
		return errors.isEmpty() ? new AuthorizationDecision(false) : new FactorAuthorizationDecision(errors);
	}

	/**
	 * Looks at the login of a request's session.
	 */
	@FunctionalInterface
	public interface Check {

		/**
		 * Whether somebody has shown credentials a short while ago.
		 * @param request the request
		 * @param user the user, who has to be the session's
		 * @param maxAge how long ago
		 * @return {@code false} also if the session is another's
		 */
		boolean isFresh(HttpServletRequest request, String user, Duration maxAge);

	}

}
