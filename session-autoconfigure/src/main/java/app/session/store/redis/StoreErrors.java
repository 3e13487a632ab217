package app.session.store.redis;

import java.util.List;
import java.util.Set;

import app.session.SessionReplyLostException;
import app.session.SessionStoreUnavailableException;
import org.jspecify.annotations.Nullable;

/**
 * Tells what a failure of a driver means: whether a write may have been applied. Spring
 * Data's own exceptions do not tell (a connection refused and one that was reset are the
 * same to it), so the driver's are looked at, by name, since either driver may be
 * missing.
 */
final class StoreErrors {

	/** The server has answered: that it did not do it. */
	private static final Set<String> REFUSED = Set.of("io.lettuce.core.RedisCommandExecutionException",
			"redis.clients.jedis.exceptions.JedisDataException");

	/** Nothing was sent, since there was no connection. */
	private static final Set<String> NOT_CONNECTED = Set.of("io.lettuce.core.RedisConnectionException",
			"java.net.ConnectException", "java.net.UnknownHostException",
			"org.springframework.data.redis.connection.PoolException");

	/** Several attempts have failed, of which the cause tells the last alone. */
	private static final Set<String> SEVERAL = Set.of("redis.clients.jedis.exceptions.JedisClusterOperationException");

	/** The same, where a driver has no exception of its own for it. */
	private static final Set<String> NOT_SENT = Set.of("Currently not connected. Commands are rejected.",
			"Connection is closed", "Could not get a resource from the pool");

	private static final String NO_SOCKET = "Failed to connect to ";

	/** What a script is not permitted is told with the code of any error in it. */
	private static final List<String> NOT_PERMITTED = List.of("The user executing the script can't ",
			"ACL failure in script: ");

	private StoreErrors() {
	}

	/**
	 * Whether a server does not know a script by its digest.
	 */
	static boolean isNoScript(RuntimeException failure) {
		return answer(failure).startsWith("NOSCRIPT");
	}

	/**
	 * Whether there is something else than a string under the key: a command says so
	 * itself, in a script Redis 6 puts it into the middle.
	 */
	static boolean isWrongType(RuntimeException failure) {
		return answer(failure).contains("WRONGTYPE ");
	}

	/**
	 * A command that did not get through.
	 * @param failure the driver's failure
	 * @param writes whether the command changes something
	 * @param task what was asked, for the message
	 */
	static SessionStoreUnavailableException translate(RuntimeException failure, boolean writes, String task) {
		if (!writes || isNotApplied(failure)) {
			return unavailable(failure, task);
		}
		return new SessionReplyLostException("Redis was asked to " + task + " and its answer was lost", failure);
	}

	/**
	 * A command that was not sent.
	 */
	static SessionStoreUnavailableException unavailable(RuntimeException failure, String task) {
		String answer = answer(failure);
		return new SessionStoreUnavailableException(
				"Redis did not " + task + (answer.isEmpty() ? ", it was not reached" : ", it answered " + code(answer)),
				failure);
	}

	/**
	 * Whether it is a failure of the connection, and not an answer.
	 */
	static boolean isOfConnection(RuntimeException failure) {
		return find(failure, REFUSED) == null;
	}

	private static boolean isNotApplied(RuntimeException failure) {
		if (find(failure, SEVERAL) != null) {
			return false;
		}
		if (find(failure, REFUSED) != null || find(failure, NOT_CONNECTED) != null) {
			return true;
		}
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			String message = cause.getMessage();
			if (message != null && (NOT_SENT.contains(message) || message.startsWith(NO_SOCKET))) {
				return true;
			}
		}
		return false;
	}

	private static String answer(RuntimeException failure) {
		Throwable refusal = find(failure, REFUSED);
		return (refusal != null && refusal.getMessage() != null) ? refusal.getMessage() : "";
	}

	/** The first word: the rest may hold what is nobody's business. */
	private static String code(String answer) {
		if (NOT_PERMITTED.stream().anyMatch(answer::contains)) {
			return "NOPERM";
		}
		int end = answer.indexOf(' ');
		return (end > 0) ? answer.substring(0, end) : answer;
	}

	private static @Nullable Throwable find(Throwable failure, Set<String> types) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			for (Class<?> type = cause.getClass(); type != null; type = type.getSuperclass()) {
				if (types.contains(type.getName())) {
					return cause;
				}
			}
		}
		return null;
	}

}
