package app.session.codec;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * The stored form of one attribute: a tag byte and its payload. Equal if the bytes are
 * equal, so two values can be compared without being decoded. Immutable: the array behind
 * it, which may be that of a whole session, is never written to. {@code toString} shows
 * the size alone.
 */
public final class EncodedValue {

	private final byte[] source;

	private final int offset;

	private final int length;

	/**
	 * A value that is a part of an array, which nobody may write to from now on.
	 * @param source the array
	 * @param offset where the tag is
	 * @param length tag and payload, at least 1
	 */
	EncodedValue(byte[] source, int offset, int length) {
		if (length < 1 || offset < 0 || offset > source.length - length) {
			throw new IllegalArgumentException("A value is a tag byte at least");
		}
		this.source = source;
		this.offset = offset;
		this.length = length;
	}

	/**
	 * The number of bytes, the tag among them.
	 * @return 1 or more
	 */
	public int size() {
		return this.length;
	}

	/**
	 * The tag and the payload.
	 * @return a new array
	 */
	public byte[] toByteArray() {
		return Arrays.copyOfRange(this.source, this.offset, this.offset + this.length);
	}

	byte[] source() {
		return this.source;
	}

	byte tagCode() {
		return this.source[this.offset];
	}

	int payloadOffset() {
		return this.offset + 1;
	}

	int payloadLength() {
		return this.length - 1;
	}

	void copyTo(byte[] target, int position) {
		System.arraycopy(this.source, this.offset, target, position, this.length);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return this == other || other instanceof EncodedValue that && Arrays.equals(this.source, this.offset,
				this.offset + this.length, that.source, that.offset, that.offset + that.length);
	}

	@Override
	public int hashCode() {
		int hash = 1;
		for (int i = this.offset; i < this.offset + this.length; i++) {
			hash = 31 * hash + this.source[i];
		}
		return hash;
	}

	@Override
	public String toString() {
		return "EncodedValue[" + this.length + " bytes]";
	}

}
