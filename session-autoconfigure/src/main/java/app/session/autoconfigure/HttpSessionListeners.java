package app.session.autoconfigure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EventListener;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import jakarta.servlet.http.HttpSessionAttributeListener;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;

import org.springframework.beans.BeanUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.web.server.servlet.WebListenerRegistrar;
import org.springframework.boot.web.servlet.ServletListenerRegistrationBean;
import org.springframework.util.ClassUtils;

/**
 * Finds the application's session listeners wherever Spring Boot looks for them: beans,
 * registration beans, and classes with {@code @WebListener} that
 * {@code @ServletComponentScan} found. Boot registers them with the container as well,
 * which tells of the container's own sessions: there are none.
 */
final class HttpSessionListeners {

	private static final List<Class<? extends EventListener>> TYPES = List.of(HttpSessionListener.class,
			HttpSessionAttributeListener.class, HttpSessionIdListener.class);

	private static final String WEB_LISTENER_REGISTRAR = "org.springframework.boot.web.server.servlet.WebListenerRegistrar";

	private final BeanFactory beans;

	private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

	private final List<EventListener> found = new ArrayList<>();

	private HttpSessionListeners(BeanFactory beans) {
		this.beans = beans;
	}

	/**
	 * The listeners: beans in their order, then those of registration beans in theirs,
	 * then annotated classes.
	 */
	static List<EventListener> find(BeanFactory beans) {
		HttpSessionListeners listeners = new HttpSessionListeners(beans);
		listeners.findBeans();
		// Without a server inside the application nothing else would make them either.
		if (ClassUtils.isPresent(WEB_LISTENER_REGISTRAR, HttpSessionListeners.class.getClassLoader())) {
			listeners.findAnnotated();
		}
		return listeners.found;
	}

	private void findBeans() {
		List<EventListener> registered = new ArrayList<>();
		this.beans.getBeanProvider(ServletListenerRegistrationBean.class).orderedStream().forEach((registration) -> {
			EventListener listener = registration.getListener();
			if (listener == null) {
				return;
			}
			if (registration.isEnabled()) {
				registered.add(listener);
			}
			else {
				// That is how an application turns a listener off that is a bean.
				this.seen.add(listener);
			}
		});
		TYPES.forEach((type) -> this.beans.getBeanProvider(type).orderedStream().forEach(this::add));
		registered.forEach(this::add);
	}

	private void add(EventListener listener) {
		if (isSessionListener(listener.getClass()) && this.seen.add(listener)) {
			this.found.add(listener);
		}
	}

	private static boolean isSessionListener(Class<?> type) {
		return TYPES.stream().anyMatch((wanted) -> wanted.isAssignableFrom(type));
	}

	/**
	 * The container has an object of its own of each, which it shows to nobody, so there
	 * is one more.
	 */
	private void findAnnotated() {
		List<String> names = new ArrayList<>();
		this.beans.getBeanProvider(WebListenerRegistrar.class)
			.orderedStream()
			.forEach((registrar) -> registrar.register((classNames) -> names.addAll(List.of(classNames))));
		Predicate<Class<?>> known = (type) -> this.found.stream()
			.anyMatch((listener) -> ClassUtils.getUserClass(listener) == type);
		for (String name : names) {
			Class<?> type = ClassUtils.resolveClassName(name, HttpSessionListeners.class.getClassLoader());
			if (isSessionListener(type) && !known.test(type)) {
				add((EventListener) BeanUtils.instantiateClass(type));
			}
		}
	}

}
