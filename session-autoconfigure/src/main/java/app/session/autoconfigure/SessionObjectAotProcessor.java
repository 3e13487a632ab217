package app.session.autoconfigure;

import java.lang.reflect.Method;
import java.util.LinkedHashSet;
import java.util.Set;

import app.session.web.SessionArgument;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.stereotype.Controller;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Makes the application's own forms of the session known to a native image, where they
 * are a controller's arguments.
 */
final class SessionObjectAotProcessor implements BeanRegistrationAotProcessor {

	private static final boolean SPRING_WEB = ClassUtils.isPresent(
			"org.springframework.web.method.support.HandlerMethodArgumentResolver",
			SessionObjectAotProcessor.class.getClassLoader());

	@Override
	public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean bean) {
		Class<?> type = ClassUtils.getUserClass(bean.getBeanClass());
		if (!SPRING_WEB || !AnnotatedElementUtils.hasAnnotation(type, Controller.class)) {
			return null;
		}
		Set<Class<?>> objects = new LinkedHashSet<>();
		ReflectionUtils.doWithMethods(type, (method) -> addObjects(method, objects),
				ReflectionUtils.USER_DECLARED_METHODS);
		return objects.isEmpty() ? null : (context, code) -> new BindingReflectionHintsRegistrar()
			.registerReflectionHints(context.getRuntimeHints().reflection(), objects.toArray(Class<?>[]::new));
	}

	private static void addObjects(Method method, Set<Class<?>> objects) {
		for (int i = 0; i < method.getParameterCount(); i++) {
			SessionArgument argument = SessionArgument.of(new MethodParameter(method, i));
			if (argument != null && argument.isObject()) {
				objects.add(argument.type());
			}
		}
	}

}
