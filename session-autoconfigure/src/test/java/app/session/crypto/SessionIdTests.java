package app.session.crypto;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import app.session.SecretHash;
import app.session.SessionKey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SessionIdTests {

	private static final SessionKey KEY = new SessionKey(1, 2);

	@Test
	void hashesItsSecretWithSha256() {
		SecretHash expected = SecretHash
			.of(HexFormat.of().parseHex("66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925"));
		SessionId id = SessionId.of(KEY, new byte[32]);
		assertThat(id.secretHash()).isEqualTo(expected).isSameAs(id.secretHash());
	}

	@Test
	void keepsItsLocator() {
		assertThat(SessionId.of(KEY, new byte[32]).key()).isEqualTo(KEY);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 31, 33 })
	void refusesASecretOfAnotherLength(int length) {
		assertThatIllegalArgumentException().isThrownBy(() -> SessionId.of(KEY, new byte[length]));
	}

	@Test
	void doesNotChangeWithTheCallersArray() {
		byte[] secret = new byte[32];
		SessionId id = SessionId.of(KEY, secret);
		secret[0] = 1;
		assertThat(id).isEqualTo(SessionId.of(KEY, new byte[32]));
	}

	@Test
	void equalsByLocatorAndSecret() {
		SessionId id = SessionId.of(KEY, secret(7));
		assertThat(id).isEqualTo(SessionId.of(KEY, secret(7))).hasSameHashCodeAs(SessionId.of(KEY, secret(7)));
		assertThat(id).isNotEqualTo(SessionId.of(KEY, secret(8)));
		assertThat(id).isNotEqualTo(SessionId.of(new SessionKey(1, 3), secret(7)));
		assertThat(id).isNotEqualTo(KEY);
	}

	@Test
	void comesBackFromBytesAsItWent() {
		SessionId id = SessionId.of(new SessionKey(-3, 4), secret(9));
		byte[] bytes = new byte[SessionId.LENGTH + 2];
		id.write(bytes, 1);
		assertThat(SessionId.read(bytes, 1)).isEqualTo(id);
		assertThat(bytes[0]).isZero();
		assertThat(bytes[SessionId.LENGTH + 1]).isZero();
	}

	@Test
	void showsItsHandleAndNotItsSecret() {
		byte[] secret = secret(0x5a);
		String shown = SessionId.of(KEY, secret).toString();
		assertThat(shown).isEqualTo("SessionId[" + KEY.handle() + ", masked]");
		assertThat(shown).doesNotContain("5a5a", "90, 90",
				Base64.getUrlEncoder().encodeToString(secret).substring(0, 8));
	}

	private static byte[] secret(int value) {
		byte[] secret = new byte[32];
		Arrays.fill(secret, (byte) value);
		return secret;
	}

}
