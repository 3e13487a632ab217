package app.session.codec;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The data of a stored session: its own settings and its attributes, each of them still
 * encoded, so that one that can't be read costs itself alone.
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
 * <td>bit 0: a timeout follows; bit 1: a cookie lifetime follows; the others are 0</td>
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
		int version = reader.nextByte();
		if (version != VERSION) {
			throw new UnreadableDataException("its format has the unknown version " + version);
		}
		int flags = reader.nextByte();
		if ((flags & ~(HAS_TIMEOUT | HAS_COOKIE_MAX_AGE)) != 0) {
			throw new UnreadableDataException("it has unknown flags");
		}
		Duration timeout = ((flags & HAS_TIMEOUT) != 0) ? readDuration(reader) : null;
		Duration cookieMaxAge = ((flags & HAS_COOKIE_MAX_AGE) != 0) ? readDuration(reader) : null;
		Map<String, EncodedValue> values = new LinkedHashMap<>();
		while (reader.remaining() > 0) {
			int nameLength = reader.nextLength();
			String name = Utf8.decode(data, reader.skip(nameLength), nameLength);
			int length = reader.nextLength();
			if (name == null || length == 0) {
				throw new UnreadableDataException("an attribute in it is malformed");
			}
			if (values.put(name, new EncodedValue(data, reader.skip(length), length)) != null) {
				throw new UnreadableDataException("an attribute in it comes twice");
			}
		}
		return new StoredAttributes(timeout, cookieMaxAge, values);
	}

	private static Duration readDuration(Varint.Reader reader) {
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
	 * @throws IllegalArgumentException if a time is negative or a name holds half of a
	 * surrogate pair
	 */
	public static byte[] write(StoredAttributes attributes) {
		long timeout = millis(attributes.ownTimeout());
		long cookieMaxAge = millis(attributes.ownCookieMaxAge());
		byte[][] names = new byte[attributes.values().size()][];
		long size = 2L + durationSize(timeout) + durationSize(cookieMaxAge);
		int index = 0;
		for (Map.Entry<String, EncodedValue> attribute : attributes.values().entrySet()) {
			byte[] name = encodeName(attribute.getKey());
			names[index++] = name;
			int length = attribute.getValue().size();
			size += Varint.size(name.length) + name.length + Varint.size(length) + length;
		}
		byte[] data = new byte[Math.toIntExact(size)];
		data[0] = VERSION;
		data[1] = (byte) (((timeout >= 0) ? HAS_TIMEOUT : 0) | ((cookieMaxAge >= 0) ? HAS_COOKIE_MAX_AGE : 0));
		int position = writeDuration(timeout, data, 2);
		position = writeDuration(cookieMaxAge, data, position);
		index = 0;
		for (EncodedValue value : attributes.values().values()) {
			byte[] name = names[index++];
			position = Varint.write(name.length, data, position);
			System.arraycopy(name, 0, data, position, name.length);
			position = Varint.write(value.size(), data, position + name.length);
			value.copyTo(data, position);
			position += value.size();
		}
		return data;
	}

	private static byte[] encodeName(String name) {
		byte[] bytes = Utf8.encode(name);
		if (bytes == null) {
			throw new IllegalArgumentException("An attribute's name holds half of a surrogate pair");
		}
		return bytes;
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
