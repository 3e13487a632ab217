package app.session.codec;

import java.util.Arrays;

import app.session.AttributeNotStorableException;
import org.jspecify.annotations.Nullable;

/**
 * The values that are written without JSON: what sessions mostly hold, in about a
 * hundredth of the time, and with the type they had.
 */
final class RawCodec {

	private RawCodec() {
	}

	/**
	 * Encodes a value.
	 * @param name the attribute, for the error
	 * @param value the value
	 * @return its bytes, or {@code null} if it has to be JSON
	 */
	static @Nullable EncodedValue write(String name, Object value) {
		if (value instanceof String text) {
			return writeString(name, text);
		}
		if (value instanceof Long number) {
			return writeInteger(Tag.LONG, number);
		}
		if (value instanceof Integer number) {
			return writeInteger(Tag.INT, number);
		}
		if (value instanceof Boolean flag) {
			return of(new byte[] { flag ? Tag.TRUE.code : Tag.FALSE.code });
		}
		if (value instanceof Double number) {
			return writeBits(Tag.DOUBLE, Double.doubleToRawLongBits(number), Double.BYTES);
		}
		if (value instanceof byte[] bytes) {
			return writeBytes(Tag.BYTES, bytes);
		}
		return writeSmall(value);
	}

	private static @Nullable EncodedValue writeSmall(Object value) {
		if (value instanceof Short number) {
			return writeInteger(Tag.SHORT, number);
		}
		if (value instanceof Byte number) {
			return writeInteger(Tag.BYTE, number);
		}
		if (value instanceof Float number) {
			return writeBits(Tag.FLOAT, Float.floatToRawIntBits(number), Float.BYTES);
		}
		if (value instanceof Character character) {
			return writeBits(Tag.CHAR, character, Character.BYTES);
		}
		return null;
	}

	private static EncodedValue writeString(String name, String text) {
		byte[] bytes = Utf8.encode(text);
		if (bytes == null) {
			throw new AttributeNotStorableException(name, "the text holds half of a surrogate pair", null);
		}
		return writeBytes(Tag.STRING, bytes);
	}

	static EncodedValue writeBytes(Tag tag, byte[] payload) {
		byte[] bytes = new byte[payload.length + 1];
		bytes[0] = tag.code;
		System.arraycopy(payload, 0, bytes, 1, payload.length);
		return of(bytes);
	}

	static EncodedValue writeInteger(Tag tag, long number) {
		long folded = Varint.zigzag(number);
		byte[] bytes = new byte[1 + Varint.size(folded)];
		bytes[0] = tag.code;
		Varint.write(folded, bytes, 1);
		return of(bytes);
	}

	private static EncodedValue writeBits(Tag tag, long bits, int size) {
		byte[] bytes = new byte[1 + size];
		bytes[0] = tag.code;
		for (int i = 1; i <= size; i++) {
			bytes[i] = (byte) (bits >>> (8 * (size - i)));
		}
		return of(bytes);
	}

	private static EncodedValue of(byte[] bytes) {
		return new EncodedValue(bytes, 0, bytes.length);
	}

	/**
	 * Decodes a value to the type it had.
	 * @param tag its tag, any but {@link Tag#JSON} and {@link Tag#TYPED}
	 * @param value its bytes
	 * @return the value
	 * @throws UnreadableValueException if the bytes are not such a value
	 */
	static Object read(Tag tag, EncodedValue value) {
		return switch (tag) {
			case FALSE, TRUE -> {
				require(value, 0);
				yield tag == Tag.TRUE;
			}
			case BYTE -> (byte) readInteger(value, Byte.MIN_VALUE, Byte.MAX_VALUE);
			case SHORT -> (short) readInteger(value, Short.MIN_VALUE, Short.MAX_VALUE);
			case INT -> (int) readInteger(value, Integer.MIN_VALUE, Integer.MAX_VALUE);
			case LONG -> readInteger(value, Long.MIN_VALUE, Long.MAX_VALUE);
			case FLOAT -> Float.intBitsToFloat((int) readBits(value, Float.BYTES));
			case DOUBLE -> Double.longBitsToDouble(readBits(value, Double.BYTES));
			case CHAR -> (char) readBits(value, Character.BYTES);
			case STRING -> readString(value);
			case BYTES -> Arrays.copyOfRange(value.source(), value.payloadOffset(),
					value.payloadOffset() + value.payloadLength());
			case JSON, TYPED -> throw new IllegalArgumentException("JSON is not raw");
		};
	}

	static long readInteger(EncodedValue value, long min, long max) {
		int from = value.payloadOffset();
		long number = Varint.unzigzag(Varint.readAll(value.source(), from, from + value.payloadLength()));
		if (number < min || number > max) {
			throw new UnreadableValueException("The value is stored as an integer that is too large for its type");
		}
		return number;
	}

	private static String readString(EncodedValue value) {
		String text = Utf8.decode(value.source(), value.payloadOffset(), value.payloadLength());
		if (text == null) {
			throw new UnreadableValueException("The value is stored as text that is not UTF-8");
		}
		return text;
	}

	private static long readBits(EncodedValue value, int size) {
		require(value, size);
		long bits = 0;
		for (int i = 0; i < size; i++) {
			bits = (bits << 8) | (value.source()[value.payloadOffset() + i] & 0xFF);
		}
		return bits;
	}

	private static void require(EncodedValue value, int size) {
		if (value.payloadLength() != size) {
			throw new UnreadableValueException("The value is stored with the wrong length for its type");
		}
	}

}
