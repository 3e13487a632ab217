package app.session.store.redis;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

import app.session.store.SpringSessionRecords;
import org.jspecify.annotations.Nullable;

/**
 * What Spring Session has stored in Redis, by {@code RedisSessionRepository} or
 * {@code RedisIndexedSessionRepository}: a hash {@code <namespace>:sessions:<id>}, and of
 * the latter a key {@code <namespace>:sessions:expires:<id>} that expires before it. Safe
 * for use by many threads.
 * <p>
 * A user of Redis needs {@code hgetall del} on these keys, and {@code scan} to count
 * them. The sets of the indexed repository are left to it.
 */
public final class RedisSpringSessions implements SpringSessionRecords, AutoCloseable {

	private static final String ATTRIBUTE = "sessionAttr:";

	private final RedisConnections connections;

	private final RedisCalls calls;

	private final String records;

	private final String expiries;

	/**
	 * Creates it.
	 * @param connections its connections, which it closes
	 * @param namespace Spring Session's namespace, {@code spring:session} unless it is
	 * configured
	 */
	public RedisSpringSessions(RedisConnections connections, String namespace) {
		this.connections = connections;
		this.calls = new RedisCalls(connections);
		this.records = namespace + ":sessions:";
		this.expiries = this.records + "expires:";
	}

	@Override
	public @Nullable Fields find(String id) {
		Map<String, byte[]> fields = new LinkedHashMap<>();
		Map<String, byte[]> attributes = new LinkedHashMap<>();
		this.calls.hash(() -> "read a session of Spring Session", bytes(this.records + id)).forEach((field, value) -> {
			String name = new String(field, StandardCharsets.UTF_8);
			if (name.startsWith(ATTRIBUTE)) {
				attributes.put(name.substring(ATTRIBUTE.length()), value);
			}
			else {
				fields.put(name, value);
			}
		});
		return fields.isEmpty() ? null : new Fields(fields.get("creationTime"), fields.get("lastAccessedTime"),
				fields.get("maxInactiveInterval"), null, attributes);
	}

	/**
	 * The hash decides who it was. What else belongs to it expires by itself, if this
	 * ends in between.
	 */
	@Override
	public boolean delete(String id) {
		boolean deleted = this.calls.delete(() -> "delete a session of Spring Session", bytes(this.records + id));
		this.calls.delete(() -> "delete the expiry of a session of Spring Session", bytes(this.expiries + id));
		return deleted;
	}

	/** A walk may come by a key twice while Redis resizes its table. */
	@Override
	public long count() {
		try (Stream<byte[]> names = new RedisScan(this.connections).names(StoreKeys.pattern(bytes(this.records)))) {
			return names.map((name) -> new String(name, StandardCharsets.UTF_8))
				.filter((name) -> !name.startsWith(this.expiries))
				.distinct()
				.count();
		}
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * Ends its connections.
	 */
	@Override
	public void close() {
		this.connections.close();
	}

}
