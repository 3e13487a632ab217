package app.session.web;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import app.session.Session;
import app.session.core.RequestSession;
import jakarta.servlet.ServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.util.Assert;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Gives handlers their session: a {@link Session}, or for
 * {@link app.session.SessionObject} the application's own form of it. As an
 * {@link Optional}, or where {@code null} is allowed, only if there is a session already,
 * for which the store is asked. Safe for use by several threads.
 */
public final class SessionArgumentResolver implements HandlerMethodArgumentResolver {

	private final Map<MethodParameter, Optional<SessionArgument>> arguments = new ConcurrentHashMap<>();

	@Override
	public boolean supportsParameter(MethodParameter parameter) {
		return argument(parameter) != null;
	}

	/**
	 * The argument.
	 * @throws IllegalStateException if the request has no session and the handler can't
	 * do without
	 */
	@Override
	public @Nullable Object resolveArgument(MethodParameter parameter, @Nullable ModelAndViewContainer container,
			NativeWebRequest webRequest, @Nullable WebDataBinderFactory binderFactory) {
		ServletRequest request = webRequest.getNativeRequest(ServletRequest.class);
		SessionArgument argument = argument(parameter);
		Assert.state(request != null && argument != null, "Not an argument of a servlet's handler");
		if (!argument.optional()) {
			return value(argument, RequestSessions.of(request));
		}
		Session session = existing(request);
		Object value = (session != null) ? value(argument, session) : null;
		return argument.wrapped() ? Optional.ofNullable(value) : value;
	}

	private @Nullable SessionArgument argument(MethodParameter parameter) {
		return this.arguments.computeIfAbsent(parameter, (key) -> Optional.ofNullable(SessionArgument.of(key)))
			.orElse(null);
	}

	private static @Nullable Session existing(ServletRequest request) {
		if (request.getAttribute(SessionExchange.ATTRIBUTE) instanceof SessionExchange exchange) {
			RequestSession session = exchange.session().get();
			return session.exists() ? session.session() : null;
		}
		return null;
	}

	private static Object value(SessionArgument argument, Session session) {
		return argument.isObject() ? session.as(argument.type()) : session;
	}

}
