package app.session.security.bridge;

import java.lang.reflect.Method;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Objects;

import app.session.SessionLimit;
import app.session.SessionLimit.WhenFull;
import app.session.core.RequestLogin;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.session.SessionInformation;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.security.web.authentication.session.ConcurrentSessionControlAuthenticationStrategy;
import org.springframework.security.web.authentication.session.SessionAuthenticationException;
import org.springframework.util.ReflectionUtils;

/**
 * The limit that is given to Spring Security ({@code maximumSessions}), kept exactly.
 * Spring Security counts the sessions first and registers the new one later, so logins at
 * the same time all find room; here the index of principals decides when the session is
 * written, on all nodes alike. Asked before is only whether to refuse at once, which
 * makes it an answer to the login form.
 */
final class ExactConcurrencyStrategy extends ConcurrentSessionControlAuthenticationStrategy {

	private static final Method LIMIT = method("getMaximumSessionsForThisUser", Authentication.class);

	private static final Method EXCEEDED = method("allowableSessionsExceeded", List.class, int.class,
			SessionRegistry.class);

	private final ConcurrentSessionControlAuthenticationStrategy configured;

	private final SessionRegistry registry;

	private final RequestLogins logins;

	/**
	 * Creates a strategy.
	 * @param configured what the application has configured: asked for the limit, which
	 * may differ from user to user, and for what becomes of a login beyond it
	 * @param registry the registry
	 * @param logins finds the request's login
	 */
	ExactConcurrencyStrategy(ConcurrentSessionControlAuthenticationStrategy configured, SessionRegistry registry,
			RequestLogins logins) {
		super(registry);
		this.configured = configured;
		this.registry = registry;
		this.logins = logins;
	}

	/**
	 * Both are there for subclasses, which can't be asked on behalf of another object.
	 */
	private static Method method(String name, Class<?>... parameters) {
		Method method = Objects.requireNonNull(
				ReflectionUtils.findMethod(ConcurrentSessionControlAuthenticationStrategy.class, name, parameters),
				name);
		ReflectionUtils.makeAccessible(method);
		return method;
	}

	static List<Method> reflectedMethods() {
		return List.of(LIMIT, EXCEEDED);
	}

	@Override
	public void onAuthentication(Authentication authentication, HttpServletRequest request,
			HttpServletResponse response) {
		RequestLogin login = this.logins.find(request);
		if (login == null) {
			this.configured.onAuthentication(authentication, request, response);
			return;
		}
		int sessions = getMaximumSessionsForThisUser(authentication);
		if (sessions < 0) {
			login.limit(SessionLimit.NONE);
			return;
		}
		boolean refuses = exceeded(full(), 1) != null;
		login.limit(new SessionLimit(Math.max(1, sessions), refuses ? WhenFull.REFUSE : WhenFull.END_OLDEST));
		if (sessions == 0 || refuses && !login.isAdmissible(authentication.getName())) {
			SessionAuthenticationException refusal = exceeded(null, sessions);
			throw (refusal != null) ? refusal : new SessionAuthenticationException("No session is allowed");
		}
	}

	@Override
	protected int getMaximumSessionsForThisUser(Authentication authentication) {
		return (int) Objects.requireNonNull(ReflectionUtils.invokeMethod(LIMIT, this.configured, authentication));
	}

	private static List<SessionInformation> full() {
		return new ArrayList<>(List.of(new SessionInformation("", "any", Date.from(Instant.EPOCH))));
	}

	/**
	 * What the configured strategy throws when there are too many sessions, or
	 * {@code null} if it ends the oldest instead.
	 * @param sessions the sessions that there are, {@code null} for certainly too many
	 * @param limit how many there may be, for the message
	 */
	private @Nullable SessionAuthenticationException exceeded(@Nullable List<SessionInformation> sessions, int limit) {
		try {
			ReflectionUtils.invokeMethod(EXCEEDED, this.configured, sessions, limit, this.registry);
			return null;
		}
		catch (SessionAuthenticationException ex) {
			return ex;
		}
	}

}
