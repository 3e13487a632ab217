package app.session.codec;

import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Currency;
import java.util.Date;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.core.ParameterizedTypeReference;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Everything a Java user puts in comes back as it went.
 */
class StorableValuesTests {

	private final AttributeCodec codec = new AttributeCodec(AttributeCodec.mapperBuilder().build());

	private static final ZonedDateTime AT = ZonedDateTime.of(2026, 10, 25, 2, 30, 0, 5, ZoneId.of("Europe/Berlin"));

	private static final Fixtures.Item ITEM = new Fixtures.Item("a", 2, new BigDecimal("1.10"));

	static Stream<Object> values() {
		return Stream.of("", "text", "Grüße 👋 \u0000 \uFFFD \"\\", true, false, (byte) -128, (short) 32767, 0, -1,
				Integer.MIN_VALUE, 1L, Long.MAX_VALUE, Long.MIN_VALUE, (1L << 53) + 1, 1.5f, Float.NaN, -0.0f, 0.1,
				Double.NaN, Double.NEGATIVE_INFINITY, -0.0, Double.MIN_VALUE, Double.MAX_VALUE, 'x', '€', '\uD800',
				new BigDecimal("1.10"), new BigDecimal("1E+3"), new BigDecimal("1E-400"), new BigDecimal("0.000"),
				BigInteger.TWO.pow(70), BigInteger.TEN.pow(1200), new UUID(1, 2), Locale.GERMANY, Locale.ROOT,
				Locale.forLanguageTag("zh-Hant-TW"), Currency.getInstance("EUR"), URI.create("http://a.example/ä?b#c"),
				Instant.MAX, Instant.MIN, Instant.ofEpochSecond(1, 1), Duration.ofNanos(-1),
				Duration.ofSeconds(Long.MAX_VALUE, 5), Period.of(1, -2, 3), Year.of(-5), YearMonth.of(12345, 1),
				MonthDay.of(2, 29), LocalDate.MAX, LocalDateTime.MIN, LocalTime.MAX, LocalTime.MIDNIGHT,
				OffsetDateTime.MAX, OffsetTime.MIN, AT, AT.withLaterOffsetAtOverlap(),
				AT.withZoneSameInstant(ZoneOffset.UTC), AT.withZoneSameInstant(ZoneId.of("UTC")),
				AT.withZoneSameInstant(ZoneId.of("GMT+2")), ZoneOffset.ofHours(3), DayOfWeek.MONDAY, Month.MAY,
				Fixtures.Plain.TWO, new Date(5), OptionalInt.of(3), OptionalLong.empty(), ITEM,
				new Fixtures.Computed(1, 2), new Fixtures.Email("a@b.example"), new Fixtures.Point(1, 2), person(),
				publicFields(), new Fixtures.Anything(null), new Fixtures.Anything("text"), new Fixtures.Anything(5),
				new Fixtures.Bag(Map.of("a", 1, "b", "text", "c", List.of(1, "x", true), "d", Map.of("e", 1))),
				new Fixtures.Order(new UUID(3, 4), List.of(ITEM, ITEM), Map.of(Fixtures.Size.SMALL, 1),
						Optional.of("note"), AT,
						new Fixtures.Order(new UUID(5, 6), List.of(), Map.of(), Optional.empty(), AT, null)));
	}

	@ParameterizedTest
	@MethodSource("values")
	void aValueComesBackAsItsClass(Object value) {
		Object back = this.codec.decode(this.codec.encode("name", value), value.getClass());
		assertThat(back).isEqualTo(value).hasSameClassAs(value);
		// Once more, when the class is known already.
		assertThat(this.codec.<Object>decode(this.codec.encode("name", value), value.getClass())).isEqualTo(value);
	}

