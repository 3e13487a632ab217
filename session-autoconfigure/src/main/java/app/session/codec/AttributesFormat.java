package app.session.codec;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The data of a stored session: its own settings, its login and its attributes, each of
 * them still encoded, so that one that can't be read costs itself alone.
 *
 * <table>
 * <caption>The bytes, in this order</caption>
 * <tr>
 * <th>part</th>
 * <th>bytes</th>
 * <th>meaning</th>
 * </tr>
 * <tr>
 * <td>version</td>
 * <td>1</td>
 * <td>1</td>
 * </tr>
 * <tr>
 * <td>flags</td>
 * <td>1</td>
 * <td>bit 0: a timeout follows; bit 1: a cookie lifetime follows; bit 2: the time of the
 * login follows; bit 3: the client's address; bit 4: its user agent; the others are
 * 0</td>
 * </tr>
 * <tr>
 * <td>timeout</td>
 * <td>0 or varint</td>
 * <td>milliseconds</td>
 * </tr>
 * <tr>
 * <td>cookie lifetime</td>
 * <td>0 or varint</td>
 * <td>milliseconds</td>
 * </tr>
 * <tr>
 * <td>time of the login</td>
 * <td>0 or varint</td>
 * <td>milliseconds since 1970, zigzag</td>
 * </tr>
 * <tr>
 * <td>client's address</td>
 * <td>0 or varint + n</td>
 * <td>its length in bytes, then UTF-8</td>
 * </tr>
 * <tr>
 * <td>client's user agent</td>
 * <td>0 or varint + n</td>
 * <td>its length in bytes, then UTF-8</td>
 * </tr>
 * <tr>
 * <td>then for each attribute, to the end:</td>
 * <td></td>
 * <td></td>
 * </tr>
 * <tr>
 * <td>name</td>
 * <td>varint + n</td>
 * <td>its length in bytes, then UTF-8; no name comes twice</td>
 * </tr>
 * <tr>
 * <td>value</td>
 * <td>varint + n</td>
 * <td>its length in bytes, 1 or more, then the tag and the payload</td>
 * </tr>
 * </table>
 *
 * A varint is unsigned, seven bits a byte, the lowest first, in its shortest form, as in
 * Protocol Buffers. There is exactly one form for the same content. Safe for use by
 * several threads.
 */
public final class AttributesFormat {

	private static final int VERSION = 1;

	private static final int HAS_TIMEOUT = 1;

	private static final int HAS_COOKIE_MAX_AGE = 2;

	private static final int HAS_LOGIN = 4;

	private static final int HAS_ADDRESS = 8;

	private static final int HAS_USER_AGENT = 16;

	private static final int KNOWN_FLAGS = 31;

	private AttributesFormat() {
	}

	/**
	 * Reads the data of a session. The values stay parts of the array, which must not be
	 * written to any more.
	 * @param data what {@link #write} made
	 * @return its content, the attributes in the order they were written
	 * @throws UnreadableDataException if the data is not of this format
	 */
	public static StoredAttributes read(byte[] data) {
		Varint.Reader reader = new Varint.Reader(data, 0, data.length);
		int flags = readFlags(reader);
		Duration timeout = readDuration(reader, (flags & HAS_TIMEOUT) != 0);
		Duration cookieMaxAge = readDuration(reader, (flags & HAS_COOKIE_MAX_AGE) != 0);
		StoredLogin login = readLogin(data, reader, flags);
		Map<String, EncodedValue> values = new LinkedHashMap<>();
		while (reader.remaining() > 0) {
			String name = readText(data, reader);
			int length = reader.nextLength();
			if (length == 0) {
				throw new UnreadableDataException("an attribute in it is malformed");
			}
			if (values.put(name, new EncodedValue(data, reader.skip(length), length)) != null) {
				throw new UnreadableDataException("an attribute in it comes twice");
			}
		}
		return new StoredAttributes(timeout, cookieMaxAge, login, values);
	}

	/**
	 * Reads of the data of a session only what precedes the attributes: when and from
	 * where its login was made.
	 * @param data what {@link #write} made
	 * @return the login, or {@code null} if there is none
	 * @throws UnreadableDataException if the data is not of this format, as far as it is
	 * read
	 */
	public static @Nullable StoredLogin readLogin(byte[] data) {
		Varint.Reader reader = new Varint.Reader(data, 0, data.length);
		int flags = readFlags(reader);
		readDuration(reader, (flags & HAS_TIMEOUT) != 0);
		readDuration(reader, (flags & HAS_COOKIE_MAX_AGE) != 0);
		return readLogin(data, reader, flags);
	}

	private static int readFlags(Varint.Reader reader) {
		int version = reader.nextByte();
		if (version != VERSION) {
			throw new UnreadableDataException("its format has the unknown version " + version);
		}
		int flags = reader.nextByte();
		if ((flags & ~KNOWN_FLAGS) != 0) {
			throw new UnreadableDataException("it has unknown flags");
		}
		return flags;
	}

