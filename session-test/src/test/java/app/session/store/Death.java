package app.session.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * Of a node. Whoever it strikes does nothing more, not even clear up.
 */
final class Death {

	int stepsLeft = Integer.MAX_VALUE;

	boolean dead;

	<T> T in(Class<T> type, T store) {
		return type
			.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, (proxy, method, arguments) -> {
				step();
				try {
					Object answer = method.invoke(store, arguments);
					step();
					return answer;
				}
				catch (InvocationTargetException ex) {
					throw ex.getCause();
				}
			}));
	}

	private void step() {
		if (this.dead || this.stepsLeft-- == 0) {
			this.dead = true;
			throw new NodeDied();
		}
	}

	static final class NodeDied extends Error {

		private static final long serialVersionUID = 1L;

	}

}
