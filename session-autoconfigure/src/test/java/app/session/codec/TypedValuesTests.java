package app.session.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
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
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Currency;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import app.session.AttributeNotStorableException;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What an {@code HttpSession} is given, and asked for without a type.
 */
class TypedValuesTests {

	private static final ZonedDateTime AT = ZonedDateTime.of(2026, 10, 25, 2, 30, 0, 5, ZoneId.of("Europe/Berlin"));

	private static final Fixtures.Item ITEM = new Fixtures.Item("a", 2, new BigDecimal("1.10"));

	private final AttributeCodec codec = codec(AllowedTypes.of("app.session.codec."));

	private final AttributeCodec builtIn = new AttributeCodec(AttributeCodec.mapperBuilder().build());

	static AttributeCodec codec(AllowedTypes allowed) {
		return new AttributeCodec(AttributeCodec.mapperBuilder().build(),
				new TypedJson(TypedJson.mapperBuilder(), allowed));
	}

	static Stream<Object> leaves() {
		return Stream.of("text", 'x', true, (byte) 1, (short) 2, 3, 4L, 1.5f, 0.1, -0.0, new byte[] { 1, -1 },
				new BigDecimal("1.10"), new BigDecimal("1E+3"), new BigDecimal("0.000"), BigInteger.TWO.pow(70),
				new UUID(1, 2), Locale.GERMANY, Locale.ROOT, Locale.forLanguageTag("zh-Hant-TW"),
				Currency.getInstance("EUR"), Instant.MAX, Instant.ofEpochSecond(1, 1), Duration.ofNanos(-1),
				Period.of(1, -2, 3), Year.of(-5), YearMonth.of(12345, 1), MonthDay.of(2, 29), LocalDate.MAX,
				LocalDateTime.MIN, LocalTime.MAX, OffsetDateTime.MAX, OffsetTime.MIN, AT, AT.withLaterOffsetAtOverlap(),
				AT.withZoneSameInstant(ZoneId.of("UTC")), ZoneOffset.ofHours(3), ZoneId.of("Europe/Paris"),
				DayOfWeek.MONDAY, Month.MAY, new Date(5));
	}

	@ParameterizedTest
	@MethodSource("leaves")
	void aValueComesBackAsItsClassAlsoInsideOthers(Object value) {
		comesBackExactly(this.builtIn, value);
		comesBackExactly(this.builtIn, Collections.unmodifiableList(Arrays.asList(value, null, value)));
		comesBackExactly(this.builtIn, new LinkedHashMap<>(Map.of("key", value)));
		comesBackExactly(this.builtIn, new Object[] { value, null });
	}

	static Stream<Arguments> containers() {
		TreeMap<String, Object> tree = new TreeMap<>(Map.of("b", 1L, "a", 2));
		return Stream
			.of(new ArrayList<>(List.of(1, 2L, "x")), new LinkedList<>(List.of(1L)),
					new LinkedHashMap<>(Map.of("a", 1L)), tree, new LinkedHashSet<>(List.of("b", "a")),
					new TreeSet<>(List.of("b", "a")), new ConcurrentHashMap<>(Map.of("a", 1L)),
					new CopyOnWriteArrayList<>(List.of(1L)), EnumSet.of(Fixtures.Plain.ONE),
					EnumSet.noneOf(Fixtures.Plain.class), EnumSet.allOf(Fixtures.Size.class),
					new EnumMap<>(Map.of(Fixtures.Size.SMALL, 1L)), new int[] { 1 }, new long[][] { { 1 }, {} },
					new String[] { "a", null }, new Object[] { 1L, new Object[] { "a" }, List.of(2L).toArray() },
					new Fixtures.Item[] { ITEM }, new Number[] { 1, 2L }, new char[] { 'a' }, new double[] { -0.0 },
					new Fixtures.Size[] { Fixtures.Size.SMALL }, new boolean[] { true }, new UUID[0],
					new byte[][] { { 1 } }, new short[] { 1 }, new float[] { 1.5f }, new ArrayList<>(),
					new LinkedHashMap<>())
			.map((value) -> Arguments.of(value));
	}

	@ParameterizedTest
	@MethodSource("containers")
	void aContainerComesBackAsItsClass(Object value) {
		comesBackExactly(this.codec, value);
	}

