package app.session.store.redis;

import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

import app.session.SessionStoreUnavailableException;
import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.RedisConnection;

/**
 * Commands and scripts on one key, bytes in and bytes out, each one round trip. Safe for
 * use by many threads.
 */
final class RedisCalls {

	/**
	 * What a key holds that is no string: no value of ours is empty.
	 */
	private static final byte[] OTHER_TYPE = new byte[0];

	private final RedisConnections connections;

	RedisCalls(RedisConnections connections) {
		this.connections = connections;
	}

	/**
	 * Reads a value.
	 * @param task what it is for, for the message
	 * @return the value, empty if it is no string, or {@code null} if there is none
	 */
	byte @Nullable [] get(Supplier<String> task, byte[] key) {
		return (byte[]) call(task, false, (connection) -> connection.stringCommands().get(key));
	}

	/**
	 * Reads a hash.
	 * @param task what it is for, for the message
	 * @return its fields, empty if there is none, or what is there is no hash
	 */
	@SuppressWarnings("unchecked")
	Map<byte[], byte[]> hash(Supplier<String> task, byte[] key) {
		Object fields = call(task, false, (connection) -> connection.hashCommands().hGetAll(key));
		return (fields instanceof Map<?, ?>) ? (Map<byte[], byte[]>) fields : Map.of();
	}

	/**
	 * The first byte of a value.
	 * @return an array of one byte or none
	 */
	byte @Nullable [] getFirstByte(Supplier<String> task, byte[] key) {
		return (byte[]) call(task, false, (connection) -> connection.stringCommands().getRange(key, 0, 0));
	}

	/**
	 * Removes a key.
	 * @return whether there was one
	 */
	boolean delete(Supplier<String> task, byte[] key) {
		return Long.valueOf(1).equals(call(task, true, (connection) -> connection.keyCommands().del(key)));
	}

	/**
	 * Runs a script that decides something.
	 * @return {@code true} if it answered 1
	 */
	boolean decide(Supplier<String> task, Script script, byte[] key, byte[]... args) {
		return Long.valueOf(1).equals(run(task, script, key, args));
	}

	/**
	 * Runs a script that answers a value.
	 * @return the value, empty if the key holds no string, or {@code null} for none
	 */
	byte @Nullable [] answer(Supplier<String> task, Script script, byte[] key, byte[]... args) {
		return (byte[]) run(task, script, key, args);
	}

	private @Nullable Object run(Supplier<String> task, Script script, byte[] key, byte[]... args) {
		byte[][] keyAndArgs = new byte[args.length + 1][];
		keyAndArgs[0] = key;
		System.arraycopy(args, 0, keyAndArgs, 1, args.length);
		return call(task, true, (connection) -> {
			try {
				return connection.scriptingCommands().evalSha(script.digest(), script.returnType(), 1, keyAndArgs);
			}
			catch (RuntimeException ex) {
				if (!StoreErrors.isNoScript(ex)) {
					throw ex;
				}
				// This server sees it for the first time, or was told to forget it
				return connection.scriptingCommands().eval(script.source(), script.returnType(), 1, keyAndArgs);
			}
		});
	}

	private @Nullable Object call(Supplier<String> task, boolean writes,
			Function<RedisConnection, @Nullable Object> command) {
		try (RedisConnection connection = open(task)) {
			return command.apply(connection);
		}
		catch (SessionStoreUnavailableException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			if (StoreErrors.isWrongType(ex)) {
				return OTHER_TYPE;
			}
			if (StoreErrors.isOfConnection(ex)) {
				this.connections.failed();
			}
			throw StoreErrors.translate(ex, writes, task.get());
		}
	}

	private RedisConnection open(Supplier<String> task) {
		try {
			return this.connections.open();
		}
		catch (RuntimeException ex) {
			throw StoreErrors.unavailable(ex, task.get());
		}
	}

}
