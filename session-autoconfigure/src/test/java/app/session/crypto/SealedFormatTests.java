package app.session.crypto;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import app.session.SessionKey;
import app.session.crypto.SealedFormat.Result;

import static org.assertj.core.api.Assertions.assertThat;

class SealedFormatTests {

	private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

	private static final byte[] KEY_1 = HexFormat.of()
		.parseHex("0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20");

	private static final byte[] KEY_2 = HexFormat.of()
		.parseHex("202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f");

	private static final byte[] CONTENT = "the whole session".getBytes(StandardCharsets.UTF_8);

	/**
	 * Computed by Node's crypto (OpenSSL): purpose key by hkdfSync, message key by
	 * createHmac over context, salt and 1, value by createCipheriv("aes-256-gcm").
	 */
	private static final String VALUE = "AUBBQkNERUZHSElKS0xNTk9QUVJTVFVWV3By8Eu-r_gDxszvrcLIMQ26oOlsI2MU_Q2H2NAJUwLxWg";

	private static final String EMPTY = "AUBBQkNERUZHSElKS0xNTk9QUVJTVFVWV-bqjDCw5lwavfE1O1T8MOM";

	private final SealedFormat format = format("shop", "session", KEY_1);

	/**
	 * A change of these values ends every session at the next update.
	 */
	@Test
	void sealsTheSameForEverIfTheSameIsDrawn() {
		assertThat(this.format.seal(CONTENT)).isEqualTo(VALUE).hasSize(SealedFormat.textLength(CONTENT.length));
		assertThat(this.format.seal(new byte[0])).isEqualTo(EMPTY).hasSize(SealedFormat.textLength(0));
		assertOpened(this.format.open(VALUE), CONTENT, true);
		assertOpened(this.format.open(EMPTY), new byte[0], true);
	}

	@Test
	void opensWhatItSealedWhateverItsLength() {
		SealedFormat format = realFormat();
		for (int length = 0; length < 300; length++) {
			byte[] content = new byte[length];
			new Random(length).nextBytes(content);
			String value = format.seal(content);
			assertThat(value).hasSize(SealedFormat.textLength(length)).matches("[A-Za-z0-9_-]+");
			assertOpened(format.open(value), content, true);
		}
	}

	@Test
	void neverSealsTheSameTwice() {
		SealedFormat format = realFormat();
		Set<String> saltsAndNonces = new HashSet<>();
		for (int i = 0; i < 1_000; i++) {
			assertThat(saltsAndNonces.add(format.seal(CONTENT).substring(0, 33))).isTrue();
		}
	}

	@Test
	void showsNothingOfTheContent() {
		String zeros = realFormat().seal(new byte[3_000]);
		byte[] bytes = Base64.getUrlDecoder().decode(zeros);
		int[] counts = new int[256];
		for (byte value : bytes) {
			counts[value & 0xFF]++;
		}
		assertThat(Arrays.stream(counts).max().orElseThrow()).isLessThan(60);
	}

	@Test
	void refusesEverySingleBitFlip() {
		byte[] original = Base64.getUrlDecoder().decode(VALUE);
		for (int bit = 0; bit < original.length * 8; bit++) {
			byte[] bytes = original.clone();
			bytes[bit / 8] ^= (byte) (1 << (bit % 8));
			assertThat(this.format.open(encode(bytes))).as("bit %d", bit)
				.isEqualTo((bit < 8) ? new Result.Malformed() : new Result.BadSeal());
		}
	}

	@Test
	void refusesEveryByteInPlaceOfAnother() {
		byte[] original = Base64.getUrlDecoder().decode(EMPTY);
		for (int at = 0; at < original.length; at++) {
			for (int value = 0; value < 256; value++) {
				byte[] bytes = original.clone();
				bytes[at] = (byte) value;
				boolean same = bytes[at] == original[at];
				assertThat(this.format.open(encode(bytes)) instanceof Result.Opened).as("%d at %d", value, at)
					.isEqualTo(same);
			}
		}
	}

	@Test
	void takesOneSpellingAlone() {
		for (String value : List.of(VALUE, EMPTY)) {
			String beginning = value.substring(0, value.length() - 1);
			for (char last : (ALPHABET + "=+/ \u00e9\u0141").toCharArray()) {
				if (last != value.charAt(value.length() - 1)) {
					assertThat(this.format.open(beginning + last)).as("with %s at its end", last)
						.isNotInstanceOf(Result.Opened.class);
				}
			}
			assertThat(this.format.open(value + "=")).isEqualTo(new Result.Malformed());
			assertThat(this.format.open(value + "==")).isEqualTo(new Result.Malformed());
			assertThat(this.format.open(" " + value)).isEqualTo(new Result.Malformed());
			assertThat(this.format.open(value.replace('-', '+'))).isEqualTo(new Result.Malformed());
		}
	}

	/**
	 * The decoder of the JDK takes them for the same bytes.
	 */
	@Test
	void takesNoBitsThatSayNothing() {
		assertThat(VALUE.length() % 4).isEqualTo(2);
		assertThat(EMPTY.length() % 4).isEqualTo(3);
		int others = 0;
		for (String value : List.of(VALUE, EMPTY)) {
			for (char last : ALPHABET.toCharArray()) {
				String other = value.substring(0, value.length() - 1) + last;
				if (!other.equals(value)
						&& Arrays.equals(Base64.getUrlDecoder().decode(other), Base64.getUrlDecoder().decode(value))) {
					assertThat(this.format.open(other)).isEqualTo(new Result.Malformed());
					others++;
				}
			}
		}
		assertThat(others).isEqualTo(15 + 3);
	}

