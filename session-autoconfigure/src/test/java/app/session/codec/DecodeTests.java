package app.session.codec;

import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;

import app.session.AttributeNotStorableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.core.ParameterizedTypeReference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DecodeTests {

	private final AttributeCodec codec = new AttributeCodec(AttributeCodec.mapperBuilder().build());

	static Stream<Arguments> conversions() {
		return Stream.of(Arguments.of(5, long.class, 5L), Arguments.of(5, Long.class, 5L),
				Arguments.of(5L, int.class, 5), Arguments.of(5L, Integer.class, 5), Arguments.of(5, int.class, 5),
				Arguments.of(5, short.class, (short) 5), Arguments.of(-128, byte.class, (byte) -128),
				Arguments.of(5, double.class, 5.0), Arguments.of(5L, BigDecimal.class, new BigDecimal(5)),
				Arguments.of(5L, BigInteger.class, BigInteger.valueOf(5)), Arguments.of(5.0, long.class, 5L),
				Arguments.of(0.1, BigDecimal.class, new BigDecimal("0.1")), Arguments.of(0.5, float.class, 0.5f),
				Arguments.of(1.1f, double.class, (double) 1.1f), Arguments.of(new BigDecimal("0.1"), double.class, 0.1),
				Arguments.of(new BigDecimal("1E+3"), int.class, 1000), Arguments.of(BigInteger.TEN, long.class, 10L),
				Arguments.of(Double.NaN, float.class, Float.NaN), Arguments.of(1L << 53, double.class, 0x1p53),
				Arguments.of(5L, Number.class, 5L), Arguments.of(5L, Object.class, 5L),
				Arguments.of("a", Comparable.class, "a"), Arguments.of("a", CharSequence.class, "a"),
				Arguments.of(true, boolean.class, true), Arguments.of('c', char.class, 'c'),
				Arguments.of(new BigDecimal("1.10"), Number.class, new BigDecimal("1.10")));
	}

	@ParameterizedTest
	@MethodSource("conversions")
	void aValueIsConvertedWhereNothingIsLost(Object value, Class<?> type, Object expected) {
		assertThat(this.codec.<Object>decode(this.codec.encode("a", value), type)).isEqualTo(expected)
			.hasSameClassAs(expected);
	}

	static Stream<Arguments> mismatches() {
		return Stream.of(Arguments.of(1L << 31, int.class), Arguments.of(128, byte.class),
				Arguments.of(40_000, short.class), Arguments.of(1.5, long.class), Arguments.of(Double.NaN, int.class),
				Arguments.of(-0.0, int.class), Arguments.of(-0.0f, long.class), Arguments.of(-0.0, BigDecimal.class),
				Arguments.of((1L << 53) + 1, double.class), Arguments.of(0.1, float.class),
				Arguments.of(new BigDecimal("1E+999999999"), long.class),
				Arguments.of(new BigDecimal("1E+999999999"), BigInteger.class),
				Arguments.of(new BigDecimal("1E+999999999"), double.class),
				Arguments.of(new BigDecimal("1.5"), int.class), Arguments.of("sesame", Integer.class),
				Arguments.of("sesame", Fixtures.Item.class), Arguments.of("sesame", Boolean.class),
				Arguments.of(1, Boolean.class), Arguments.of(1, String.class), Arguments.of(true, String.class),
				Arguments.of(new byte[] { 1 }, String.class), Arguments.of("sesame", byte[].class),
				Arguments.of(List.of("sesame"), Fixtures.Item.class), Arguments.of(List.of("sesame"), String.class),
				Arguments.of(List.of("sesame"), Integer.class),
				Arguments.of(Map.of("sku", List.of("sesame")), Fixtures.Item.class),
				Arguments.of(List.of("sesame"), new ParameterizedTypeReference<List<Integer>>() {
				}.getType()), Arguments.of("sesame", new ParameterizedTypeReference<List<Integer>>() {
				}.getType()), Arguments.of(new UUID(1, 2), Fixtures.Plain.class),
				Arguments.of(Fixtures.Plain.ONE, Fixtures.Size.class), Arguments.of(List.of(1.5), int[].class),
				Arguments.of(List.of("1"), int[].class), Arguments.of(List.of(0), Fixtures.Plain[].class));
	}

	@ParameterizedTest
	@MethodSource("mismatches")
	void aValueOfAnotherTypeIsUnreadableAndNotShown(Object value, Type type) {
		EncodedValue encoded = this.codec.encode("a", value);
		assertThatExceptionOfType(UnreadableValueException.class).isThrownBy(() -> this.codec.decode(encoded, type))
			.withMessageNotContaining("sesame")
			.withNoCause();
	}

	@Test
	void damagedValuesAreUnreadable() {
		Random random = new Random(7);
		List<Object> values = List.of(1L, 1.5, "text €", 'c', true, Map.of("a", List.of(1, "b")),
				new BigDecimal("1.10"));
		for (int round = 0; round < 10_000; round++) {
			byte[] bytes = this.codec.encode("a", values.get(round % values.size())).toByteArray();
			bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
			EncodedValue damaged = new EncodedValue(bytes, 0, 1 + random.nextInt(bytes.length));
			for (Type type : List.of(Object.class, Long.class, Fixtures.Item.class)) {
				try {
					this.codec.decode(damaged, type);
				}
				catch (UnreadableValueException ex) {
					// Nothing else may be thrown.
				}
			}
			this.codec.asLong(damaged);
		}
	}

	@Test
	void randomValuesComeBack() {
		Random random = new Random(11);
		for (int round = 0; round < 20_000; round++) {
			long bits = random.nextLong() >> random.nextInt(64);
			comesBack(bits);
			comesBack((int) bits);
			comesBack((short) bits);
			comesBack((byte) bits);
			comesBack((char) bits);
			double number = Double.longBitsToDouble(bits);
			Double back = this.codec.decode(this.codec.encode("a", number), double.class);
			assertThat(Double.doubleToRawLongBits(back)).isEqualTo(Double.doubleToRawLongBits(number));
			float single = Float.intBitsToFloat((int) bits);
			Float singleBack = this.codec.decode(this.codec.encode("a", single), float.class);
			assertThat(Float.floatToIntBits(singleBack)).isEqualTo(Float.floatToIntBits(single));
			byte[] bytes = new byte[random.nextInt(50)];
			random.nextBytes(bytes);
			assertThat(this.codec.<byte[]>decode(this.codec.encode("a", bytes), byte[].class)).isEqualTo(bytes);
		}
	}

	private void comesBack(Object value) {
		assertThat(this.codec.<Object>decode(this.codec.encode("a", value), value.getClass())).isEqualTo(value);
	}

	@Test
	void everyCodePointComesBackOrIsRefused() {
		for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
			String text = "a" + Character.toString(codePoint) + "b";
			if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
				assertThatExceptionOfType(AttributeNotStorableException.class)
					.isThrownBy(() -> this.codec.encode("a", text));
			}
			else if (!text.equals(this.codec.decode(this.codec.encode("a", text), String.class))) {
				throw new AssertionError("U+" + Integer.toHexString(codePoint));
			}
		}
	}

	@Test
	void countersAreIntegersOfAnyWidth() {
		assertThat(this.codec.asLong(this.codec.encodeLong(-7))).isEqualTo(-7);
		assertThat(this.codec.encodeLong(5)).isEqualTo(this.codec.encode("a", 5L));
		for (Object integer : List.of(5, 5L, (short) 5, (byte) 5)) {
			assertThat(this.codec.asLong(this.codec.encode("a", integer))).isEqualTo(5);
		}
		for (Object other : List.of(5.0, "5", '5', true, BigInteger.TWO, List.of(5))) {
			assertThat(this.codec.asLong(this.codec.encode("a", other))).isNull();
		}
	}

	@Test
	void aDecodedArrayIsACopy() {
		EncodedValue value = this.codec.encode("a", new byte[] { 1 });
		byte[] first = this.codec.decode(value, byte[].class);
		assertThat(first).isNotNull();
		first[0] = 2;
		assertThat(this.codec.<byte[]>decode(value, byte[].class)).containsExactly(1);
	}

	record Immutable(String text, int number, Fixtures.Plain plain, Fixtures.Item item, Locale locale) {
	}

	@Test
	void onlyWhatCanChangeIsComparedAgain() {
		for (Object fixed : List.of("a", 1, 1L, 1.5, true, 'c', BigDecimal.ONE, BigInteger.ONE, new UUID(1, 2),
				Fixtures.Plain.ONE, Fixtures.Size.SMALL, Instant.EPOCH, LocalDate.EPOCH, Locale.ROOT,
				new Fixtures.Item("a", 1, BigDecimal.ONE),
				new Immutable("a", 1, Fixtures.Plain.ONE, new Fixtures.Item("a", 1, BigDecimal.ONE), Locale.ROOT))) {
			assertThat(this.codec.canChangeInPlace(fixed)).as("%s", fixed).isFalse();
		}
		for (Object changing : List.of(new ArrayList<>(), new HashMap<>(), new byte[1], new Fixtures.Person(),
				new java.util.Date(), new StringBuilder(), new Fixtures.Anything("a"), new Fixtures.Bag(Map.of()),
				new Fixtures.Bytes(new byte[0], new byte[0][]))) {
			assertThat(this.codec.canChangeInPlace(changing)).as("%s", changing).isTrue();
		}
	}

	@Test
	void readingDoesNotLookLikeAChange() {
		List<Object> values = List.of(Map.of("b", 1, "a", 2),
				java.util.Set.of(new UUID(1, 2), new UUID(8, 1), new UUID(3, 4)), Arrays.asList(1, null));
		List<Class<?>> types = List.of(Map.class, java.util.Set.class, List.class);
		for (int i = 0; i < values.size(); i++) {
			EncodedValue stored = this.codec.encode("a", values.get(i));
			Object read = this.codec.decode(stored, types.get(i));
			assertThat(read).isNotNull();
			assertThat(this.codec.encode("a", read)).isEqualTo(stored);
		}
	}

}
