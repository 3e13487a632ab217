package app.session.codec;

import org.jspecify.annotations.Nullable;

/**
 * How the payload of an attribute is to be read: the byte in front of it. The numbers are
 * stored, so they never change; 0 stays free, as zeroed memory is not a value.
 */
enum Tag {

	/** {@code false}, without payload. */
	FALSE(1, false),

	/** {@code true}, without payload. */
	TRUE(2, false),

	/** A {@link Byte} as a zigzag varint. */
	BYTE(3, true),

	/** A {@link Short} as a zigzag varint. */
	SHORT(4, true),

	/** An {@link Integer} as a zigzag varint. */
	INT(5, true),

	/** A {@link Long} as a zigzag varint. */
	LONG(6, true),

	/** A {@link Float}, its 4 bytes, the highest first. */
	FLOAT(7, false),

	/** A {@link Double}, its 8 bytes, the highest first. */
	DOUBLE(8, false),

	/** A {@link Character}, its 2 bytes, the highest first. */
	CHAR(9, false),

	/** A {@link String} in UTF-8. */
	STRING(10, false),

	/** A {@code byte[]} as it is. */
	BYTES(11, false),

	/** Anything else, as JSON in UTF-8. */
	JSON(12, false),

	/**
	 * What came without a declared type, as JSON in UTF-8 that names its classes: an
	 * object has the class in its first property {@code @class}, anything else that JSON
	 * does not tell by itself is {@code ["class", value]}. See {@link TypeIds}.
	 */
	TYPED(13, false);

	private static final Tag[] TAGS = values();

	final byte code;

	final boolean integer;

	Tag(int code, boolean integer) {
		this.code = (byte) code;
		this.integer = integer;
	}

	/**
	 * The tag of a stored byte.
	 * @param code the byte
	 * @return the tag, or {@code null} if there is none of this number
	 */
	static @Nullable Tag of(byte code) {
		return (code >= 1 && code <= TAGS.length) ? TAGS[code - 1] : null;
	}

}
