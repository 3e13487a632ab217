package app.session.web;

import java.lang.annotation.Annotation;
import java.util.Optional;

import app.session.Session;
import app.session.SessionObject;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * What a handler's parameter asks for.
 *
 * @param type {@link Session}, or the class of the application's own form of it
 * @param wrapped whether it is an {@link Optional} of that
 * @param optional whether the handler can do without
 */
public record SessionArgument(Class<?> type, boolean wrapped, boolean optional) {

	/**
	 * What a parameter asks for.
	 * @param parameter a parameter of a handler method
	 * @return the argument, or {@code null} if it has nothing to do with the session
	 */
	public static @Nullable SessionArgument of(MethodParameter parameter) {
		boolean wrapped = parameter.getParameterType() == Optional.class;
		Class<?> type = wrapped ? parameter.nested().getNestedParameterType() : parameter.getParameterType();
		if (type == Session.class || isSessionObject(parameter, type)) {
			return new SessionArgument(type, wrapped, parameter.isOptional());
		}
		return null;
	}

	private static boolean isSessionObject(MethodParameter parameter, Class<?> type) {
		for (Annotation annotation : parameter.getParameterAnnotations()) {
			if (annotation instanceof SessionObject) {
				return true;
			}
		}
		return AnnotatedElementUtils.hasAnnotation(type, SessionObject.class);
	}

	/**
	 * Whether it is the application's own form of the session.
	 * @return {@code false} for the session itself
	 */
	public boolean isObject() {
		return this.type != Session.class;
	}

}
