package app.session.crypto;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class KeysTests {

	private static final byte[] KEY = HexFormat.of()
		.parseHex("fbf0c1de7a3b0e99ffed5512bc8841073d64e29a10f7a6ccb9035e2f81d4700b");

	@Test
	void readsBase64AndBase64urlPaddedOrNot() {
		Base64.Encoder base64 = Base64.getEncoder();
		Base64.Encoder url = Base64.getUrlEncoder();
		assertThat(base64.encodeToString(KEY)).contains("/", "+");
		assertThat(Keys.parse(base64.encodeToString(KEY))).isEqualTo(KEY);
		assertThat(Keys.parse(base64.withoutPadding().encodeToString(KEY))).isEqualTo(KEY);
		assertThat(Keys.parse(url.encodeToString(KEY))).isEqualTo(KEY);
		assertThat(Keys.parse(url.withoutPadding().encodeToString(KEY))).isEqualTo(KEY);
	}

	@Test
	void ignoresWhiteSpaceAroundTheKey() {
		assertThat(Keys.parse(" " + Base64.getEncoder().encodeToString(KEY) + "\n")).isEqualTo(KEY);
	}

	@Test
	void refusesNoRandomKey() {
		Random random = new Random(1);
		for (int i = 0; i < 20_000; i++) {
			byte[] key = new byte[32 + i % 33];
			random.nextBytes(key);
			assertThat(Keys.parse(Base64.getEncoder().encodeToString(key))).isEqualTo(key);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "   ", "\n" })
	void refusesAnEmptyKey(String text) {
		assertRefused(text, "it is empty");
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 16, 24, 31 })
	void refusesAShortKey(int length) {
		byte[] key = new byte[length];
		System.arraycopy(KEY, 0, key, 0, length);
		assertRefused(Base64.getEncoder().encodeToString(key), "it has " + length + " bytes, at least 32 are needed");
	}

	@ParameterizedTest
	@ValueSource(strings = { "my little text with spaces, long enough", "+_AAaabbccddeeffgghhiijjkkllmmnnooppqqrrsst",
			"AAaabbccddeeffgghhiijjkkllmmnnooppqqrrsstt===", "AAaabbccddeeffgghhiijjkkllmmnnooppqqrrssttuuv",
			"\u00c4Aaabbccddeeffgghhiijjkkllmmnnooppqqrrssttu" })
	void refusesWhatIsNotBase64(String text) {
		assertRefused(text, "it is neither base64 nor base64url");
	}

	@Test
	void refusesTwoLines() {
		String text = Base64.getEncoder().encodeToString(KEY);
		assertRefused(text.substring(0, 20) + "\n" + text.substring(20), "it is neither base64 nor base64url");
	}

	@ParameterizedTest
	@ValueSource(strings = { "changemechangemechangemechangemechangeme", "ChangeMe",
			"CHANGE_ME_CHANGE_ME_Change_Me_Please1", "keyboard cat", "some secret hurr",
			"KeyboardCatKeyboardCatKeyboardCatKeyboardCat", "MySuperSecretKeyForThisApplication12345678900" })
	void refusesWellKnownWords(String text) {
		assertRefused(text, "it contains a well-known word");
	}

	@ParameterizedTest
	@ValueSource(strings = { "keyboard cat keyboard cat keyboard cat", "some secret hurr some secret hurr",
			"correct horse battery staple and a comma", "@NcRfUjXn2r5u8x/A?D(G+KbPdSgVkYp",
			"gr\u00fcne K\u00e4sekuchen schmecken \u00f6fter gut" })
	void refusesBase64OfAText(String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		assertThat(bytes).hasSizeGreaterThanOrEqualTo(32);
		assertRefused(Base64.getEncoder().encodeToString(bytes), "it is base64 of a text");
	}

	@ParameterizedTest
	@ValueSource(strings = { "404e635266556a586e3272357538782f413f4428472b4b6250645367566b5970",
			"404E635266556A586E3272357538782F413F4428472B4B6250645367566B5970",
			"thisisaverylongsentencethatsomebodytypedin1a" })
	void refusesHexAndTypedText(String text) {
		assertRefused(text, "it looks like hex or typed text");
	}

	@ParameterizedTest
	@MethodSource
	void refusesBytesThatFollowAPattern(byte[] key) {
		assertRefused(Base64.getEncoder().encodeToString(key), "its bytes follow a pattern");
	}

	@Test
	void refusesZeros() {
		assertRefused(Base64.getEncoder().encodeToString(new byte[32]), "it looks like hex or typed text");
	}

	static Stream<byte[]> refusesBytesThatFollowAPattern() {
		byte[] padded = new byte[48];
		System.arraycopy(KEY, 0, padded, 0, 14);
		byte[] counting = new byte[32];
		byte[] countingDown = new byte[40];
		byte[] same = new byte[32];
		byte[] repeated = new byte[45];
		for (int i = 0; i < 48; i++) {
			if (i < 32) {
				counting[i] = (byte) i;
				same[i] = (byte) 0x9d;
			}
			if (i < 40) {
				countingDown[i] = (byte) (250 - 3 * i);
			}
			if (i < 45) {
				repeated[i] = KEY[i % 20];
			}
		}
		return Stream.of(same, padded, counting, countingDown, repeated);
	}

	private static void assertRefused(String text, String reason) {
		assertThatIllegalArgumentException().isThrownBy(() -> Keys.parse(text)).satisfies((ex) -> {
			assertThat(ex).hasMessageContaining(reason).hasMessageContaining(Keys.COMMAND).hasNoCause();
			for (int i = 0; i + 8 <= text.length(); i++) {
				assertThat(ex.getMessage()).doesNotContain(text.substring(i, i + 8));
			}
		});
	}

}
