package app.session.web;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import app.session.SessionPolicy;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodClassKey;
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

	private final Map<MethodClassKey, Optional<PolicyRule>> rules = new ConcurrentHashMap<>();

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

	@Nullable PolicyRule rule(HandlerMethod handler) {
		MethodClassKey key = new MethodClassKey(handler.getMethod(), handler.getBeanType());
		Optional<PolicyRule> known = this.rules.get(key);
		if (known == null) {
			known = Optional.ofNullable(policy(handler)).map(PolicyRule::of);
			this.rules.put(key, known);
		}
		return known.orElse(null);
	}

	private static @Nullable SessionPolicy policy(HandlerMethod handler) {
		SessionPolicy policy = AnnotatedElementUtils.findMergedAnnotation(handler.getMethod(), SessionPolicy.class);
		return (policy != null) ? policy
				: AnnotatedElementUtils.findMergedAnnotation(handler.getBeanType(), SessionPolicy.class);
	}

}
