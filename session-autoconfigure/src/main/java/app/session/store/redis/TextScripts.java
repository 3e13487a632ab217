package app.session.store.redis;

/**
 * The scripts on a text that another application writes too, in Redis's Lua. Each touches
 * the one key it is given. A life is in milliseconds, 0 for one without end.
 */
final class TextScripts {

	private static final String FUNCTIONS = """
			local function set(key, text, life, ...)
			  if life ~= '0' then
			    return redis.call('SET', key, text, 'PX', life, ...)
			  end
			  return redis.call('SET', key, text, ...)
			end
			""";

	/**
	 * {@code ARGV}: the text and its life.
	 */
	static final Script CREATE = Script.deciding(FUNCTIONS + """
			if set(KEYS[1], ARGV[1], ARGV[2], 'NX') then
			  return 1
			end
			return 0
			""");

	/**
	 * {@code ARGV}: the text, its life, and the text that it takes the place of.
	 */
	static final Script REPLACE = Script.deciding(FUNCTIONS + """
			if redis.call('GET', KEYS[1]) == ARGV[3] then
			  set(KEYS[1], ARGV[1], ARGV[2])
			  return 1
			end
			return 0
			""");

	/**
	 * {@code ARGV}: the life. A text without end, whose {@code PTTL} is -1, keeps none.
	 */
	static final Script EXTEND = Script.deciding("""
			if redis.call('STRLEN', KEYS[1]) == 0 then
			  return 0
			end
			local left = redis.call('PTTL', KEYS[1])
			if left >= 0 and left < tonumber(ARGV[1]) then
			  redis.call('PEXPIRE', KEYS[1], ARGV[1])
			end
			return 1
			""");

	/**
	 * {@code ARGV}: the text that is removed.
	 */
	static final Script DELETE = Script.deciding("""
			if redis.call('GET', KEYS[1]) == ARGV[1] then
			  return redis.call('DEL', KEYS[1])
			end
			return 0
			""");

	private TextScripts() {
	}

}
