package app.session.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import app.session.codec.AttributeJson.Form;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What JavaScript sees of attributes, and what comes back when it has written them again.
 */
class AttributeJsonTests {

	private final AttributeCodec codec = new AttributeCodec(AttributeCodec.mapperBuilder().build());

	private final AttributeJson json = new AttributeJson();

	private JsonNode parse(String text) {
		JsonNode node = this.json.parse(text);
		assertThat(node).as(text).isNotNull();
		return node;
	}

	/** Through text, as a store does. */
	private Object natural(Form form) {
		return this.codec.decodeNatural(this.json.read(parse(this.json.print(form.json())), form.type()));
	}

	static Stream<Object> plain() {
		return Stream.of(1L, 0L, -42L, 9007199254740991L, 0.125, 1e300, -5e-324, true, false, "",
				"J\u00f6rg; \"\\ \u2028", "\uD83C\uDF6A");
	}

	@ParameterizedTest
	@MethodSource("plain")
	void whatJavaScriptKeepsIsPlainAndTellsItsType(Object value) {
		Form form = this.json.write(this.codec.encode("a", value));
		assertThat(form.type()).isNull();
		assertThat(form.json().isValueNode()).isTrue();
		assertThat(natural(form)).isEqualTo(value);
	}

	static Stream<Object> typed() {
		return Stream.of(7, (short) 7, (byte) 7, 7f, 0.1f, 7.0, 1e15, 'x', new BigDecimal("1.5"));
	}

	@ParameterizedTest
	@MethodSource("typed")
	void aTypeThatJsonDoesNotTellIsToBeKept(Object value) {
		Form form = this.json.write(this.codec.encode("a", value));
		assertThat(form.type()).isNotNull();
		assertThat(form.json().isValueNode()).isTrue();
		assertThat(natural(form)).isEqualTo(value);
	}

	static Stream<Object> opaque() {
		return Stream.of(9007199254740992L, Long.MIN_VALUE, -0.0, Double.NaN, Float.NEGATIVE_INFINITY,
				new byte[] { 0, -1 }, new BigInteger("123456789012345678901234567890"),
				new BigDecimal("0.12345678901234567890123"));
	}

	@ParameterizedTest
	@MethodSource("opaque")
	void whatJavaScriptWouldLoseIsLeftAloneByIt(Object value) {
		Form form = this.json.write(this.codec.encode("a", value));
		assertThat(form.type()).isNull();
		assertThat(form.json().propertyNames()).containsExactly(AttributeJson.OPAQUE);
		assertThat(natural(form)).isEqualTo(value);
	}

	@Test
	void aNumberInsideThatJavaScriptWouldRoundMakesTheWholeOpaque() {
		Object value = Map.of("ids", List.of(1, 9007199254740993L));
		Form form = this.json.write(this.codec.encode("a", value));
		assertThat(form.json().propertyNames()).containsExactly(AttributeJson.OPAQUE);
		assertThat(natural(form)).isEqualTo(value);
	}

	@Test
	void anObjectIsPlainUnlessItNamesItsClasses() {
		Object value = List.of(1, "two", Map.of("three", List.of(0.5)));
		Form form = this.json.write(this.codec.encode("a", value));
		assertThat(this.json.print(form.json())).isEqualTo("[1,\"two\",{\"three\":[0.5]}]");
		assertThat(form.type()).isNull();
		Form typed = this.json.write(this.codec.encodeObject("a", value));
		assertThat(typed.json().propertyNames()).containsExactly(AttributeJson.OPAQUE);
		assertThat(natural(typed)).isEqualTo(value);
	}

	/** Else a value of a visitor's would be taken for one of ours. */
	@Test
	void whatLooksOpaqueIsMadeSo() {
		Form inner = this.json.write(this.codec.encode("a", new byte[] { 1 }));
		Object lookalike = Map.of(AttributeJson.OPAQUE, inner.json().get(AttributeJson.OPAQUE).stringValue());
		assertThat(natural(this.json.write(this.codec.encode("a", lookalike)))).isEqualTo(lookalike);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"$session\":\"*\"}", "{\"$session\":\"\"}", "{\"$session\":\"AA\"}", "{\"$session\":1}",
			"{\"$session\":\"Ag\",\"more\":1}" })
	void whatOnlyBeginsLikeOneIsAnOrdinaryObject(String text) {
		assertThat(this.codec.decodeNatural(this.json.read(parse(text), null))).isInstanceOf(Map.class);
	}

	@Test
	void textFromJavaScriptMayBeReadAsWhatJsonWritesAsText() {
		EncodedValue date = this.json.read(parse("\"2026-11-25\""), null);
		assertThat(this.codec.<LocalDate>decode(date, LocalDate.class)).isEqualTo(LocalDate.of(2026, 11, 25));
		assertThat(this.codec.<String>decode(date, String.class)).isEqualTo("2026-11-25");
		EncodedValue day = this.json.read(parse("\"MONDAY\""), null);
		assertThat(this.codec.<DayOfWeek>decode(day, DayOfWeek.class)).isEqualTo(DayOfWeek.MONDAY);
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '\0',
			value = { "1,1", "1.5,1.5", "1e21,1.0E21", "0.1,0.1", "true,true", "\"\\ud800\",\uD800" })
	void aNumberOrTextOfJavaScriptReadsAsWhatItIs(String text, String natural) {
		assertThat(String.valueOf(this.codec.decodeNatural(this.json.read(parse(text), null)))).isEqualTo(natural);
	}

	@Test
	void halfASurrogatePairStaysWhatItIs() {
		JsonNode node = parse("{\"a\":\"\\ud800\u00f6\"}");
		assertThat(this.json.print(node)).isEqualToIgnoringCase("{\"a\":\"\\ud800\\u00f6\"}");
		Form form = this.json.write(this.json.read(parse("\"\\udfff\""), null));
		assertThat(this.json.print(form.json())).isEqualToIgnoringCase("\"\\udfff\"");
	}

	@Test
	void nullIsAValue() {
		EncodedValue none = this.json.read(parse("null"), null);
		assertThat(this.codec.decodeNatural(none)).isNull();
		assertThat(this.json.print(this.json.write(none).json())).isEqualTo("null");
	}

	@ParameterizedTest
	@CsvSource({ "int, 1.5, 1.5", "int, 3000000000, 3000000000", "int, true, true", "byte, 300, 300",
			"float, 0.12345678901, 0.12345678901", "char, 1, 1", "unknown, 1, 1", "JSON, 1, 1" })
	void aTypeThatFitsNoMoreIsWithoutEffect(String type, String text, String natural) {
		assertThat(String.valueOf(this.codec.decodeNatural(this.json.read(parse(text), type)))).isEqualTo(natural);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "{", "{} {}", "undefined", "{'a':1}", "NaN", "[1,]", "\"\\x\"" })
	void whatIsNotJsonIsNothing(String text) {
		assertThat(this.json.parse(text)).isNull();
	}

	@Test
	void whatIsNestedTooDeepIsNothing() {
		assertThat(this.json.parse("[".repeat(100_000))).isNull();
		assertThat(this.json.parse("[".repeat(1500) + "]".repeat(1500))).isNotNull();
	}

	@Test
	void aHugeExponentIsAShortText() {
		EncodedValue huge = this.json.read(parse("1e999999999"), null);
		assertThat(huge.size()).isLessThan(20);
		assertThat(this.json.write(huge).json().propertyNames()).containsExactly(AttributeJson.OPAQUE);
	}

}