	static Stream<Arguments> relatives() {
		return Stream.of(Arguments.of(new HashMap<>(Map.of("a", 1L)), LinkedHashMap.class),
				Arguments.of(new HashSet<>(Set.of("a", "b")), LinkedHashSet.class),
				Arguments.of(Arrays.asList(1L, null), ArrayList.class),
				Arguments.of(List.of(), unmodifiable(List.of())), Arguments.of(List.of(1L), unmodifiable(List.of())),
				Arguments.of(List.of(1, 2, 3), unmodifiable(List.of())),
				Arguments.of(List.of(1, 2, 3, 4).subList(1, 3), unmodifiable(List.of())),
				Arguments.of(Collections.emptyList(), unmodifiable(List.of())),
				Arguments.of(Collections.singletonList(1L), unmodifiable(List.of())),
				Arguments.of(Stream.of(1L, 2L).toList(), unmodifiable(List.of())),
				Arguments.of(Collections.unmodifiableList(new LinkedList<>(List.of(1L))), unmodifiable(List.of())),
				Arguments.of(Set.of(), unmodifiable(Set.of())), Arguments.of(Set.of(1L), unmodifiable(Set.of())),
				Arguments.of(Set.of(1L, 2L, 3L), unmodifiable(Set.of())),
				Arguments.of(Collections.emptySet(), unmodifiable(Set.of())),
				Arguments.of(Collections.singleton(1L), unmodifiable(Set.of())),
				Arguments.of(Collections.unmodifiableSet(new HashSet<>(Set.of("a"))), unmodifiable(Set.of())),
				Arguments.of(Map.of(), unmodifiable(Map.of())), Arguments.of(Map.of("a", 1L), unmodifiable(Map.of())),
				Arguments.of(Map.of("a", 1L, "b", 2L, "c", 3L), unmodifiable(Map.of())),
				Arguments.of(Collections.emptyMap(), unmodifiable(Map.of())),
				Arguments.of(Collections.singletonMap("a", 1L), unmodifiable(Map.of())),
				Arguments.of(Collections.unmodifiableMap(new HashMap<>(Map.of("a", 1L))), unmodifiable(Map.of())));
	}

	private static Class<?> unmodifiable(Object like) {
		return ((like instanceof List<?> list) ? Collections.unmodifiableList(list) : (like instanceof Set<?> set)
				? Collections.unmodifiableSet(set) : Collections.unmodifiableMap((Map<?, ?>) like))
			.getClass();
	}

	@ParameterizedTest
	@MethodSource("relatives")
	void aContainerWhoseClassIsOfNoInterestComesBackAsARelativeThatStaysTheSame(Object value, Class<?> expected) {
		EncodedValue encoded = this.codec.encodeObject("a", value);
		Object back = this.codec.decodeNatural(encoded);
		assertThat(back).isEqualTo(value).isExactlyInstanceOf(expected);
		assertThat(this.codec.encodeObject("a", back)).isEqualTo(encoded);
	}

	@Test
	void aQueueComesBackInItsOrder() {
		Object back = this.codec.decodeNatural(this.codec.encodeObject("a", new ArrayDeque<>(List.of(2L, 1))));
		assertThat(back).isExactlyInstanceOf(ArrayDeque.class);
		assertThat(List.copyOf((Collection<?>) back)).isEqualTo(List.of(2L, 1));
	}

	record Pet(Object owner, List<Object> toys, Object[] any, Number weight, Optional<Object> note,
			Comparable<?> comparable) {
	}

	public static class Animal {

		private String name = "";

		private Animal friend;

		public String getName() {
			return this.name;
		}

		public void setName(String name) {
			this.name = name;
		}

		public Animal getFriend() {
			return this.friend;
		}

		public void setFriend(Animal friend) {
			this.friend = friend;
		}

	}

	public static class Dog extends Animal {

		private Map<Long, Fixtures.Size> byId = new HashMap<>();

		public Map<Long, Fixtures.Size> getById() {
			return this.byId;
		}

		public void setById(Map<Long, Fixtures.Size> byId) {
			this.byId = byId;
		}

	}

	private static Dog dog() {
		Dog dog = new Dog();
		dog.setName("Rex");
		Dog friend = new Dog();
		friend.getById().put(7L, Fixtures.Size.LARGE);
		dog.setFriend(friend);
		return dog;
	}

