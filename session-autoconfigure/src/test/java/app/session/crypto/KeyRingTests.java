package app.session.crypto;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class KeyRingTests {

	@Test
	void refusesARingWithoutKeys() {
		assertThatIllegalArgumentException().isThrownBy(() -> new KeyRing(List.of())).withMessageContaining("one key");
	}

	@Test
	void refusesAShortKeyAndNamesItsPlace() {
		assertThatIllegalArgumentException().isThrownBy(() -> new KeyRing(List.of(new byte[32], new byte[31])))
			.withMessage("Key 2 of the ring has 31 bytes, at least 32 are needed");
	}

	@Test
	void derivesAKeyPerPurposeAndPerKeyOfTheRing() {
		KeyRing ring = new KeyRing(List.of(key(1), key(2)));
		List<byte[]> signing = ring.derive("sign");
		List<byte[]> sealing = ring.derive("seal");
		assertThat(signing).hasSize(2).allSatisfy((derived) -> assertThat(derived).hasSize(32));
		assertThat(List.of(hex(signing.get(0)), hex(signing.get(1)), hex(sealing.get(0)), hex(sealing.get(1))))
			.doesNotHaveDuplicates()
			.doesNotContain(hex(key(1)), hex(key(2)));
	}

	@Test
	void derivesTheSameKeysOnEveryNode() {
		assertThat(new KeyRing(List.of(key(1))).derive("sign").get(0))
			.isEqualTo(new KeyRing(List.of(key(1), key(2))).derive("sign").get(0));
	}

	@Test
	void keepsNothingOfTheCallersArrays() {
		byte[] key = key(1);
		KeyRing ring = new KeyRing(Arrays.asList(key));
		byte[] before = ring.derive("sign").get(0).clone();
		Arrays.fill(key, (byte) 0);
		Arrays.fill(ring.derive("sign").get(0), (byte) 0);
		assertThat(ring.derive("sign").get(0)).isEqualTo(before);
	}

	@Test
	void takesARandomKeyFromTheSource() {
		SecureRandom random = new SecureRandom();
		assertThat(KeyRing.random(random).derive("sign").get(0))
			.isNotEqualTo(KeyRing.random(random).derive("sign").get(0))
			.isNotEqualTo(new KeyRing(List.of(new byte[32])).derive("sign").get(0));
	}

	@Test
	void showsNoKey() {
		KeyRing ring = new KeyRing(List.of(key(1), key(2)));
		assertThat(ring).hasToString("KeyRing[keys=2, masked]");
		assertThat(ring.toString()).doesNotContain(Base64.getEncoder().encodeToString(key(1)));
	}

	private static byte[] key(int seed) {
		byte[] key = new byte[32];
		Arrays.fill(key, (byte) seed);
		return key;
	}

	private static String hex(byte[] bytes) {
		return HexFormat.of().formatHex(bytes);
	}

}