	static Stream<Arguments> typedValues() {
		Map<String, Object> withNull = new LinkedHashMap<>();
		withNull.put("a", null);
		withNull.put("b", 1);
		return Stream.of(typed(List.of(ITEM, ITEM), new ParameterizedTypeReference<List<Fixtures.Item>>() {
		}), typed(Arrays.asList("a", null, "half \uD800"), new ParameterizedTypeReference<List<String>>() {
		}), typed(Arrays.asList(1.5, Double.NaN, null, -0.0), new ParameterizedTypeReference<List<Double>>() {
		}), typed(List.of((1L << 53) + 1, 1L), new ParameterizedTypeReference<List<Long>>() {
		}), typed(Set.of(new UUID(1, 2), new UUID(3, 4)), new ParameterizedTypeReference<Set<UUID>>() {
		}), typed(Map.of(Fixtures.Size.LARGE, List.of(ITEM)),
				new ParameterizedTypeReference<Map<Fixtures.Size, List<Fixtures.Item>>>() {
				}), typed(Map.of(new UUID(1, 2), AT), new ParameterizedTypeReference<Map<UUID, ZonedDateTime>>() {
				}), typed(Map.of(5L, 'c', 6L, 'd'), new ParameterizedTypeReference<Map<Long, Character>>() {
				}), typed(Map.of(LocalDate.EPOCH, true), new ParameterizedTypeReference<Map<LocalDate, Boolean>>() {
				}), typed(withNull, new ParameterizedTypeReference<Map<String, Integer>>() {
				}), typed(Optional.of(ITEM), new ParameterizedTypeReference<Optional<Fixtures.Item>>() {
				}), typed(Optional.empty(), new ParameterizedTypeReference<Optional<String>>() {
				}), typed(List.of(Optional.of(1), Optional.empty()),
						new ParameterizedTypeReference<List<Optional<Integer>>>() {
						}),
				typed(new TreeMap<>(Map.of("b", 1, "a", 2)),
						new ParameterizedTypeReference<TreeMap<String, Integer>>() {
						}),
				typed(new TreeSet<>(List.of("b", "a")), new ParameterizedTypeReference<TreeSet<String>>() {
				}), typed(EnumSet.of(Fixtures.Plain.ONE), new ParameterizedTypeReference<Set<Fixtures.Plain>>() {
				}), typed(new EnumMap<>(Map.of(Fixtures.Plain.ONE, 1L)),
						new ParameterizedTypeReference<Map<Fixtures.Plain, Long>>() {
						}),
				typed(List.of(List.of(), List.of(1)), new ParameterizedTypeReference<List<List<Integer>>>() {
				}), typed(List.of(new byte[] { 1 }, new byte[0]), new ParameterizedTypeReference<List<byte[]>>() {
				}), typed(List.of(Fixtures.Size.SMALL, Fixtures.Size.LARGE),
						new ParameterizedTypeReference<List<Fixtures.Size>>() {
						}),
				typed(new BigDecimal[] { new BigDecimal("1.10") }, BigDecimal[].class),
				typed(new byte[] { 0, -1 }, byte[].class), typed(new byte[][] { { 1 }, {} }, byte[][].class),
				typed(new int[] { 1, -1 }, int[].class), typed(new long[] { Long.MAX_VALUE }, long[].class),
				typed(new double[] { Double.NaN, -0.0 }, double[].class), typed(new char[] { 'a', '€' }, char[].class),
				typed(new float[] { Float.POSITIVE_INFINITY }, float[].class),
				typed(new boolean[] { true }, boolean[].class), typed(new String[] { "a", null }, String[].class),
				typed(new Fixtures.Item[] { ITEM }, Fixtures.Item[].class),
				typed(new int[][] { { 1 }, {} }, int[][].class), typed(new Object[] { 1, "a", null }, Object[].class),
				typed(Fixtures.Size.SMALL, Fixtures.Size.class), typed(ZoneId.of("Europe/Paris"), ZoneId.class),
				typed(TimeZone.getTimeZone("Asia/Tokyo"), TimeZone.class),
				typed(new Fixtures.Bytes(new byte[] { 1 }, new byte[][] { { 2 } }), Fixtures.Bytes.class),
				typed(new Fixtures.Numbers((byte) 1, (short) 2, 3, (1L << 53) + 1, 1.1f, Double.NaN, 'c', true, null,
						new double[] { -0.0 }), Fixtures.Numbers.class),
				typed(new Fixtures.Cart().with(ITEM), Fixtures.Cart.class),
				typed(new StringBuilder("x"), StringBuilder.class), typed(new AtomicInteger(4), AtomicInteger.class),
				typed(new ArrayDeque<>(List.of(1, 2)), new ParameterizedTypeReference<Deque<Integer>>() {
				}));
	}