	static Stream<Object> beans() {
		return Stream.of(ITEM, new Fixtures.Anything(5), new Fixtures.Anything(5L), new Fixtures.Anything(null),
				new Fixtures.Anything(List.of(ITEM, 1L)), new Fixtures.Anything(new Fixtures.Anything(AT)),
				new Fixtures.Anything(Fixtures.Size.SMALL), new Fixtures.Bag(Map.of("a", 1L, "b", ITEM)),
				new Fixtures.Point(1, 2), new Fixtures.Email("a@b.example"), new Fixtures.Computed(1, 2), dog(),
				new Fixtures.Cart().with(ITEM), Fixtures.Size.SMALL, Fixtures.Plain.ONE,
				new Fixtures.Anything(new Fixtures.Cart().with(ITEM)), new Pet(ITEM, List.of(1L, ITEM),
						new Object[] { AT, null }, new BigDecimal("1.10"), Optional.of(5L), "c"),
				new Pet(dog(), new ArrayList<>(), new Object[0], 5L, Optional.empty(), 7L),
				new Fixtures.Order(new UUID(3, 4), List.of(ITEM, ITEM), Map.of(Fixtures.Size.SMALL, 1),
						Optional.of("note"), AT,
						new Fixtures.Order(new UUID(5, 6), List.of(), Map.of(), Optional.empty(), AT, null)));
	}

	@ParameterizedTest
	@MethodSource("beans")
	void aBeanOrRecordComesBackWithEverythingInIt(Object value) {
		EncodedValue encoded = this.codec.encodeObject("a", value);
		Object back = this.codec.decodeNatural(encoded);
		assertThat(back).hasSameClassAs(value).usingRecursiveComparison().isEqualTo(value);
		assertThat(this.codec.encodeObject("a", back)).isEqualTo(encoded);
		assertThat(this.codec.<Object>decode(encoded, value.getClass())).hasSameClassAs(value);
		assertThat(this.codec.decodeNatural(encoded)).hasSameClassAs(value);
	}

	/** A user of an application's own, whose rights are no state of it. */
	static final class Member {

		private final String name;

		@JsonCreator
		Member(@JsonProperty("name") String name) {
			this.name = name;
		}

		public String getName() {
			return this.name;
		}

		public Collection<? extends Object> getRights() {
			return List.of("of " + this.name);
		}

		public Map<String, Object> getLimits() {
			return Map.of();
		}

	}

	@Test
	void whatAGetterComputesDoesNotHaveToComeBack() {
		Member back = (Member) this.codec.decode(this.codec.encodeObject("member", new Member("a")), Object.class);
		assertThat(back).isNotNull();
		assertThat(back.getName()).isEqualTo("a");
	}

	private static void comesBackExactly(AttributeCodec codec, Object value) {
		EncodedValue encoded = codec.encodeObject("a", value);
		Object back = codec.decodeNatural(encoded);
		assertThat(back).hasSameClassAs(value).usingRecursiveComparison().withStrictTypeChecking().isEqualTo(value);
		assertThat(codec.encodeObject("a", back)).isEqualTo(encoded);
	}

	@Test
	void numbersThatAreNoneComeBack() {
		for (Object value : List.of(Double.NaN, Float.NaN, Double.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY)) {
			assertThat(this.codec.decodeNatural(this.codec.encodeObject("a", List.of(value))))
				.isEqualTo(List.of(value));
		}
	}

	@Test
	void whatIsRawIsWrittenAsEver() {
		for (Object value : List.of("a", 1, 2L, true, 1.5, new byte[] { 1 }, 'c')) {
			assertThat(this.codec.encodeObject("a", value)).isEqualTo(this.codec.encode("a", value));
		}
	}

	/** What is stored must be readable by every later version. */
	@Test
	void theBytesStayWhatTheyAre() {
		String golden = "{\"@class\":\"java.util.LinkedHashMap\",\"item\":{\"@class\":\"" + Fixtures.Bag.class.getName()
				+ "\",\"attributes\":{\"@class\":\"java.util.Collections$UnmodifiableMap\",\"n\":[\"java.lang.Long\",5]}},"
				+ "\"price\":[\"java.math.BigDecimal\",1.10],\"list\":[\"java.util.ArrayList\",[1,\"a\",null,"
				+ "[\"java.time.ZonedDateTime\",\"2026-10-25T02:30:00.000000005+02:00[Europe/Berlin]\"]]],"
				+ "\"set\":[\"java.util.EnumSet<" + Fixtures.Plain.class.getName() + ">\",[\"ONE\"]]}";
		Map<String, Object> value = new LinkedHashMap<>();
		value.put("item", new Fixtures.Bag(Map.of("n", 5L)));
		value.put("price", new BigDecimal("1.10"));
		value.put("list", new ArrayList<>(Arrays.asList(1, "a", null, AT)));
		value.put("set", EnumSet.of(Fixtures.Plain.ONE));
		byte[] bytes = this.codec.encodeObject("a", value).toByteArray();
		assertThat(bytes[0]).isEqualTo((byte) 13);
		String json = new String(bytes, 1, bytes.length - 1, StandardCharsets.UTF_8);
		assertThat(json).isEqualTo(golden);
		assertThat(this.codec.decodeNatural(new EncodedValue(bytes, 0, bytes.length))).isEqualTo(value);
	}

