package app.session.security.bridge;

import app.session.core.RequestLogin;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Reads the principal's epoch before its password is checked. Who has the old password
 * and is on the way in when the new one is set, and all sessions are ended, does not get
 * in.
 */
final class EpochAuthenticationManager implements AuthenticationManager {

	private final AuthenticationManager manager;

	private final RequestLogins logins;

	EpochAuthenticationManager(AuthenticationManager manager, RequestLogins logins) {
		this.manager = manager;
		this.logins = logins;
	}

	@Override
	public Authentication authenticate(Authentication authentication) {
		RequestLogin login = login(authentication);
		if (login != null) {
			login.prepare(authentication.getName());
		}
		return this.manager.authenticate(authentication);
	}

	private @Nullable RequestLogin login(Authentication authentication) {
		if (authentication instanceof UsernamePasswordAuthenticationToken
				&& RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes) {
			HttpServletRequest request = attributes.getRequest();
			// Who sends the password with every request does not log in to a session.
			return BasicLogin.isTried(request) ? null : this.logins.find(request);
		}
		return null;
	}

}
