package app.session.security.bridge;

import java.io.IOException;

import app.session.LoginNotFreshException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Makes a login that is not fresh one that Spring Security asks for, as it does of
 * whoever is not logged in: at the login page, and back to the same page after it.
 */
final class LoginAgainFilter extends OncePerRequestFilter {

	/** A cause may have itself for a cause. */
	private static final int MAX_CAUSES = 32;

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		try {
			chain.doFilter(request, response);
		}
		catch (ServletException | RuntimeException ex) {
			LoginNotFreshException failure = find(ex);
			if (failure == null) {
				throw ex;
			}
			throw new InsufficientAuthenticationException(String.valueOf(failure.getMessage()), failure);
		}
	}

	private static @Nullable LoginNotFreshException find(Throwable thrown) {
		Throwable cause = thrown;
		for (int i = 0; i < MAX_CAUSES && cause != null; i++) {
			if (cause instanceof LoginNotFreshException failure) {
				return failure;
			}
			cause = cause.getCause();
		}
		return null;
	}

}
