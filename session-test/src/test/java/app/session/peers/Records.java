package app.session.peers;

import app.session.server.RedisServers;
import org.jspecify.annotations.Nullable;

/**
 * What the applications in Node keep in the Redis that the tests share.
 */
final class Records {

	private Records() {
	}

	static @Nullable String get(String key) {
		return RedisServers.embedded().ask((commands) -> commands.get(key));
	}

	static void set(String key, String record) {
		RedisServers.embedded().ask((commands) -> commands.set(key, record));
	}

	/** The milliseconds until it ends, -1 if it never does. */
	static long lifetime(String key) {
		return RedisServers.embedded().ask((commands) -> commands.pttl(key));
	}

}
