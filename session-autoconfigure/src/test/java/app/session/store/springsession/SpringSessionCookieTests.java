package app.session.store.springsession;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SpringSessionCookieTests {

	private static final String ID = "3f1a7c52-9d1e-4b5b-8a76-0a2f6d1c9e44";

	@Test
	void theIdComesInBase64OrAsItIs() {
		assertThat(SpringSessionCookie.decode(base64(ID))).isEqualTo(ID);
		assertThat(SpringSessionCookie.decode(ID)).isEqualTo(ID);
		assertThat(SpringSessionCookie.decode("a".repeat(128))).isEqualTo("a".repeat(128));
		assertThat(SpringSessionCookie.decode(base64("a".repeat(128)))).isEqualTo("a".repeat(128));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "short", "expires:3f1a7c52-9d1e-4b5b-8a76", "3f1a7c52-9d1e-4b5b*8a76",
			"3f1a7c52-9d1e-4b5b-8a76\u0000", "3f1a7c52-9d1e-4b5b-8a76-0a2f6d1c9e44.route", "../../../../../../../etc" })
	void whatIsNoIdIsNone(String text) {
		assertThat(SpringSessionCookie.decode(text)).isNull();
		String encoded = base64(text);
		assertThat(SpringSessionCookie.decode(encoded)).as("it is never what was encoded").isIn(null, encoded);
	}

	@Test
	void aLongOneIsNone() {
		assertThat(SpringSessionCookie.decode("a".repeat(129))).isNull();
		assertThat(SpringSessionCookie.decode(base64("a".repeat(129)))).isNull();
		assertThat(SpringSessionCookie.decode("a".repeat(1_000_000))).isNull();
	}

	private static String base64(String text) {
		return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
	}

}
