package app.session.crypto;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

class SealedFileTests {

	private static final int CHUNK = SealedFile.CHUNK_LENGTH;

	private static final int HEADER = 33;

	private static final int TAG = 16;

	private final SecureRandom random = new SecureRandom();

	private final byte[] first = bytes(32);

	private final byte[] second = bytes(32);

	private final SealedFile format = format("shop", this.first);

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 1000, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 7 })
	void whatIsSealedIsOpened(int length) throws IOException {
		byte[] content = bytes(length);
		byte[] file = seal(this.format, content);
		assertThat(open(this.format, file)).isEqualTo(content);
		int chunks = Math.max(1, (length + CHUNK - 1) / CHUNK);
		assertThat(file).hasSize(HEADER + length + chunks * TAG);
	}

	@Test
	void byteByByteIsTheSame() throws IOException {
		byte[] content = bytes(CHUNK + 3);
		ByteArrayOutputStream file = new ByteArrayOutputStream();
		try (OutputStream out = this.format.seal(file)) {
			for (byte value : content) {
				out.write(value);
			}
		}
		try (InputStream in = this.format.open(new ByteArrayInputStream(file.toByteArray()))) {
			for (byte value : content) {
				assertThat(in.read()).isEqualTo(value & 0xFF);
			}
			assertThat(in.read()).isEqualTo(-1);
		}
	}

	@Test
	void nothingOfTheContentIsInTheFile() throws IOException {
		byte[] content = "a secret that all may look for".repeat(100).getBytes(StandardCharsets.UTF_8);
		byte[] file = seal(this.format, content);
		assertThat(new String(file, StandardCharsets.ISO_8859_1)).doesNotContain("secret");
		assertThat(seal(this.format, content)).isNotEqualTo(file);
	}

	@Test
	void aByteThatWasChangedIsRefused() throws IOException {
		byte[] file = seal(this.format, bytes(CHUNK + 20));
		List<Integer> places = List.of(0, 1, HEADER - 1, HEADER, HEADER + CHUNK, HEADER + CHUNK + TAG, file.length - 1);
		for (int at : places) {
			byte[] forged = file.clone();
			forged[at] ^= 1;
			assertRefused(this.format, forged);
		}
	}

	@Test
	void aFileThatWasCutShortIsRefused() throws IOException {
		byte[] file = seal(this.format, bytes(2 * CHUNK + 20));
		for (int length : new int[] { 0, 1, HEADER - 1, HEADER, HEADER + 5, HEADER + CHUNK + TAG,
				HEADER + 2 * (CHUNK + TAG), file.length - 1 }) {
			assertRefused(this.format, Arrays.copyOf(file, length));
		}
	}

	@Test
	void chunksCanNeitherBeExchangedNorAppended() throws IOException {
		byte[] file = seal(this.format, bytes(3 * CHUNK));
		byte[] exchanged = file.clone();
		int length = CHUNK + TAG;
		System.arraycopy(file, HEADER, exchanged, HEADER + length, length);
		System.arraycopy(file, HEADER + length, exchanged, HEADER, length);
		assertRefused(this.format, exchanged);
		byte[] longer = Arrays.copyOf(file, file.length + length);
		System.arraycopy(file, HEADER + 2 * length, longer, file.length, length);
		assertRefused(this.format, longer);
	}

	@Test
	void otherKeysAndOtherApplicationsAreRefused() throws IOException {
		byte[] file = seal(this.format, bytes(100));
		assertRefused(format("shop", this.second), file);
		assertRefused(format("other", this.first), file);
	}

	@Test
	void aKeyThatIsRotatedStillOpens() throws IOException {
		byte[] content = bytes(CHUNK + 100);
		byte[] file = seal(this.format, content);
		assertThat(open(format("shop", this.second, this.first), file)).isEqualTo(content);
	}

	private void assertRefused(SealedFile format, byte[] file) {
		assertThatIOException().isThrownBy(() -> open(format, file));
	}

	private static byte[] seal(SealedFile format, byte[] content) throws IOException {
		ByteArrayOutputStream file = new ByteArrayOutputStream();
		try (OutputStream out = format.seal(file)) {
			out.write(content);
		}
		return file.toByteArray();
	}

	private static byte[] open(SealedFile format, byte[] file) throws IOException {
		try (InputStream in = format.open(new ByteArrayInputStream(file))) {
			return in.readAllBytes();
		}
	}

	private SealedFile format(String application, byte[]... keys) {
		return new SealedFile(new KeyRing(List.of(keys)), application, this.random);
	}

	private byte[] bytes(int length) {
		byte[] bytes = new byte[length];
		this.random.nextBytes(bytes);
		return bytes;
	}

}
