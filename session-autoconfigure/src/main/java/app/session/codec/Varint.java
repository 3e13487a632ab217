package app.session.codec;

/**
 * Whole numbers in as few bytes as they need, as in Protocol Buffers: seven bits a byte,
 * the lowest first, the top bit set on all bytes but the last. Signed numbers are folded
 * first (zigzag), so that small negative ones stay short.
 */
final class Varint {

	/** The most bytes a {@code long} takes. */
	static final int MAX_BYTES = 10;

	private Varint() {
	}

	static long zigzag(long value) {
		return (value << 1) ^ (value >> 63);
	}

	static long unzigzag(long folded) {
		return (folded >>> 1) ^ -(folded & 1);
	}

	static int size(long value) {
		return (70 - Long.numberOfLeadingZeros(value | 1)) / 7;
	}

	/**
	 * Writes a number, taken as unsigned.
	 * @param value the number
	 * @param target where to
	 * @param position the first byte
	 * @return the position after it
	 */
	static int write(long value, byte[] target, int position) {
		int at = position;
		long rest = value;
		while ((rest & ~0x7FL) != 0) {
			target[at++] = (byte) (rest | 0x80);
			rest >>>= 7;
		}
		target[at++] = (byte) rest;
		return at;
	}

	/**
	 * Reads a number that has to fill a range exactly and in its shortest form.
	 * @param source where from
	 * @param from the first byte
	 * @param to the position after the last one
	 * @return the number
	 * @throws UnreadableValueException if it is not such a number
	 */
	static long readAll(byte[] source, int from, int to) {
		Reader reader = new Reader(source, from, to);
		try {
			long value = reader.next();
			if (reader.position() == to) {
				return value;
			}
		}
		catch (UnreadableDataException ex) {
			throw new UnreadableValueException("The value is stored as an integer that is none");
		}
		throw new UnreadableValueException("The value is stored as an integer that is none");
	}

	/**
	 * Reads numbers one after the other, never past the end.
	 */
	static final class Reader {

		private final byte[] source;

		private final int end;

		private int position;

		Reader(byte[] source, int position, int end) {
			this.source = source;
			this.position = position;
			this.end = end;
		}

		int position() {
			return this.position;
		}

		int remaining() {
			return this.end - this.position;
		}

		/**
		 * The next byte.
		 * @return the byte, 0 to 255
		 */
		int nextByte() {
			if (this.position >= this.end) {
				throw new UnreadableDataException("it ends too early");
			}
			return this.source[this.position++] & 0xFF;
		}

		/**
		 * The next number. Only its shortest form is taken, so that equal data has equal
		 * bytes.
		 * @return the number, unsigned
		 */
		long next() {
			long value = 0;
			for (int shift = 0; shift < 70; shift += 7) {
				int read = nextByte();
				value |= (long) (read & 0x7F) << shift;
				if (read < 0x80) {
					if (read == 0 && shift > 0 || shift == 63 && read > 1) {
						break;
					}
					return value;
				}
			}
			throw new UnreadableDataException("a number in it is malformed");
		}

		/**
		 * The next number as the length of what follows it.
		 * @return a length that is there
		 */
		int nextLength() {
			long length = next();
			if (length < 0 || length > remaining()) {
				throw new UnreadableDataException("it ends too early");
			}
			return (int) length;
		}

		/**
		 * Passes over bytes.
		 * @param length how many, at most what remains
		 * @return the position of the first
		 */
		int skip(int length) {
			int start = this.position;
			this.position += length;
			return start;
		}

	}

}
