package app.session.security;

import java.security.Principal;

import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.AuthenticationTrustResolver;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.core.AuthenticatedPrincipal;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.userdetails.UserDetails;
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
	 * The name of who is logged in by a security context.
	 * @param value the value of {@link #ATTRIBUTE}, {@code null} if it was removed
	 * @return the name, or {@code null} for nobody: an anonymous visitor, or one whose
	 * credentials are not all checked
	 */
	public static @Nullable String ofContext(@Nullable Object value) {
		Authentication authentication = (value instanceof SecurityContext context) ? context.getAuthentication() : null;
		return TRUST.isAuthenticated(authentication) && authentication != null ? authentication.getName() : null;
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
