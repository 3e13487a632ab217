package app.session.store.node;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

import app.session.store.node.Keygrip.Algorithm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The worked examples A to G, which the real keygrip and koa-session computed.
 */
class KeygripTests {

	private static final String ID = "0f8fad5b-d9cb-469f-a165-70867728950e";

	private static final String DATA = "eyJ2aWV3cyI6MSwidXNlciI6IkrDtnJnIiwiX2V4cGlyZSI6NDEwMjQ0NDgwMDAwMCwiX21heEFnZSI6ODY0MDAwMDB9";

	private static Keygrip sha1(String... keys) {
		return new Keygrip(List.of(keys), Algorithm.SHA1);
	}

	@ParameterizedTest
	@CsvSource({ "A, some secret hurr, " + DATA + ", 9qgeMcwguCTZueKRuxwdKY09CGI",
			"B, some secret hurr, " + ID + ", WbvKuwC6rI9eCm7GoXIldfauHPI",
			"C, some secret hurr, '', clQ7w3Aqys5GYD9rpEmfpw14ZQg",
			"D, a, eyJuIjoxLCJfc2Vzc2lvbiI6dHJ1ZX0=, OVhBJg2DoqTylUMtOJfuvd9Xl8s",
			"E, k, x7, MMKZmgq3SJVHynbbIwVxi-YF_J0", "F, new key, " + ID + ", CM98fDAFFq7uzTEghcpJhM7ZYqs",
			"F, old key, " + ID + ", Zy_-ilryi9lmeL6s-7nSIAI8Y1k" })
	void signsAsTheWorkedExample(String example, String key, String value, String signature) {
		assertThat(sha1(key).sign("koa.sess", value)).as(example).isEqualTo(signature);
		assertThat(sha1(key).index("koa.sess", value, signature)).as(example).isZero();
	}

	@Test
	void signsBySha256AsWorkedExampleG() {
		Keygrip keygrip = new Keygrip(List.of("some secret hurr"), Algorithm.SHA256);
		assertThat(keygrip.sign("koa.sess", ID)).isEqualTo("KKq9fqhmRk3sv8Rb4RuTpZ8oy4A6TEPP4uGdm5B1y2Q");
		assertThat(keygrip.index("koa.sess", ID, "WbvKuwC6rI9eCm7GoXIldfauHPI")).isEqualTo(-1);
	}

	@Test
	void theFirstKeySignsAndAllVerify() {
		Keygrip keygrip = sha1("new key", "old key");
		assertThat(keygrip.sign("koa.sess", ID)).isEqualTo("CM98fDAFFq7uzTEghcpJhM7ZYqs");
		assertThat(keygrip.index("koa.sess", ID, "CM98fDAFFq7uzTEghcpJhM7ZYqs")).isZero();
		assertThat(keygrip.index("koa.sess", ID, "Zy_-ilryi9lmeL6s-7nSIAI8Y1k")).isOne();
		assertThat(sha1("new key").index("koa.sess", ID, "Zy_-ilryi9lmeL6s-7nSIAI8Y1k")).isEqualTo(-1);
	}

	@Test
	void theDecodedDataOfExampleAIsUtf8() {
		assertThat(new String(Base64.getDecoder().decode(DATA), StandardCharsets.UTF_8)).contains("\"Jörg\"");
	}

	/** The last bit is padding, which base64 does not look at. */
	@ParameterizedTest
	@ValueSource(
			strings = { "WbvKuwC6rI9eCm7GoXIldfauHPJ", "WbvKuwC6rI9eCm7GoXIldfauHPI=", " WbvKuwC6rI9eCm7GoXIldfauHPI",
					"wbvKuwC6rI9eCm7GoXIldfauHPI", "WbvKuwC6rI9eCm7GoXIldfauHP", "", "ü\uD800" })
	void refusesAnySignatureButTheOneSpelling(String signature) {
		assertThat(sha1("some secret hurr").index("koa.sess", ID, signature)).isEqualTo(-1);
	}

	@Test
	void theSignatureIsOfTheNameToo() {
		assertThat(sha1("some secret hurr").index("koa.sess2", ID, "WbvKuwC6rI9eCm7GoXIldfauHPI")).isEqualTo(-1);
	}

	@Test
	void refusesNoKeyAndAnEmptyOne() {
		assertThatIllegalArgumentException().isThrownBy(KeygripTests::sha1);
		assertThatIllegalArgumentException().isThrownBy(() -> sha1("key", ""));
	}

}
