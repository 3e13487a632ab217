package app.session.codec;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class AttributesFormatTests {

	private final AttributeCodec codec = new AttributeCodec(AttributeCodec.mapperBuilder().build());

	private StoredAttributes attributes() {
		Map<String, EncodedValue> values = new LinkedHashMap<>();
		for (Object value : List.of(false, true, (byte) -1, (short) 300, 5, 1L << 53, 1.5f, -0.0, '€', "é👋",
				new byte[] { 7 }, List.of(1))) {
			String name = "v" + values.size();
			values.put(name, this.codec.encode(name, value));
		}
		return new StoredAttributes(Duration.ofMinutes(30), Duration.ZERO, null, values);
	}

	/** What is stored must be readable by every later version. */
	@Test
	void theBytesStayWhatTheyAre() {
		String golden = "0103" + "c0ee6d" + "00" // version, flags, 1,800,000 ms, 0 ms
				+ "027630" + "0101" // v0 false
				+ "027631" + "0102" // v1 true
				+ "027632" + "020301" // v2 byte -1
				+ "027633" + "0304d804" // v3 short 300
				+ "027634" + "02050a" // v4 int 5
				+ "027635" + "0906" + "8080808080808020" // v5 long 2^53
				+ "027636" + "05073fc00000" // v6 float 1.5
				+ "027637" + "09088000000000000000" // v7 double -0.0
				+ "027638" + "030920ac" // v8 char €
				+ "027639" + "070ac3a9f09f918b" // v9 text
				+ "03763130" + "020b07" // v10 bytes
				+ "03763131" + "040c5b315d"; // v11 JSON [1]
		byte[] bytes = HexFormat.of().parseHex(golden);
		assertThat(AttributesFormat.write(attributes())).asHexString().isEqualTo(golden.toUpperCase());
		assertThat(AttributesFormat.read(bytes)).isEqualTo(attributes());
		assertThat(AttributesFormat.read(bytes).values().keySet())
			.containsExactlyElementsOf(attributes().values().keySet());
	}

	@Test
	void theBytesOfALoginStayWhatTheyAre() {
		String from1970 = "0104" + "02" // version, flags, 1 ms
				+ "0161" + "0101"; // a false
		assertLogin(new StoredLogin(Instant.ofEpochMilli(1), null, null), from1970);
		String before1970 = "0104" + "01" + "0161" + "0101"; // -1 ms
		assertLogin(new StoredLogin(Instant.ofEpochMilli(-1), null, null), before1970);
		String whole = "011c" + "80f0cbf28365" // version, flags, 2025-01-01T00:00:00Z
				+ "033a3a31" + "04c3a92f31" // ::1, é/1
				+ "0161" + "0101"; // a false
		assertLogin(new StoredLogin(Instant.parse("2025-01-01T00:00:00Z"), "::1", "é/1"), whole);
		String agent = "0114" + "02" + "0141" + "0161" + "0101"; // 1 ms, A
		assertLogin(new StoredLogin(Instant.ofEpochMilli(1), null, "A"), agent);
		String address = "010c" + "02" + "0142" + "0161" + "0101"; // 1 ms, B
		assertLogin(new StoredLogin(Instant.ofEpochMilli(1), "B", null), address);
	}

	private void assertLogin(StoredLogin login, String golden) {
		byte[] bytes = HexFormat.of().parseHex(golden);
		StoredAttributes attributes = new StoredAttributes(null, null, login,
				Map.of("a", this.codec.encode("a", false)));
		assertThat(AttributesFormat.write(attributes)).asHexString().isEqualTo(golden.toUpperCase());
		assertThat(AttributesFormat.read(bytes)).isEqualTo(attributes);
		assertThat(AttributesFormat.readLogin(bytes)).isEqualTo(login);
	}

	@Test
	void aLoginIsReadWithoutTheAttributes() {
		StoredLogin login = new StoredLogin(Instant.ofEpochMilli(Long.MAX_VALUE), "a".repeat(64), "b".repeat(256));
		StoredAttributes all = new StoredAttributes(Duration.ofMinutes(30), Duration.ZERO, login,
				attributes().values());
		byte[] data = AttributesFormat.write(all);
		assertThat(AttributesFormat.read(data)).isEqualTo(all);
		assertThat(AttributesFormat.readLogin(Arrays.copyOf(data, 400))).isEqualTo(login);
		assertThat(AttributesFormat.readLogin(AttributesFormat.write(attributes()))).isNull();
	}

	@Test
	void aLoginShowsNoDataOfAPerson() {
		assertThat(new StoredLogin(Instant.EPOCH, "203.0.113.7", "Firefox"))
			.hasToString("StoredLogin[1970-01-01T00:00:00Z]");
	}

	@Test
	void aSessionWithOneCounterIsSmall() {
		byte[] data = AttributesFormat
			.write(new StoredAttributes(null, null, null, Map.of("views", this.codec.encode("views", 1L))));
		assertThat(data).hasSize(11);
	}

	@Test
	void nothingIsTwoBytes() {
		byte[] data = AttributesFormat.write(new StoredAttributes(null, null, null, Map.of()));
		assertThat(data).containsExactly(1, 0);
		assertThat(AttributesFormat.read(data)).isEqualTo(new StoredAttributes(null, null, null, Map.of()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "01", "0000", "0200", "0104", "0108", "0110", "0118", "0120", "0140", "0180",
			"01240200", "010480", "01048000", "010c02", "010c0201", "010c0201ff", "01140201", "011402038e", "0101",
			"010180", "01018000", "0101ffffffffffffffffff01", "0100ffffffffffffffffff7f", "010001", "01000161",
			"0100016100", "0100016102", "01000161020a", "0100ffffffff0f61", "0100016101010161", "01000161010101610101",
			"010001ff0101", "0100018001", "0100810061" + "0101", "0100028061" + "0101",
			"01000161" + "ffffffffffffffff7f" + "0a", "01000161" + "8100" + "0a" })
	void dataThatIsNotOfTheFormatIsUnreadable(String hex) {
		byte[] data = HexFormat.of().parseHex(hex);
		assertThatExceptionOfType(UnreadableDataException.class).isThrownBy(() -> AttributesFormat.read(data));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "01", "0000", "0200", "0104", "0108", "0110", "0120", "0180", "0101", "010480",
			"01048000", "010c02", "010c0201", "010c0201ff", "01140201" })
	void aLoginInSuchDataIsUnreadableToo(String hex) {
		byte[] data = HexFormat.of().parseHex(hex);
		assertThatExceptionOfType(UnreadableDataException.class).isThrownBy(() -> AttributesFormat.readLogin(data));
	}

	@Test
	void everyCutIsUnreadableOrEndsBetweenAttributes() {
		byte[] data = AttributesFormat.write(attributes());
		for (int length = 0; length < data.length; length++) {
			byte[] cut = Arrays.copyOf(data, length);
			try {
				assertThat(AttributesFormat.write(AttributesFormat.read(cut))).isEqualTo(cut);
			}
			catch (UnreadableDataException ex) {
				assertThat(ex).hasMessageStartingWith("The data of a session can't be read");
			}
		}
	}

	@Test
	void randomBytesAreUnreadableOrCanonical() {
		Random random = new Random(42);
		byte[] valid = AttributesFormat.write(new StoredAttributes(Duration.ofMinutes(30), null,
				new StoredLogin(Instant.parse("2025-01-01T00:00:00Z"), "::1", "é/1"), attributes().values()));
		int readable = 0;
		for (int round = 0; round < 200_000; round++) {
			byte[] data;
			if (round % 2 == 0) {
				data = new byte[random.nextInt(40)];
				random.nextBytes(data);
				for (int i = 0; i < Math.min(data.length, 2) && random.nextInt(8) > 0; i++) {
					data[i] = (byte) (1 - i);
				}
			}
			else {
				data = valid.clone();
				data[random.nextInt(data.length)] = (byte) random.nextInt();
			}
			byte[] before = data.clone();
			try {
				assertThat(AttributesFormat.write(AttributesFormat.read(data))).isEqualTo(data);
				readable++;
			}
			catch (UnreadableDataException ex) {
				// Nothing else may be thrown.
			}
			assertThat(data).isEqualTo(before);
		}
		assertThat(readable).isBetween(1_000, 199_000);
	}

	@Test
	void anUnreadableValueCostsItselfAlone() {
		byte[] data = AttributesFormat
			.write(new StoredAttributes(null, null, null, Map.of("a", new EncodedValue(new byte[] { 99, 1 }, 0, 2))));
		EncodedValue value = AttributesFormat.read(data).values().get("a");
		assertThat(value).isNotNull();
		assertThatExceptionOfType(UnreadableValueException.class).isThrownBy(() -> this.codec.decodeNatural(value));
		assertThat(this.codec.asLong(value)).isNull();
	}

	@Test
	void aTimeIsNotNegative() {
		assertThatIllegalArgumentException().isThrownBy(
				() -> AttributesFormat.write(new StoredAttributes(Duration.ofMillis(-1), null, null, Map.of())));
	}

	@Test
	void aNameIsText() {
		Map<String, EncodedValue> values = Map.of("\uD800", this.codec.encodeLong(1));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> AttributesFormat.write(new StoredAttributes(null, null, null, values)));
		StoredLogin login = new StoredLogin(Instant.EPOCH, null, "\uDC00");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> AttributesFormat.write(new StoredAttributes(null, null, login, Map.of())));
	}

	@Test
	void valuesAreEqualByTheirBytesAndShowNone() {
		byte[] data = "xsecretx".getBytes(StandardCharsets.US_ASCII);
		EncodedValue part = new EncodedValue(data, 1, 6);
		EncodedValue whole = new EncodedValue("secret".getBytes(StandardCharsets.US_ASCII), 0, 6);
		assertThat(part).isEqualTo(whole).hasSameHashCodeAs(whole).hasToString("EncodedValue[6 bytes]");
		assertThat(part).isNotEqualTo(new EncodedValue(data, 0, 6));
		assertThat(part.toByteArray()).isEqualTo(whole.toByteArray());
	}

}
