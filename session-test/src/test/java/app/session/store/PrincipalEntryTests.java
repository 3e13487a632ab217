package app.session.store;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

import app.session.SessionKey;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PrincipalEntryTests {

	private static final PrincipalEntry ENTRY = new PrincipalEntry(258,
			List.of(new SessionKey(1, 2), new SessionKey(-1, -2)), List.of(new SessionKey(3, 4)), 17);

	/** What the first version wrote; later ones read it. */
	private static final String BYTES = "01" + "0000000000000102" + "00000011" + "00000002"
			+ "00000000000000010000000000000002" + "fffffffffffffffffffffffffffffffe"
			+ "00000000000000030000000000000004";

	@Test
	void itsBytesStay() {
		assertThat(HexFormat.of().formatHex(ENTRY.encode())).isEqualTo(BYTES);
		assertThat(PrincipalEntry.decode(HexFormat.of().parseHex(BYTES))).isEqualTo(ENTRY);
	}

	@Test
	void anEmptyEntryIsRead() {
		assertThat(PrincipalEntry.decode(PrincipalEntry.of(7).encode())).isEqualTo(PrincipalEntry.of(7));
	}

	@Test
	void whatIsCutInTheMiddleIsNoEntry() {
		byte[] bytes = ENTRY.encode();
		for (int length = 0; length < bytes.length; length++) {
			byte[] cut = Arrays.copyOf(bytes, length);
			// Between two condemned keys there is nothing to tell by: here there is but
			// one.
			if (length != bytes.length - SessionKey.LENGTH) {
				assertThat(PrincipalEntry.decode(cut)).as("%d bytes", length).isNull();
			}
		}
	}

	@Test
	void anotherFormatOrAWrongNumberIsNoEntry() {
		assertThat(PrincipalEntry.decode(HexFormat.of().parseHex("02" + BYTES.substring(2)))).isNull();
		byte[] bytes = ENTRY.encode();
		bytes[13] = -1;
		assertThat(PrincipalEntry.decode(bytes)).isNull();
		bytes[13] = 0x7F;
		assertThat(PrincipalEntry.decode(bytes)).isNull();
	}

}
