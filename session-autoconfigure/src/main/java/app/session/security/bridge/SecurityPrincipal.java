package app.session.security.bridge;

import java.security.Principal;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;

import app.session.core.LoggedIn;
import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.AuthenticationTrustResolver;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.core.AuthenticatedPrincipal;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.web.authentication.switchuser.SwitchUserGrantedAuthority;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;

/**
 * The name by which Spring Security knows who is logged in.
 */
public final class SecurityPrincipal {

	/** The attribute in which Spring Security keeps who is logged in. */
	public static final String ATTRIBUTE = HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY;

	private static final AuthenticationTrustResolver TRUST = new AuthenticationTrustResolverImpl();

	private SecurityPrincipal() {
	}

	/**
	 * Who is logged in by a security context. When credentials were checked is told by
	 * the factors that Spring Security grants for them; without any it is now, unless the
	 * visitor is remembered, or has become somebody else without their credentials.
	 * @param value the value of {@link #ATTRIBUTE}, {@code null} if it was removed
	 * @return the user, or {@code null} for nobody: an anonymous visitor, or a context
	 * that is empty
	 */
	public static @Nullable LoggedIn ofContext(@Nullable Object value) {
		Authentication authentication = (value instanceof SecurityContext context) ? context.getAuthentication() : null;
		if (authentication == null || !authentication.isAuthenticated() || TRUST.isAnonymous(authentication)) {
			return null;
		}
		Instant since = since(authentication);
		boolean remembered = since == null && (TRUST.isRememberMe(authentication) || isSwitched(authentication));
		// Nobody could end the sessions of a user without a name.
		String name = Objects.requireNonNull(authentication.getName(), "An authentication needs a name");
		return new LoggedIn(name, remembered, since);
	}

	private static @Nullable Instant since(Authentication authentication) {
		return authentication.getAuthorities()
			.stream()
			.filter(FactorGrantedAuthority.class::isInstance)
			.map((authority) -> ((FactorGrantedAuthority) authority).getIssuedAt())
			.max(Comparator.naturalOrder())
			.orElse(null);
	}

	private static boolean isSwitched(Authentication authentication) {
		return authentication.getAuthorities().stream().anyMatch(SwitchUserGrantedAuthority.class::isInstance);
	}

	/**
	 * The name of a principal, as {@link Authentication#getName} has it.
	 * @param principal what {@link Authentication#getPrincipal} answers, or a name
	 * @return the name
	 */
	public static String of(Object principal) {
		if (principal instanceof UserDetails user) {
			return user.getUsername();
		}
		if (principal instanceof AuthenticatedPrincipal authenticated) {
			return authenticated.getName();
		}
		return (principal instanceof Principal named) ? named.getName() : principal.toString();
	}

}
