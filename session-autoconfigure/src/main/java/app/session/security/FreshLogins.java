package app.session.security;

import java.time.Duration;
import java.util.List;
import java.util.function.BiPredicate;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

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

	private final BiPredicate<HttpServletRequest, Duration> fresh;

	/**
	 * Creates the rules.
	 * @param fresh whether the login of a request's session was made no longer ago
	 */
	public FreshLogins(BiPredicate<HttpServletRequest, Duration> fresh) {
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
			return this.fresh.test(context.getRequest(), maxAge) ? new AuthorizationDecision(true)
					: tooOld(authentication, maxAge);
		};
	}

	private static AuthorizationResult tooOld(@Nullable Authentication authentication, Duration maxAge) {
		List<RequiredFactorError> errors = (authentication == null) ? List.of()
				: authentication.getAuthorities()
					.stream()
					.filter(FactorGrantedAuthority.class::isInstance)
					.map((factor) -> RequiredFactorError.createExpired(RequiredFactor.builder()
						.authority(String.valueOf(factor.getAuthority()))
						.validDuration(maxAge)
						.build()))
					.toList();
		return errors.isEmpty() ? new AuthorizationDecision(false) : new FactorAuthorizationDecision(errors);
	}

}
