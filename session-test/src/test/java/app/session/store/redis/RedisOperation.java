package app.session.store.redis;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the store does, and what a server counts for it: the one command that came over
 * the wire, and those that a script called.
 */
public enum RedisOperation {

	/** A session is read. */
	FIND("get"),

	/** A session is read and touched. */
	FIND_AND_TOUCH("evalsha", "get", "time", "setrange", "pexpireat"),

	/** A session is stored for the first time. */
	CREATE("evalsha", "time", "set"),

	/** A session is written. */
	UPDATE("evalsha", "getrange", "time", "set"),

	/** The same in vain: somebody has written it before. */
	UPDATE_REFUSED("evalsha", "getrange", "strlen"),

	/** A session is touched. */
	TOUCH("evalsha", "getrange", "strlen", "time", "setrange", "pexpireat"),

	/** A session is deleted. */
	DELETE("del"),

	/** A principal's entry is read. */
	READ_ENTRY("get"),

	/** A principal's entry is written, or a lease is taken or kept. */
	WRITE_ENTRY("evalsha", "get", "set"),

	/** A lease is given back. */
	RELEASE("evalsha", "get", "del");

	private final List<String> commands;

	RedisOperation(String... commands) {
		this.commands = List.of(commands);
	}

	/**
	 * What a server counts for some of them.
	 */
	static Map<String, Long> commands(RedisOperation... operations) {
		Map<String, Long> sum = new TreeMap<>();
		for (RedisOperation operation : operations) {
			operation.commands.forEach((command) -> sum.merge(command, 1L, Long::sum));
		}
		return sum;
	}

}
