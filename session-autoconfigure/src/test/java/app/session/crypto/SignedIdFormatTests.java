package app.session.crypto;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import app.session.SessionKey;
import app.session.crypto.SignedIdFormat.Result;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class SignedIdFormatTests {

	private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

	private static final String ILLEGAL = "+/= .,;%\"\\\0\n\u007f\u0080\u00e9\u0141\u2028\ud83d\uffff";

	private static final byte[] KEY_1 = HexFormat.of()
		.parseHex("0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20");

	private static final byte[] KEY_2 = HexFormat.of()
		.parseHex("202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f");

	private static final SessionId ID = SessionId.of(new SessionKey(0x1011121314151617L, 0x18191a1b1c1d1e1fL),
			HexFormat.of().parseHex("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f"));

	private static final String VALUE = "ARAREhMUFRYXGBkaGxwdHh-AgYKDhIWGh4iJiouMjY6PkJGSk5SVlpeYmZqbnJ2en7_QduKk"
			+ "pfA_CRu5C-rRgrRQBB6daqnGy1sRPumWWWA1";

	private final SignedIdFormat format = format("shop", "session", KEY_1);

	/**
	 * A change of this value logs out every visitor at the next update.
	 */
	@Test
	void writesTheSameValueForEver() {
		assertThat(this.format.write(ID)).isEqualTo(VALUE).hasSize(108);
	}

	@Test
	void readsWhatItWrote() {
		assertThat(this.format.read(VALUE)).isEqualTo(new Result.Valid(ID, true));
		SessionIdGenerator generator = new SessionIdGenerator(new SecureRandom());
		for (int i = 0; i < 1_000; i++) {
			SessionId id = generator.newId();
			assertThat(this.format.read(this.format.write(id))).isEqualTo(new Result.Valid(id, true));
		}
	}

	@Test
	void refusesEverySingleBitFlip() {
		for (int bit = 0; bit < 81 * 8; bit++) {
			byte[] bytes = Base64.getUrlDecoder().decode(VALUE);
			bytes[bit / 8] ^= (byte) (1 << (bit % 8));
			String value = Base64.getUrlEncoder().encodeToString(bytes);
			assertThat(this.format.read(value)).as("bit %d", bit)
				.isEqualTo((bit < 8) ? new Result.Malformed() : new Result.BadSignature());
		}
	}

	@Test
	void refusesEverySingleCharacterSubstitution() {
		for (int at = 0; at < VALUE.length(); at++) {
			for (char character : (ALPHABET + ILLEGAL).toCharArray()) {
				if (character != VALUE.charAt(at)) {
					String value = VALUE.substring(0, at) + character + VALUE.substring(at + 1);
					Result result = this.format.read(value);
					assertThat(result).as("%s at %d", (int) character, at).isNotInstanceOf(Result.Valid.class);
					if (ILLEGAL.indexOf(character) >= 0) {
						assertThat(result).as("%s at %d", (int) character, at).isEqualTo(new Result.Malformed());
					}
				}
			}
		}
	}

	@Test
	void refusesEveryOtherLength() {
		String longer = VALUE + VALUE;
		for (int length = 0; length <= longer.length(); length++) {
			if (length != VALUE.length()) {
				assertThat(this.format.read(longer.substring(0, length))).as("length %d", length)
					.isEqualTo(new Result.Malformed());
			}
		}
		assertThat(this.format.read(VALUE + "=")).isEqualTo(new Result.Malformed());
		assertThat(this.format.read(" " + VALUE)).isEqualTo(new Result.Malformed());
		assertThat(this.format.read(VALUE.substring(0, 106) + "==")).isEqualTo(new Result.Malformed());
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 2, 3, 127, 255 })
	void refusesEveryOtherVersionEvenIfItsSignatureIsRight(int version) {
		byte[] bytes = Base64.getUrlDecoder().decode(VALUE);
		bytes[0] = (byte) version;
		assertThat(this.format.read(Base64.getUrlEncoder().encodeToString(bytes))).isEqualTo(new Result.Malformed());
	}

	@Test
	void refusesRandomText() {
		Random random = new Random(1);
		for (int i = 0; i < 10_000; i++) {
			StringBuilder value = new StringBuilder((i % 2 == 0) ? "AR" : "");
			int length = (i % 4 < 2) ? 108 : random.nextInt(200);
			while (value.length() < length) {
				value.append((i % 8 < 6) ? ALPHABET.charAt(random.nextInt(64)) : (char) random.nextInt(0x10000));
			}
			assertThat(this.format.read(value.toString())).as("%d", i).isNotInstanceOf(Result.Valid.class);
		}
	}

	@Test
	void refusesAnotherCookieApplicationOrKey() {
		assertThat(format("shop", "other", KEY_1).read(VALUE)).isEqualTo(new Result.BadSignature());
		assertThat(format("other", "session", KEY_1).read(VALUE)).isEqualTo(new Result.BadSignature());
		assertThat(format("shop", "session", KEY_2).read(VALUE)).isEqualTo(new Result.BadSignature());
	}

	@Test
	void doesNotConfuseNamesThatJoinToTheSame() {
		String value = format("ab", "c", KEY_1).write(ID);
		assertThat(format("ab", "c", KEY_1).read(value)).isInstanceOf(Result.Valid.class);
		assertThat(format("a", "bc", KEY_1).read(value)).isEqualTo(new Result.BadSignature());
		assertThat(format("abc", "", KEY_1).read(value)).isEqualTo(new Result.BadSignature());
		assertThat(format("", "abc", KEY_1).read(value)).isEqualTo(new Result.BadSignature());
	}

	@Test
	void rotatesKeysWithoutLoggingAnybodyOut() {
		SignedIdFormat before = this.format;
		SignedIdFormat known = format("shop", "session", KEY_1, KEY_2);
		SignedIdFormat moved = format("shop", "session", KEY_2, KEY_1);
		SignedIdFormat after = format("shop", "session", KEY_2);
		String byFirst = before.write(ID);
		String bySecond = after.write(ID);

		assertThat(known.write(ID)).isEqualTo(byFirst);
		assertThat(moved.write(ID)).isEqualTo(bySecond);
		assertThat(known.read(byFirst)).isEqualTo(new Result.Valid(ID, true));
		assertThat(known.read(bySecond)).isEqualTo(new Result.Valid(ID, false));
		assertThat(moved.read(byFirst)).isEqualTo(new Result.Valid(ID, false));
		assertThat(moved.read(bySecond)).isEqualTo(new Result.Valid(ID, true));
		assertThat(before.read(bySecond)).isEqualTo(new Result.BadSignature());
		assertThat(after.read(byFirst)).isEqualTo(new Result.BadSignature());
	}

	@Test
	void manyThreadsShareOneFormat() throws Exception {
		int threads = 16;
		CyclicBarrier start = new CyclicBarrier(threads);
		ExecutorService executor = Executors.newFixedThreadPool(threads);
		try {
			List<Future<Integer>> futures = new ArrayList<>();
			for (int i = 0; i < threads; i++) {
				futures.add(executor.submit(() -> {
					start.await();
					int right = 0;
					for (int round = 0; round < 2_000; round++) {
						right += this.format.write(ID).equals(VALUE) ? 1 : 0;
						right += this.format.read(VALUE).equals(new Result.Valid(ID, true)) ? 1 : 0;
					}
					return right;
				}));
			}
			for (Future<Integer> future : futures) {
				assertThat(future.get()).isEqualTo(4_000);
			}
		}
		finally {
			executor.shutdownNow();
		}
	}

	@Test
	void aResultShowsNoSecret() {
		assertThat(this.format.read(VALUE).toString()).contains(ID.key().handle())
			.doesNotContain(VALUE.substring(24, 60))
			.doesNotContain("8081");
	}

	private static SignedIdFormat format(String application, String cookieName, byte[]... keys) {
		return new SignedIdFormat(new KeyRing(List.of(keys)), application, cookieName);
	}

}
