package app.session.crypto;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;

import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

/**
 * A file that holds its content under seal: in chunks, each encrypted and authenticated
 * by AES-256-GCM (NIST SP 800-38D), so it may be of any size. It is
 *
 * <pre>
 *  at  bytes
 *   0    1   version, 1
 *   1   32   salt
 *  33        the chunks: of 65,536 bytes each, the last of as many or fewer,
 *            encrypted, and a tag of 16 bytes behind each
 * </pre>
 *
 * Each file has a key of its own, {@code HKDF-Expand(purpose key, version | application |
 * salt)} (RFC 5869). A chunk's nonce is its number and whether it is the last (the STREAM
 * construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015), so chunks can be neither
 * exchanged nor left out, and a file that was cut short is refused. Thread-safe.
 */
public final class SealedFile {

	static final int CHUNK_LENGTH = 1 << 16;

	private static final byte VERSION = 1;

	private static final int SALT_LENGTH = 32;

	private static final int TAG_LENGTH = 16;

	private static final int NONCE_LENGTH = 12;

	private static final String PURPOSE = "app.session sealed file 1";

	private final List<HmacSha256> keys;

	private final SecureRandom random;

	/**
	 * Creates the format of one application's files.
	 * @param ring the keys: the first seals, all open
	 * @param application whose file it is
	 * @param random where salts come from
	 */
	public SealedFile(KeyRing ring, String application, SecureRandom random) {
		byte[] name = application.getBytes(StandardCharsets.UTF_8);
		byte[] context = ByteBuffer.allocate(1 + name.length).put(VERSION).put(name).array();
		this.keys = ring.derive(PURPOSE).stream().map((key) -> new HmacSha256(key, context)).toList();
		this.random = random;
	}

	/**
	 * Begins a file.
	 * @param file where it is written to
	 * @return takes the content; to be closed, which ends the file and closes it
	 * @throws IOException if it can't be written
	 */
	public OutputStream seal(OutputStream file) throws IOException {
		byte[] salt = new byte[SALT_LENGTH];
		this.random.nextBytes(salt);
		file.write(VERSION);
		file.write(salt);
		return new Sealing(file, fileKey(this.keys.get(0), salt));
	}

	/**
	 * Opens a file.
	 * @param file where it is read from
	 * @return gives the content. It throws an {@link IOException} where the file is not
	 * as it was sealed: what came before is genuine, but not all that there was
	 * @throws IOException if it can't be read, or none of the keys has sealed it
	 */
	public InputStream open(InputStream file) throws IOException {
		int version = file.read();
		byte[] salt = file.readNBytes(SALT_LENGTH);
		if (version != VERSION || salt.length != SALT_LENGTH) {
			throw new IOException("It is no sealed file of this version");
		}
		byte[] first = file.readNBytes(CHUNK_LENGTH + TAG_LENGTH);
		byte[] second = file.readNBytes(CHUNK_LENGTH + TAG_LENGTH);
		for (HmacSha256 key : this.keys) {
			SecretKeySpec fileKey = fileKey(key, salt);
			byte[] content = open(fileKey, 0, first, second.length == 0);
			if (content != null) {
				return new Opening(file, fileKey, content, second);
			}
		}
		throw new IOException("It was changed, or sealed by other keys or another application");
	}

	/** The first and only block of HKDF-Expand. */
	private static SecretKeySpec fileKey(HmacSha256 key, byte[] salt) {
		byte[] message = ByteBuffer.allocate(SALT_LENGTH + 1).put(salt).put((byte) 1).array();
		return new SecretKeySpec(key.compute(message, 0, message.length), "AES");
	}

	private static Cipher cipher(int mode, SecretKeySpec key, long number, boolean last)
			throws GeneralSecurityException {
		byte[] nonce = ByteBuffer.allocate(NONCE_LENGTH).putInt(last ? 1 : 0).putLong(number).array();
		Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
		cipher.init(mode, key, new GCMParameterSpec(TAG_LENGTH * Byte.SIZE, nonce));
		return cipher;
	}

	private static byte @Nullable [] open(SecretKeySpec key, long number, byte[] sealed, boolean last) {
		if (sealed.length < TAG_LENGTH) {
			return null;
		}
		try {
			return cipher(Cipher.DECRYPT_MODE, key, number, last).doFinal(sealed);
		}
		catch (AEADBadTagException ex) {
			return null;
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("This Java can't open what is sealed", ex);
		}
	}

	/** Takes the content of a file. */
	private static final class Sealing extends OutputStream {

		private final OutputStream file;

		private final SecretKeySpec key;

		private final byte[] chunk = new byte[CHUNK_LENGTH];

		private int length;

		private long number;

		private boolean closed;

		Sealing(OutputStream file, SecretKeySpec key) {
			this.file = file;
			this.key = key;
		}

		@Override
		public void write(int value) throws IOException {
			write(new byte[] { (byte) value }, 0, 1);
		}

		@Override
		public void write(byte[] bytes, int offset, int count) throws IOException {
			int from = offset;
			int left = count;
			while (left > 0) {
				// A full chunk waits: it may be the last.
				if (this.length == CHUNK_LENGTH) {
					writeChunk(false);
				}
				int part = Math.min(left, CHUNK_LENGTH - this.length);
				System.arraycopy(bytes, from, this.chunk, this.length, part);
				this.length += part;
				from += part;
				left -= part;
			}
		}

		private void writeChunk(boolean last) throws IOException {
			try {
				this.file.write(
						cipher(Cipher.ENCRYPT_MODE, this.key, this.number++, last).doFinal(this.chunk, 0, this.length));
			}
			catch (GeneralSecurityException ex) {
				throw new IllegalStateException("This Java can't seal", ex);
			}
			this.length = 0;
		}

		@Override
		public void close() throws IOException {
			if (!this.closed) {
				this.closed = true;
				try (OutputStream closing = this.file) {
					writeChunk(true);
					closing.flush();
				}
			}
		}

	}

	/** Gives the content of a file. */
	private static final class Opening extends InputStream {

		private final InputStream file;

		private final SecretKeySpec key;

		private byte[] content;

		private int at;

		/** The chunk after this one, empty after the last. */
		private byte[] ahead;

		private long number;

		Opening(InputStream file, SecretKeySpec key, byte[] content, byte[] ahead) {
			this.file = file;
			this.key = key;
			this.content = content;
			this.ahead = ahead;
		}

		@Override
		public int read() throws IOException {
			return hasContent() ? this.content[this.at++] & 0xFF : -1;
		}

		@Override
		public int read(byte[] bytes, int offset, int count) throws IOException {
			if (count == 0) {
				return 0;
			}
			if (!hasContent()) {
				return -1;
			}
			int part = Math.min(count, this.content.length - this.at);
			System.arraycopy(this.content, this.at, bytes, offset, part);
			this.at += part;
			return part;
		}

		private boolean hasContent() throws IOException {
			while (this.at == this.content.length) {
				if (this.ahead.length == 0) {
					return false;
				}
				byte[] sealed = this.ahead;
				this.ahead = this.file.readNBytes(CHUNK_LENGTH + TAG_LENGTH);
				byte[] opened = SealedFile.open(this.key, ++this.number, sealed, this.ahead.length == 0);
				if (opened == null) {
					throw new IOException("It was changed, or cut short");
				}
				this.content = opened;
				this.at = 0;
			}
			return true;
		}

		@Override
		public void close() throws IOException {
			this.file.close();
		}

	}

}
