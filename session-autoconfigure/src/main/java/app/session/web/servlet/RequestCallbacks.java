package app.session.web.servlet;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import app.session.SessionKey;
import app.session.core.RequestSession;
import org.jspecify.annotations.Nullable;

/**
 * The destruction callbacks of one request's session: those that the node has, and those
 * that this request has set, which the node gets when the request is over and the session
 * is stored or not. So to set one needs nothing of the session.
 */
final class RequestCallbacks {

	private final RequestSession request;

	private final DestructionCallbacks node;

	private final Map<String, Object> set = new ConcurrentHashMap<>();

	RequestCallbacks(RequestSession request, DestructionCallbacks node) {
		this.request = request;
		this.node = node;
	}

	@Nullable Object find(String name) {
		Object callback = this.set.get(name);
		if (callback == null) {
			SessionKey key = keyOfKept();
			callback = (key != null) ? this.node.find(key, name) : null;
		}
		return callback;
	}

	/**
	 * Sets a callback.
	 * @return the one that this request has set before
	 */
	@Nullable Object put(String name, Object callback) {
		return this.set.put(name, callback);
	}

	/**
	 * Takes a callback out.
	 */
	@Nullable Object remove(String name) {
		Object callback = this.set.remove(name);
		SessionKey key = keyOfKept();
		Object kept = (key != null) ? this.node.remove(key, name) : null;
		return (callback != null) ? callback : kept;
	}

	/**
	 * The key, if the node has callbacks of the session. It is read for that: an id that
	 * was retired must not reach them.
	 */
	private @Nullable SessionKey keyOfKept() {
		SessionKey key = this.request.container().key();
		return (key != null && this.node.has(key) && this.request.exists()) ? key : null;
	}

	/**
	 * Takes all callbacks out, since the session ends.
	 * @param key its key, or {@code null} if it was never stored
	 */
	Map<String, Object> take(@Nullable SessionKey key) {
		Map<String, Object> all = (key != null) ? new HashMap<>(this.node.take(key)) : new HashMap<>();
		all.putAll(this.set);
		this.set.clear();
		return all;
	}

	/**
	 * Leaves the callbacks to the node.
	 * @param key the session's key
	 * @return those whose place they have taken
	 */
	Map<String, Object> leave(SessionKey key) {
		if (this.set.isEmpty()) {
			return Map.of();
		}
		Map<String, Object> replaced = this.node.add(key, Map.copyOf(this.set));
		this.set.clear();
		return replaced;
	}

}
