package app.session.store.cookie;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

import org.jspecify.annotations.Nullable;

/**
 * DEFLATE without a header (RFC 1951), never of more than a number of bytes: what is
 * small here may say that it is as large as the heap. Thread-safe.
 *
 * @param limit how many bytes uncompressed data may have
 */
record Compression(int limit) {

	private static final int BUFFER = 1024;

	/**
	 * Compresses data.
	 * @return less than the data, or {@code null} if that can't be
	 */
	byte @Nullable [] deflate(byte[] data) {
		if (data.length > this.limit) {
			return null;
		}
		Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
		try {
			deflater.setInput(data);
			deflater.finish();
			byte[] target = new byte[data.length];
			int length = deflater.deflate(target);
			return (deflater.finished() && length < data.length) ? Arrays.copyOf(target, length) : null;
		}
		finally {
			deflater.end();
		}
	}

	/**
	 * Makes of compressed data what it was.
	 * @return the data, or {@code null} if the source is not exactly what
	 * {@link #deflate} makes, or the data is beyond the limit
	 */
	byte @Nullable [] inflate(byte[] source) {
		Inflater inflater = new Inflater(true);
		try {
			inflater.setInput(source);
			ByteArrayOutputStream data = new ByteArrayOutputStream(2 * source.length);
			byte[] buffer = new byte[BUFFER];
			while (!inflater.finished()) {
				int length = inflater.inflate(buffer);
				if (length == 0 || data.size() + length > this.limit) {
					return null;
				}
				data.write(buffer, 0, length);
			}
			return (inflater.getRemaining() == 0) ? data.toByteArray() : null;
		}
		catch (DataFormatException ex) {
			return null;
		}
		finally {
			inflater.end();
		}
	}

}
