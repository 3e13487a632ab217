package app.session.store.node;

import java.util.List;

import app.session.store.node.ExpressSignature.Signed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The worked example H, which the real express-session computed, and express-session's
 * expectations 32 and 41.
 */
class ExpressSignatureTests {

	private static final String APPLE = "s%3Aapple.D8Y%2BpkTAmeR0PobOhY4G97PRW%2Bj7bUnP%2F5m6%2FOn1MCU";

	private final ExpressSignature signature = new ExpressSignature(List.of("keyboard cat"));

	@Test
	void writesAsWorkedExampleH() {
		assertThat(this.signature.write("apple")).isEqualTo(APPLE);
	}

	@Test
	void readsWhatItWrites() {
		assertThat(this.signature.read(APPLE)).isEqualTo(new Signed("apple", 0));
		for (String id : List.of("%", "ü.x-\uD83C\uDF6A", "a b", "(')*!~")) {
			assertThat(this.signature.read(this.signature.write(id))).isEqualTo(new Signed(id, 0));
		}
		assertThat(this.signature.write("%")).startsWith("s%3A%25.kzQ6");
	}

	@Test
	void readsOneThatIsNotEncoded() {
		assertThat(this.signature.read("s:apple.D8Y+pkTAmeR0PobOhY4G97PRW+j7bUnP/5m6/On1MCU"))
			.isEqualTo(new Signed("apple", 0));
	}

	@Test
	void theFirstSecretSignsAndAllVerify() {
		ExpressSignature rotated = new ExpressSignature(List.of("new", "keyboard cat"));
		assertThat(rotated.read(APPLE)).isEqualTo(new Signed("apple", 1));
		assertThat(rotated.write("apple")).isEqualTo(new ExpressSignature(List.of("new")).write("apple"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "s%3Aapple.D8Y%2BpkTAmeR0PobOhY4G97PRW%2Bj7bUnP%2F5m6%2FOn1MCV",
			"s%3Aapple.D8Y%2BpkTAmeR0PobOhY4G97PRW%2Bj7bUnP%2F5m6%2FOn1MCU%3D",
			"s%3Aapples.D8Y%2BpkTAmeR0PobOhY4G97PRW%2Bj7bUnP%2F5m6%2FOn1MCU",
			"s%3Aapple.D8Y-pkTAmeR0PobOhY4G97PRW-j7bUnP_5m6_On1MCU", "s%3Aapple.", "s:a.b.c" })
	void refusesAnySignatureButTheOneSpelling(String text) {
		assertThat(this.signature.read(text)).isNotNull().satisfies((signed) -> assertThat(signed.key()).isEqualTo(-1));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "s", "s:", "s:.", "s%3A.x", "apple", "s:apple", "j%3A%7B%7D", "s%3Aapple.x%",
			"s%3Aapple.x%2", "s%3Aapple.x%zz", "s%3A%ff.x", "S%3Aapple.x" })
	void whatIsNotWrittenSoIsNothing(String text) {
		assertThat(this.signature.read(text)).isNull();
	}

	@Test
	void refusesNoSecretAndAnEmptyOne() {
		assertThatIllegalArgumentException().isThrownBy(() -> new ExpressSignature(List.of()));
		assertThatIllegalArgumentException().isThrownBy(() -> new ExpressSignature(List.of("")));
	}

}
