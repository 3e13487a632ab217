package app.session.store.redis;

/**
 * The scripts on a record, in Redis's Lua. Each touches the one key it is given.
 * <p>
 * They reckon in milliseconds of the server's own clock ({@code TIME}); a Redis from 5 on
 * replicates what a script did and not the script, so replicas need not agree on the
 * time.
 */
final class RecordScripts {

	private static final String FUNCTIONS = """
			local function number(bytes, at)
			  return (struct.unpack('>I8', bytes, at))
			end
			local function bytes(number)
			  return struct.pack('>I8', number)
			end
			local function clock()
			  local time = redis.call('TIME')
			  return time[1] * 1000 + math.floor(time[2] / 1000)
			end
			local function readable(header, length)
			  if #header < 110 or header:byte(1) ~= 1 then
			    return false
			  end
			  for at = 2, 34, 8 do
			    if header:byte(at) ~= 0 or header:byte(at + 1) > 15 then
			      return false
			    end
			  end
			  local writers = header:byte(74)
			  local principal = struct.unpack('>I4', header, 107)
			  return number(header, 2) > 0 and writers > 0 and writers < 5
			    and length >= 110 + math.max(0, principal - 1)
			end
			local function touch(key, header)
			  local now = clock()
			  local access = math.max(now, number(header, 18))
			  local ending = math.min(access + number(header, 26), number(header, 10) + number(header, 34))
			  if ending <= now then
			    return false
			  end
			  redis.call('SETRANGE', key, 17, bytes(access))
			  redis.call('PEXPIREAT', key, ending)
			  return true
			end
			""";

	/**
	 * {@code ARGV}: what stands before the times, what stands after them, and how long
	 * ago the session was created.
	 */
	static final Script CREATE = Script.deciding(FUNCTIONS + """
			local now = clock()
			local age = number(ARGV[3], 1)
			local ending = now + math.max(1, math.min(number(ARGV[2], 1), number(ARGV[2], 9) - age))
			local times = bytes(now - age) .. bytes(now)
			if redis.call('SET', KEYS[1], ARGV[1] .. times .. ARGV[2], 'NX', 'PXAT', ending) then
			  return 1
			end
			return 0
			""");

	/**
	 * {@code ARGV}: what stands before the times, what stands after them, and how the
	 * value that is replaced begins. If it does, it is the one that the caller has read,
	 * and nothing else has to be looked at; if not, all that is left to know is whether
	 * this writer has been here before.
	 */
	static final Script UPDATE = Script.deciding("""
			local header = redis.call('GETRANGE', KEYS[1], 0, 109)
			if #header == 110 and header:sub(1, 9) == ARGV[3] then
			  local created, access = struct.unpack('>I8I8', header, 10)
			  local idle, lifetime = struct.unpack('>I8I8', ARGV[2])
			  local time = redis.call('TIME')
			  local now = time[1] * 1000 + math.floor(time[2] / 1000)
			  access = math.max(now, access)
			  local ending = math.min(access + idle, created + lifetime)
			  if ending <= now then
			    return 0
			  end
			  redis.call('SET', KEYS[1], ARGV[1] .. struct.pack('>I8I8', created, access) .. ARGV[2], 'PXAT', ending)
			  return 1
			end
			""" + FUNCTIONS + """
			if not readable(header, redis.call('STRLEN', KEYS[1])) then
			  return 0
			end
			local writer = ARGV[2]:sub(50, 57)
			for i = 0, header:byte(74) - 1 do
			  if header:sub(75 + 8 * i, 82 + 8 * i) == writer then
			    return 1
			  end
			end
			return 0
			""");

	static final Script TOUCH = Script.deciding(FUNCTIONS + """
			local header = redis.call('GETRANGE', KEYS[1], 0, 109)
			if readable(header, redis.call('STRLEN', KEYS[1])) and touch(KEYS[1], header) then
			  return 1
			end
			return 0
			""");

	/**
	 * Answers the value as it was before, also one that it can't read.
	 */
	static final Script FIND_AND_TOUCH = Script.answering(FUNCTIONS + """
			local value = redis.call('GET', KEYS[1])
			if value and readable(value, #value) and not touch(KEYS[1], value) then
			  return false
			end
			return value
			""");

	private RecordScripts() {
	}

}