	private static Arguments typed(Object value, Class<?> type) {
		return Arguments.of(value, type);
	}

	private static Arguments typed(Object value, ParameterizedTypeReference<?> type) {
		return Arguments.of(value, type.getType());
	}

	@ParameterizedTest
	@MethodSource("typedValues")
	void aValueComesBackAsTheTypeAskedFor(Object value, Type type) {
		for (int round = 0; round < 2; round++) {
			Object back = this.codec.decode(this.codec.encode("name", value), type);
			assertThat(new Object[] { back }).usingRecursiveComparison()
				.withEqualsForType(Double::equals, Double.class)
				.withEqualsForType((a, b) -> a.compareTo(b) == 0, StringBuilder.class)
				.isEqualTo(new Object[] { value });
			assertThat(this.codec.encode("name", back)).isEqualTo(this.codec.encode("name", value));
		}
	}

	@Test
	void anEnumIsStoredByItsName() {
		assertThat(this.codec.decodeNatural(this.codec.encode("name", Fixtures.Size.SMALL))).isEqualTo("SMALL");
		assertThat(this.codec.decodeNatural(this.codec.encode("name", Map.of(Fixtures.Size.SMALL, 1))))
			.isEqualTo(Map.of("SMALL", 1));
	}

	@Test
	void naturalNumbersKeepTheirValue() {
		Map<String, Object> map = Map.of("long", 5L, "double", 2.5, "float", 1.1f, "decimal", new BigDecimal("1.10"));
		Object back = this.codec.decodeNatural(this.codec.encode("name", map));
		assertThat(back).isEqualTo(Map.of("long", 5, "double", new BigDecimal("2.5"), "float", new BigDecimal("1.1"),
				"decimal", new BigDecimal("1.10")));
	}

	@Test
	void aListReadAsAListHasNaturalValues() {
		EncodedValue value = this.codec.encode("name", List.of(ITEM));
		assertThat(this.codec.<List<?>>decode(value, List.class))
			.isEqualTo(List.of(Map.of("sku", "a", "count", 2, "price", new BigDecimal("1.10"))));
		assertThat(this.codec.decodeNatural(value)).isInstanceOf(List.class);
	}

	@Test
	void nullInsideCollectionsStays() {
		Map<String, List<String>> map = new HashMap<>();
		map.put("none", null);
		map.put("one", Collections.singletonList(null));
		EncodedValue value = this.codec.encode("name", map);
		assertThat(this.codec.<Object>decode(value, new ParameterizedTypeReference<Map<String, List<String>>>() {
		}.getType())).isEqualTo(map);
	}

	@Test
	void doubleBraceCollectionsAreCollections() {
		List<String> list = new ArrayList<>() {

			private static final long serialVersionUID = 1L;

			{
				add("a");
			}
		};
		assertThat(this.codec.decodeNatural(this.codec.encode("name", list))).isEqualTo(List.of("a"));
	}

	private static Fixtures.Person person() {
		Fixtures.Person person = new Fixtures.Person();
		person.setName("Ann");
		person.setBorn(LocalDate.EPOCH);
		person.setActive(true);
		person.setTags(Arrays.asList("a", null));
		return person;
	}

	private static Fixtures.PublicFields publicFields() {
		Fixtures.PublicFields fields = new Fixtures.PublicFields();
		fields.count = 3;
		fields.plains = Set.of(Fixtures.Plain.ONE);
		return fields;
	}

}
