package app.session.store.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.stream.Stream;

import app.session.SessionReplyLostException;
import app.session.SessionStoreUnavailableException;
import app.session.codec.Utf8;
import app.session.store.TextRecords;
import org.jspecify.annotations.Nullable;

/**
 * Texts in Redis from 6.2 on, Valkey, or a Redis Cluster: one string each in UTF-8,
 * expired by Redis itself. Each operation is one command or one script on one key. Safe
 * for use by many threads and many nodes.
 * <p>
 * A user of Redis needs {@code get set del strlen pttl pexpire eval evalsha} on these
 * keys, and {@code scan} to count them.
 * <p>
 * No message names a key: another application's may be all it takes to use a session.
 */
public final class RedisTexts implements TextRecords, AutoCloseable {

	private final RedisConnections connections;

	private final RedisCalls calls;

	/**
	 * Creates it.
	 * @param connections its connections, which it closes
	 */
	public RedisTexts(RedisConnections connections) {
		this.connections = connections;
		this.calls = new RedisCalls(connections);
	}

	@Override
	public @Nullable String find(String key) {
		byte[] value = this.calls.get(() -> "read a session", bytes(key));
		// What holds no string answers like an empty one.
		return (value != null && value.length > 0) ? Utf8.decode(value, 0, value.length) : null;
	}

	@Override
	public boolean create(String key, String text, @Nullable Duration life) {
		return decide(() -> "create a session", TextScripts.CREATE, key, bytes(text), millis(life));
	}

	@Override
	public boolean replace(String key, String expected, String text, @Nullable Duration life) {
		return decide(() -> "write a session", TextScripts.REPLACE, key, bytes(text), millis(life), bytes(expected));
	}

	@Override
	public boolean extend(String key, Duration life) {
		return decide(() -> "touch a session", TextScripts.EXTEND, key, millis(life));
	}

	@Override
	public boolean delete(String key) {
		return this.calls.delete(() -> "delete a session", bytes(key));
	}

	@Override
	public boolean delete(String key, String expected) {
		return decide(() -> "delete a session as it was read", TextScripts.DELETE, key, bytes(expected));
	}

	/** A walk may come by a key twice while Redis resizes its table. */
	@Override
	public long count(String prefix) {
		try (Stream<byte[]> names = new RedisScan(this.connections).names(StoreKeys.pattern(bytes(prefix)))) {
			return names.map((name) -> new String(name, StandardCharsets.ISO_8859_1)).distinct().count();
		}
	}

	/**
	 * A text remembers no writers, so what may have been written must not be tried again.
	 */
	private boolean decide(Supplier<String> task, Script script, String key, byte[]... args) {
		try {
			return this.calls.decide(task, script, bytes(key), args);
		}
		catch (SessionReplyLostException ex) {
			Throwable[] errors = ex.getSuppressed();
			throw new SessionStoreUnavailableException(
					"Redis was asked to " + task.get()
							+ " and its answer was lost: nobody can tell whether it was done",
					(errors.length > 0) ? errors[0] : ex);
		}
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	/** To the millisecond, and no less than one, which Redis would take for an error. */
	private static byte[] millis(@Nullable Duration life) {
		return bytes((life != null) ? String.valueOf(Math.max(1, life.toMillis())) : "0");
	}

	/**
	 * Ends its connections.
	 */
	@Override
	public void close() {
		this.connections.close();
	}

}