	private static @Nullable StoredLogin readLogin(byte[] data, Varint.Reader reader, int flags) {
		if ((flags & (HAS_LOGIN | HAS_ADDRESS | HAS_USER_AGENT)) == 0) {
			return null;
		}
		Instant time = ((flags & HAS_LOGIN) != 0) ? Instant.ofEpochMilli(Varint.unzigzag(reader.next())) : null;
		String address = ((flags & HAS_ADDRESS) != 0) ? readText(data, reader) : null;
		String userAgent = ((flags & HAS_USER_AGENT) != 0) ? readText(data, reader) : null;
		return new StoredLogin(time, address, userAgent);
	}

	private static String readText(byte[] data, Varint.Reader reader) {
		int length = reader.nextLength();
		String text = Utf8.decode(data, reader.skip(length), length);
		if (text == null) {
			throw new UnreadableDataException("a text in it is malformed");
		}
		return text;
	}

	private static @Nullable Duration readDuration(Varint.Reader reader, boolean present) {
		if (!present) {
			return null;
		}
		long millis = reader.next();
		if (millis < 0) {
			throw new UnreadableDataException("a time in it is malformed");
		}
		return Duration.ofMillis(millis);
	}

	/**
	 * Writes the data of a session.
	 * @param attributes the content
	 * @return a new array
	 * @throws IllegalArgumentException if a time of its own is negative, or a name or
	 * what is known of the client holds half of a surrogate pair
	 */
	public static byte[] write(StoredAttributes attributes) {
		byte[] head = writeHead(attributes);
		byte[][] names = new byte[attributes.values().size()][];
		long size = head.length;
		int index = 0;
		for (Map.Entry<String, EncodedValue> attribute : attributes.values().entrySet()) {
			byte[] name = encode(attribute.getKey(), "An attribute's name");
			names[index++] = name;
			int length = attribute.getValue().size();
			size += Varint.size(name.length) + name.length + Varint.size(length) + length;
		}
		byte[] data = Arrays.copyOf(head, Math.toIntExact(size));
		int position = head.length;
		index = 0;
		for (EncodedValue value : attributes.values().values()) {
			position = writeBytes(names[index++], data, position);
			position = Varint.write(value.size(), data, position);
			value.copyTo(data, position);
			position += value.size();
		}
		return data;
	}

	/** What precedes the attributes. */
	private static byte[] writeHead(StoredAttributes attributes) {
		long timeout = millis(attributes.ownTimeout());
		long cookieMaxAge = millis(attributes.ownCookieMaxAge());
		StoredLogin login = attributes.lastLogin();
		Instant made = (login != null) ? login.time() : null;
		long time = (made != null) ? Varint.zigzag(made.toEpochMilli()) : 0;
		byte[] address = (login != null) ? encodeClient(login.address()) : null;
		byte[] userAgent = (login != null) ? encodeClient(login.userAgent()) : null;
		int size = 2 + durationSize(timeout) + durationSize(cookieMaxAge) + ((made != null) ? Varint.size(time) : 0)
				+ textSize(address) + textSize(userAgent);
		byte[] head = new byte[size];
		head[0] = VERSION;
		head[1] = (byte) (((timeout >= 0) ? HAS_TIMEOUT : 0) | ((cookieMaxAge >= 0) ? HAS_COOKIE_MAX_AGE : 0)
				| ((made != null) ? HAS_LOGIN : 0) | ((address != null) ? HAS_ADDRESS : 0)
				| ((userAgent != null) ? HAS_USER_AGENT : 0));
		int position = writeDuration(timeout, head, 2);
		position = writeDuration(cookieMaxAge, head, position);
		position = (made != null) ? Varint.write(time, head, position) : position;
		position = (address != null) ? writeBytes(address, head, position) : position;
		if (userAgent != null) {
			writeBytes(userAgent, head, position);
		}
		return head;
	}

	private static byte @Nullable [] encodeClient(@Nullable String text) {
		return (text != null) ? encode(text, "What is known of the client") : null;
	}

	private static byte[] encode(String text, String what) {
		byte[] bytes = Utf8.encode(text);
		if (bytes == null) {
			throw new IllegalArgumentException(what + " holds half of a surrogate pair");
		}
		return bytes;
	}

	private static int textSize(byte @Nullable [] text) {
		return (text != null) ? Varint.size(text.length) + text.length : 0;
	}

	private static int writeBytes(byte[] bytes, byte[] data, int position) {
		int start = Varint.write(bytes.length, data, position);
		System.arraycopy(bytes, 0, data, start, bytes.length);
		return start + bytes.length;
	}

	private static long millis(@Nullable Duration duration) {
		if (duration == null) {
			return -1;
		}
		if (duration.isNegative()) {
			throw new IllegalArgumentException("A session's own time is negative");
		}
		return duration.toMillis();
	}

	private static int durationSize(long millis) {
		return (millis >= 0) ? Varint.size(millis) : 0;
	}

	private static int writeDuration(long millis, byte[] data, int position) {
		return (millis >= 0) ? Varint.write(millis, data, position) : position;
	}

}
