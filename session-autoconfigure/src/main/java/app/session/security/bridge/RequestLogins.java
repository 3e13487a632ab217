package app.session.security.bridge;

import app.session.core.RequestLogin;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Finds the login that a request may make.
 */
@FunctionalInterface
public interface RequestLogins {

	/**
	 * The login of a request. Loads nothing.
	 * @param request the request
	 * @return the login, or {@code null} for a request that has no session
	 */
	@Nullable RequestLogin find(HttpServletRequest request);

}
