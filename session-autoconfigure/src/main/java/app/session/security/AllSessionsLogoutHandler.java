package app.session.security;

import app.session.Sessions;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.logout.LogoutHandler;

/**
 * Log out everywhere: ends all sessions of who logs out, also those whose login is under
 * way. To be added to Spring Security's logout, or to a handler of the application's own.
 * Safe for use by many threads.
 */
public final class AllSessionsLogoutHandler implements LogoutHandler {

	private final Sessions sessions;

	/**
	 * Creates a handler.
	 * @param sessions the sessions, of a store that knows those of a principal
	 */
	public AllSessionsLogoutHandler(Sessions sessions) {
		this.sessions = sessions;
	}

	@Override
	public void logout(HttpServletRequest request, HttpServletResponse response,
			@Nullable Authentication authentication) {
		HttpSession own = request.getSession(false);
		try {
			if (authentication != null && own != null) {
				// One that this request ends takes its cookie with it.
				own.invalidate();
			}
		}
		finally {
			if (authentication != null) {
				this.sessions.revokeAll(authentication.getName());
			}
		}
	}

}