	@Test
	void refusesEveryOtherLength() {
		String longer = VALUE + VALUE;
		for (int length = 0; length <= longer.length(); length++) {
			if (length != VALUE.length()) {
				assertThat(this.format.open(longer.substring(0, length))).as("length %d", length)
					.isNotInstanceOf(Result.Opened.class);
			}
		}
		assertThat(this.format.open("AUBBQkNERUZHSElKS0xNTk9QUVJTVFVWV-bqjDCw5lwavfE1O1T8"))
			.isEqualTo(new Result.Malformed());
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 2, 3, 127, 255 })
	void refusesEveryOtherVersion(int version) {
		byte[] bytes = Base64.getUrlDecoder().decode(VALUE);
		bytes[0] = (byte) version;
		assertThat(this.format.open(encode(bytes))).isEqualTo(new Result.Malformed());
	}

	@Test
	void refusesRandomText() {
		Random random = new Random(1);
		for (int i = 0; i < 10_000; i++) {
			StringBuilder value = new StringBuilder((i % 2 == 0) ? "AQ" : "");
			int length = random.nextInt(200);
			while (value.length() < length) {
				value.append((i % 8 < 6) ? ALPHABET.charAt(random.nextInt(64)) : (char) random.nextInt(0x10000));
			}
			assertThat(this.format.open(value.toString())).as("%d", i).isNotInstanceOf(Result.Opened.class);
		}
	}

	@Test
	void refusesAnotherCookieApplicationOrKey() {
		assertThat(format("shop", "other", KEY_1).open(VALUE)).isEqualTo(new Result.BadSeal());
		assertThat(format("other", "session", KEY_1).open(VALUE)).isEqualTo(new Result.BadSeal());
		assertThat(format("shops", "ession", KEY_1).open(VALUE)).isEqualTo(new Result.BadSeal());
		assertThat(format("shop", "session", KEY_2).open(VALUE)).isEqualTo(new Result.BadSeal());
	}

	@Test
	void aSignedCookieIsNoSealedOneAndTheOtherWayRound() {
		KeyRing ring = new KeyRing(List.of(KEY_1));
		SignedIdFormat signed = new SignedIdFormat(ring, "shop", "session");
		SessionId id = SessionId.of(new SessionKey(1, 2), new byte[SessionId.SECRET_LENGTH]);
		assertThat(this.format.open(signed.write(id))).isEqualTo(new Result.BadSeal());
		// As long as a signed one
		String sealed = this.format.seal(new byte[40]);
		assertThat(signed.read(sealed)).isEqualTo(new SignedIdFormat.Result.BadSignature());
		assertThat(ring.derive("app.session sealed cookie 1").get(0))
			.isNotEqualTo(ring.derive("app.session signed cookie 1").get(0));
	}

	@Test
	void rotatesKeysWithoutEndingASession() {
		SealedFormat known = format("shop", "session", KEY_1, KEY_2);
		SealedFormat moved = format("shop", "session", KEY_2, KEY_1);
		SealedFormat after = format("shop", "session", KEY_2);
		String bySecond = after.seal(CONTENT);
		assertThat(known.seal(CONTENT)).isEqualTo(VALUE);
		assertThat(moved.seal(CONTENT)).isEqualTo(bySecond);
		assertOpened(known.open(VALUE), CONTENT, true);
		assertOpened(known.open(bySecond), CONTENT, false);
		assertOpened(moved.open(VALUE), CONTENT, false);
		assertOpened(moved.open(bySecond), CONTENT, true);
		assertThat(this.format.open(bySecond)).isEqualTo(new Result.BadSeal());
		assertThat(after.open(VALUE)).isEqualTo(new Result.BadSeal());
	}

	@Test
	void aResultShowsNothing() {
		assertThat(this.format.open(VALUE)).hasToString("Opened[17 bytes, masked]");
	}

	private static void assertOpened(Result result, byte[] content, boolean currentKey) {
		assertThat(result).isInstanceOfSatisfying(Result.Opened.class, (opened) -> {
			assertThat(opened.content()).isEqualTo(content);
			assertThat(opened.currentKey()).isEqualTo(currentKey);
		});
	}

	private static String encode(byte[] bytes) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

	private static SealedFormat realFormat() {
		return new SealedFormat(new KeyRing(List.of(KEY_1)), "shop", "session", new SecureRandom());
	}

	private static SealedFormat format(String application, String cookieName, byte[]... keys) {
		return new SealedFormat(new KeyRing(List.of(keys)), application, cookieName, new CountingRandom());
	}

	/** Draws 40, 41, 42 … in hexadecimal each time. */
	private static final class CountingRandom extends SecureRandom {

		private static final long serialVersionUID = 1L;

		@Override
		public void nextBytes(byte[] bytes) {
			for (int i = 0; i < bytes.length; i++) {
				bytes[i] = (byte) (0x40 + i);
			}
		}

	}

}
