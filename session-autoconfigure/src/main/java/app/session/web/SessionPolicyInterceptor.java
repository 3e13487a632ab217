package app.session.web;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import app.session.SessionPolicy;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Tells a request's session of its handler's {@link SessionPolicy}: the one at the
 * method, or else that at its class.
 * <p>
 * It releases nothing. The turn of a {@link SessionPolicy.Mode#SERIALIZED} request is
 * given back by the filter when the changes have been saved; to do it when the handler
 * returns would let the next request read what this one has yet to write.
 * <p>
 * Spring MVC calls it again when a request is dispatched again (asynchronous results,
 * forwards, error pages); a rule that is in force already changes nothing.
 */
public final class SessionPolicyInterceptor implements HandlerInterceptor {

	private final Map<Handler, Optional<PolicyRule>> rules = new ConcurrentHashMap<>();

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
		if (handler instanceof HandlerMethod method) {
			PolicyRule rule = rule(method);
			if (rule != null && request.getAttribute(SessionExchange.ATTRIBUTE) instanceof SessionExchange exchange) {
				exchange.session().apply(rule);
			}
		}
		return true;
	}

	@Nullable PolicyRule rule(HandlerMethod method) {
		Handler handler = new Handler(method.getBeanType(), method.getMethod());
		return this.rules.computeIfAbsent(handler, Handler::rule).orElse(null);
	}

	private record Handler(Class<?> type, Method method) {

		Optional<PolicyRule> rule() {
			SessionPolicy policy = AnnotatedElementUtils.findMergedAnnotation(this.method, SessionPolicy.class);
			if (policy == null) {
				policy = AnnotatedElementUtils.findMergedAnnotation(this.type, SessionPolicy.class);
			}
			return Optional.ofNullable(policy).map(PolicyRule::of);
		}

	}

}
