package app.session.web;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import app.session.FreshLogin;
import app.session.LoginNotFreshException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodClassKey;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.format.annotation.DurationFormat;
import org.springframework.format.datetime.standard.DurationFormatterUtils;
import org.springframework.util.ClassUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Lets no request to a handler whose login is not as fresh as its {@link FreshLogin}
 * demands: the one at the method, or else that at its class. It stands behind the
 * {@link SessionPolicyInterceptor}, since it reads the session.
 * <p>
 * Spring MVC calls it again when a request is dispatched again. A handler that a request
 * has come to already is not asked for twice: what it returned late is on its way then,
 * and it may have logged the visitor out. Any other that the request is forwarded to is.
 */
public final class FreshLoginInterceptor implements HandlerInterceptor {

	private static final String PASSED = FreshLoginInterceptor.class.getName() + ".PASSED";

	private final Map<Object, Optional<Duration>> demands = new ConcurrentHashMap<>();

	/**
	 * Checks the session's login.
	 * @throws LoginNotFreshException if it is not fresh
	 * @throws IllegalStateException if the handler's annotation makes no sense, or the
	 * request has no session: then nobody gets in
	 */
	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
		Duration demanded = demanded(handler);
		if (demanded != null && !passed(request).contains(key(handler))) {
			RequestSessions.require(request).login().requireFresh(request.getRemoteUser(), demanded);
			passed(request).add(key(handler));
		}
		return true;
	}

	/** The handlers that the request was let through to. */
	@SuppressWarnings("unchecked")
	private static Set<Object> passed(HttpServletRequest request) {
		Set<Object> passed = (Set<Object>) request.getAttribute(PASSED);
		if (passed == null) {
			passed = new HashSet<>();
			request.setAttribute(PASSED, passed);
		}
		return passed;
	}

	/**
	 * How old the login may be for a handler.
	 * @param handler a handler of Spring MVC
	 * @return the age, or {@code null} if it may have any, or none
	 * @throws IllegalStateException if the handler's annotation makes no sense
	 */
	public @Nullable Duration demanded(Object handler) {
		Object key = key(handler);
		Optional<Duration> known = this.demands.get(key);
		if (known == null) {
			known = Optional.ofNullable(annotation(handler)).map((annotation) -> parse(annotation.value(), handler));
			this.demands.put(key, known);
		}
		return known.orElse(null);
	}

	private static Object key(Object handler) {
		return (handler instanceof HandlerMethod method) ? new MethodClassKey(method.getMethod(), method.getBeanType())
				: handler.getClass();
	}

	private static @Nullable FreshLogin annotation(Object handler) {
		if (!(handler instanceof HandlerMethod method)) {
			return AnnotatedElementUtils.findMergedAnnotation(ClassUtils.getUserClass(handler), FreshLogin.class);
		}
		FreshLogin annotation = AnnotatedElementUtils.findMergedAnnotation(method.getMethod(), FreshLogin.class);
		return (annotation != null) ? annotation
				: AnnotatedElementUtils.findMergedAnnotation(method.getBeanType(), FreshLogin.class);
	}

	static Duration parse(String text, Object handler) {
		String trimmed = text.trim();
		try {
			// Spring would take a number without a unit for milliseconds, which nobody
			// means here.
			Duration duration = trimmed.matches("[+-]?\\d*") ? Duration.ZERO
					: DurationFormatterUtils.detectAndParse(trimmed, DurationFormat.Unit.SECONDS);
			if (duration.compareTo(Duration.ZERO) > 0) {
				return duration;
			}
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalStateException(message(text, handler), ex);
		}
		throw new IllegalStateException(message(text, handler));
	}

	private static String message(String text, Object handler) {
		return "@FreshLogin(\"" + text + "\") at " + handler
				+ " is no length of time: write one with its unit, more than zero, as in \"5m\"";
	}

}
