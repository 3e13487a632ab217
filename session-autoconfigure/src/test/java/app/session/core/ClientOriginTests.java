package app.session.core;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import app.session.codec.Utf8;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a client says of itself is made safe to keep.
 */
class ClientOriginTests {

	private static String userAgent(String said) {
		return new ClientOrigin(null, said).userAgent();
	}

	@Test
	void whatIsPlainStays() {
		String firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
		ClientOrigin origin = new ClientOrigin("2001:db8::1%eth0", firefox);
		assertThat(origin.address()).isEqualTo("2001:db8::1%eth0");
		assertThat(origin.userAgent()).isEqualTo(firefox);
		assertThat(userAgent("Ünï/1 \uD83D\uDC4B")).isEqualTo("Ünï/1 \uD83D\uDC4B");
	}

	@Test
	void whatIsLongIsCut() {
		assertThat(userAgent("a".repeat(256))).isEqualTo("a".repeat(256));
		assertThat(userAgent("a".repeat(257))).isEqualTo("a".repeat(256));
		assertThat(userAgent("a".repeat(1 << 20))).isEqualTo("a".repeat(256));
		assertThat(new ClientOrigin("1".repeat(65), null).address()).isEqualTo("1".repeat(64));
	}

	@Test
	void aCutLeavesNoHalfOfAPair() {
		assertThat(userAgent("a".repeat(254) + "\uD83D\uDC4B")).isEqualTo("a".repeat(254) + "\uD83D\uDC4B");
		assertThat(userAgent("a".repeat(255) + "\uD83D\uDC4B")).isEqualTo("a".repeat(255));
	}

	@ParameterizedTest
	@ValueSource(strings = { "\uD83D", "\uDC4B", "a\uD83Db", "\uDC4B\uD83D", "\uD83D\uD83D\uDC4B" })
	void aHalfOfAPairIsReplaced(String said) {
		String kept = userAgent(said);
		assertThat(kept).contains("\uFFFD").hasSize(said.length());
		assertThat(Utf8.isEncodable(kept)).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "0", "9", "10", "13", "27", "31", "127", "128", "133", "159", "0x200B", "0x2028", "0x2029", "0x202E",
			"0x2066", "0xFEFF" })
	void whatBreaksOrTurnsALineIsLeftOut(String character) {
		String said = "a" + Character.toString(Integer.decode(character)) + "b";
		assertThat(userAgent(said)).isEqualTo("ab");
		assertThat(new ClientOrigin(said, null).address()).isEqualTo("ab");
	}

	@Test
	void whatIsLeftOutTakesNoPlace() {
		assertThat(userAgent("\n".repeat(300) + "a")).isEqualTo("a");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "\t\r\n", "\u0000" })
	void whatSaysNothingIsNothing(String said) {
		assertThat(new ClientOrigin(said, said)).isEqualTo(new ClientOrigin(null, null));
	}

	@Test
	void itShowsNoDataOfAPerson() {
		assertThat(new ClientOrigin("203.0.113.7", "Firefox")).hasToString("ClientOrigin[masked]");
	}

}