	@Test
	void whatSessionSetWroteIsReadAsMapsAndLists() {
		EncodedValue json = this.codec.encode("a", ITEM);
		assertThat(this.codec.decodeNatural(json))
			.isEqualTo(Map.of("sku", "a", "count", 2, "price", new BigDecimal("1.10")));
	}

	@Test
	void aValueIsReadAsWhatItIsAndAsNothingElse() {
		EncodedValue value = this.codec.encodeObject("a", ITEM);
		assertThat(this.codec.<Record>decode(value, Record.class)).isEqualTo(ITEM);
		assertThat(this.codec.<Object>decode(value, Object.class)).isEqualTo(ITEM);
		assertThatExceptionOfType(UnreadableValueException.class)
			.isThrownBy(() -> this.codec.decode(value, Fixtures.Point.class));
		assertThatExceptionOfType(UnreadableValueException.class).isThrownBy(() -> this.codec.decode(value, Map.class));
		EncodedValue number = this.codec.encodeObject("a", new BigDecimal("5.0"));
		assertThat(this.codec.<Long>decode(number, long.class)).isEqualTo(5);
		assertThat(this.codec.asLong(number)).isNull();
	}

	record Holder(Fixtures.Item item, String text) {
	}

	@Test
	void aBeanOfAllAttributesTakesThemToo() {
		Map<String, EncodedValue> attributes = new LinkedHashMap<>();
		attributes.put("item", this.codec.encodeObject("item", ITEM));
		attributes.put("text", this.codec.encodeObject("text", "x"));
		assertThat(this.codec.toBean(attributes, Holder.class)).isEqualTo(new Holder(ITEM, "x"));
		assertThat((Object) this.codec.toBean(attributes, Map.class)).isEqualTo(Map.of("item", ITEM, "text", "x"));
	}

	@Test
	void onlyWhatCantChangeIsSaidNotToChange() {
		assertThat(this.codec.canChangeInPlace(this.codec.decodeNatural(this.codec.encodeObject("a", ITEM)))).isFalse();
		assertThat(this.codec.canChangeInPlace(this.codec.decodeNatural(this.codec.encodeObject("a", AT)))).isFalse();
		assertThat(this.codec.canChangeInPlace(this.codec.decodeNatural(this.codec.encodeObject("a", dog())))).isTrue();
		assertThat(this.codec.canChangeInPlace(this.codec.decodeNatural(this.codec.encodeObject("a", List.of()))))
			.isTrue();
	}

	static Stream<Object> losses() {
		Dog cycle = new Dog();
		cycle.setFriend(cycle);
		List<Object> inItself = new ArrayList<>();
		inItself.add(inItself);
		List<Object> deep = new ArrayList<>();
		for (int i = 0; i < 100_000; i++) {
			deep = new ArrayList<>(List.of(deep));
		}
		TreeMap<String, Object> reversed = new TreeMap<>(Comparator.reverseOrder());
		reversed.putAll(Map.of("a", 1, "b", 2));
		Map<String, Object> typeKey = new LinkedHashMap<>(Map.of("@class", "java.util.TreeMap"));
		Map<String, Object> nullKey = new HashMap<>();
		nullKey.put(null, 1);
		return Stream.of(cycle, inItself, deep, typeKey, nullKey, new HashMap<>(Map.of(5L, "a")),
				new HashMap<>(Map.of(new UUID(1, 2), "a")), new EnumMap<>(Fixtures.Plain.class),
				BigInteger.TEN.pow(2000), reversed);
	}

	@Test
	void aMapWhoseKeysAreLostSaysSo() {
		assertThatExceptionOfType(AttributeNotStorableException.class)
			.isThrownBy(() -> this.codec.encodeObject("a", new HashMap<>(Map.of(5L, "sesame"))))
			.withMessageContaining("keys are of java.lang.Long")
			.withMessageNotContaining("sesame");
	}

	@ParameterizedTest
	@MethodSource("losses")
	void whatWouldNotComeBackIsRefused(Object value) {
		assertThatExceptionOfType(AttributeNotStorableException.class)
			.isThrownBy(() -> this.codec.encodeObject("a", value));
	}

}
