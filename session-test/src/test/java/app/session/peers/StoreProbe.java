package app.session.peers;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

import app.session.SessionRepository;
import app.session.SessionStoreUnavailableException;
import app.session.http.Gates;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.util.ClassUtils;

/**
 * Stands before the application's store, whichever it is: writes down what it is asked
 * for, holds a call, or fails it, as a test says.
 */
final class StoreProbe implements BeanPostProcessor {

	private static final Set<String> OPERATIONS = Set.of("find", "findAndTouch", "create", "update", "touch", "delete");

	private final Gates gates;

	private final List<String> calls = new CopyOnWriteArrayList<>();

	private final AtomicReference<@Nullable Hold> hold = new AtomicReference<>();

	private volatile Set<String> failing = Set.of();

	StoreProbe(Gates gates) {
		this.gates = gates;
	}

	/** What the store was asked for since the last time. */
	List<String> takeCalls() {
		List<String> taken = List.copyOf(this.calls);
		this.calls.subList(0, taken.size()).clear();
		return taken;
	}

	/** Holds the next call of an operation at a gate, before the store has it. */
	void holdNext(String operation, String gate) {
		this.hold.set(new Hold(operation, gate));
	}

	/** Has the store not answer to some operations; to none without arguments. */
	void fail(String... operations) {
		this.failing = Set.of(operations);
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String name) {
		if (!(bean instanceof SessionRepository)) {
			return bean;
		}
		InvocationHandler handler = (proxy, method, arguments) -> call(bean, method, arguments);
		return Proxy.newProxyInstance(bean.getClass().getClassLoader(), ClassUtils.getAllInterfaces(bean), handler);
	}

	private Object call(Object store, Method method, Object[] arguments) throws Throwable {
		String operation = method.getName();
		if (OPERATIONS.contains(operation)) {
			this.calls.add(operation);
			Hold held = this.hold.get();
			if (held != null && held.operation().equals(operation) && this.hold.compareAndSet(held, null)) {
				this.gates.pass(held.gate());
			}
			if (this.failing.contains(operation)) {
				throw new SessionStoreUnavailableException("the address of the store", null);
			}
		}
		try {
			return method.invoke(store, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getCause();
		}
	}

	private record Hold(String operation, String gate) {
	}

}
