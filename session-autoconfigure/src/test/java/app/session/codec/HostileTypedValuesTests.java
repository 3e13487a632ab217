package app.session.codec;

import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What somebody who can write into the store may put there.
 */
class HostileTypedValuesTests {

	/** Counts what must not happen; apart from the class, whose loading it records. */
	static final class Traces {

		static final AtomicInteger LEFT = new AtomicInteger();

		private Traces() {
		}

	}

	/** Leaves a trace if it is as much as initialized. */
	public static class Gadget {

		static {
			Traces.LEFT.incrementAndGet();
		}

		public Gadget() {
			Traces.LEFT.incrementAndGet();
		}

		public Gadget(String text) {
			Traces.LEFT.incrementAndGet();
		}

		public void setValue(Object value) {
			Traces.LEFT.incrementAndGet();
		}

	}

	enum GadgetEnum {

		ONE;

		GadgetEnum() {
			Traces.LEFT.incrementAndGet();
		}

	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
	interface Annotated {

	}

	record Named(String name) implements Annotated {
	}

	record WithAnnotated(Annotated value) {
	}

	private static final String PREFIX = HostileTypedValuesTests.class.getName() + "$";

	private static final String ANYTHING = Fixtures.Anything.class.getName();

	private final AttributeCodec codec = TypedValuesTests
		.codec(AllowedTypes.of(ANYTHING, Fixtures.Cart.class.getName(), Fixtures.Item.class.getName(),
				Fixtures.Plain.class.getName(), WithAnnotated.class.getName(), Named.class.getName()));

	/**
	 * Places for classes and addresses that a class of the application's own declares.
	 */
	public static class Places {

		public @Nullable Class<?> type;

		public @Nullable Map<Class<?>, String> byType;

		public @Nullable Map<URL, String> byAddress;

	}

	@ParameterizedTest
	@ValueSource(
			strings = { "\"type\":\"$Gadget\"", "\"byType\":{\"@class\":\"java.util.LinkedHashMap\",\"$Gadget\":\"a\"}",
					"\"byAddress\":{\"@class\":\"java.util.LinkedHashMap\",\"ftp://example.invalid/\":\"a\"}",
					"\"byAddress\":{\"@class\":\"java.util.LinkedHashMap\",\"file:/etc\":\"a\"}" })
	void whereAClassOrAnAddressIsDeclaredNoneIsTakenByName(String property) {
		AttributeCodec places = TypedValuesTests.codec(AllowedTypes.of(Places.class.getName()));
		String json = "{\"@class\":\"" + Places.class.getName() + "\"," + property.replace("$", PREFIX) + "}";
		assertThatExceptionOfType(UnreadableValueException.class).isThrownBy(
				() -> places.decodeNatural(RawCodec.writeBytes(Tag.TYPED, json.getBytes(StandardCharsets.UTF_8))));
	}

	@Test
	void anAddressThatIsAKeyAsksNoNameServer() {
		AttributeCodec places = TypedValuesTests.codec(AllowedTypes.of(Places.class.getName()));
		String json = "{\"@class\":\"" + Places.class.getName()
				+ "\",\"byAddress\":{\"@class\":\"java.util.LinkedHashMap\",\"https://example.invalid/\":\"a\"}}";
		Places back = (Places) places
			.decodeNatural(RawCodec.writeBytes(Tag.TYPED, json.getBytes(StandardCharsets.UTF_8)));
		assertThat(back.byAddress).hasSize(1);
		assertThat(back.byAddress.keySet().iterator().next().toExternalForm()).isEqualTo("https://example.invalid/");
	}

	@AfterEach
	void nothingWasMade() {
		assertThat(Traces.LEFT).hasValue(0);
	}

	private static EncodedValue typed(String json) {
		return RawCodec.writeBytes(Tag.TYPED, json.getBytes(StandardCharsets.UTF_8));
	}

	private void isUnreadable(String json) {
		EncodedValue value = typed(json);
		for (Class<?> type : List.of(Object.class, Map.class, Fixtures.Anything.class)) {
			assertThatExceptionOfType(UnreadableValueException.class).isThrownBy(() -> this.codec.decode(value, type))
				.withMessageNotContaining("sesame")
				.withMessageNotContaining("Gadget")
				.withNoCause();
		}
		assertThatExceptionOfType(UnreadableValueException.class).isThrownBy(() -> this.codec.decodeNatural(value));
		assertThat(this.codec.toBean(Map.of("value", value), Fixtures.Anything.class))
			.isEqualTo(new Fixtures.Anything(null));
	}

	static Stream<String> gadgets() {
		return Stream.of("java.net.URL", "java.net.URI", "java.io.File", "java.io.FileOutputStream",
				"javax.script.ScriptEngineManager", "com.sun.rowset.JdbcRowSetImpl", "javax.sql.rowset.JdbcRowSet",
				"org.springframework.context.support.ClassPathXmlApplicationContext",
				"org.springframework.beans.factory.config.PropertyPathFactoryBean", "java.lang.Class",
				"java.lang.ProcessBuilder", "java.lang.Runtime", "java.lang.Thread", "java.lang.ClassLoader",
				"java.net.URLClassLoader", "java.util.Scanner", "java.util.Properties", "java.util.logging.FileHandler",
				"java.util.PriorityQueue", "java.util.ServiceLoader", "java.util.concurrent.ThreadPoolExecutor",
				"sun.misc.Unsafe", "com.zaxxer.hikari.HikariConfig", "org.h2.jdbcx.JdbcDataSource",
				"tools.jackson.databind.node.ObjectNode", "no.such.Thing", Gadget.class.getName(),
				GadgetEnum.class.getName(), Fixtures.class.getName(), "");
	}

	/** The ways to say a class. */
	private static final List<UnaryOperator<String>> NAMES = List.of((name) -> name, (name) -> "[L" + name + ";",
			(name) -> "[[L" + name + ";", (name) -> "java.util.ArrayList<" + name + ">",
			(name) -> "java.util.LinkedHashMap<java.lang.String," + name + ">",
			(name) -> "java.util.EnumSet<" + name + ">", (name) -> "java.util.EnumMap<" + name + ",java.lang.Object>",
			(name) -> "java.util.EnumMap<" + name + ">", (name) -> ANYTHING + "<" + name + ">",
			(name) -> name + "<java.lang.String>");

	/** The places to say it in. */
	private static final List<UnaryOperator<String>> PLACES = List.of((name) -> "[\"" + name + "\",\"sesame\"]",
			(name) -> "[\"" + name + "\",{\"value\":\"sesame\"}]", (name) -> "[\"" + name + "\",[\"sesame\"]]",
			(name) -> "[\"" + name + "\",[]]", (name) -> "[\"" + name + "\",{}]", (name) -> "[\"" + name + "\"]",
			(name) -> "{\"@class\":\"" + name + "\"}", (name) -> "{\"@class\":\"" + name + "\",\"value\":\"sesame\"}",
			(name) -> "[\"java.util.ArrayList\",[[\"" + name + "\",\"sesame\"]]]",
			(name) -> "[\"java.util.ArrayList\",[{\"@class\":\"" + name + "\",\"value\":1}]]",
			(name) -> "[\"java.util.Collections$UnmodifiableRandomAccessList\",[[\"" + name + "\",\"sesame\"]]]",
			(name) -> "[\"[Ljava.lang.Object;\",[[\"" + name + "\",\"sesame\"]]]",
			(name) -> "{\"@class\":\"java.util.LinkedHashMap\",\"a\":[\"" + name + "\",\"sesame\"]}",
			(name) -> "{\"@class\":\"" + ANYTHING + "\",\"value\":[\"" + name + "\",\"sesame\"]}",
			(name) -> "{\"@class\":\"" + ANYTHING + "\",\"value\":{\"@class\":\"" + name + "\",\"value\":\"sesame\"}}",
			(name) -> "{\"@class\":\"" + Fixtures.Cart.class.getName() + "\",\"items\":[\"" + name + "\",[]]}",
			(name) -> "{\"@class\":\"" + WithAnnotated.class.getName() + "\",\"value\":{\"@class\":\"" + name
					+ "\",\"value\":\"sesame\"}}");

	@ParameterizedTest
	@MethodSource("gadgets")
	void aClassThatIsNotAllowedIsNotEvenInitialized(String gadget) {
		for (UnaryOperator<String> name : NAMES) {
			for (UnaryOperator<String> place : PLACES) {
				isUnreadable(place.apply(name.apply(gadget)));
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "@type", "type", "_class", "class", "@c", "$type", "=type" })
	void otherWaysToNameAClassAreNone(String property) {
		isUnreadable("{\"" + property + "\":\"" + Gadget.class.getName() + "\",\"value\":\"sesame\"}");
		isUnreadable("{\"" + Gadget.class.getName() + "\":{\"value\":\"sesame\"}}");
		isUnreadable("[[\"" + Gadget.class.getName() + "\",{\"value\":\"sesame\"}]]");
	}

	static Stream<Arguments> malformed() {
		String item = Fixtures.Item.class.getName();
		return Stream.of(Arguments.of("empty", ""), Arguments.of("no name", "{\"value\":\"sesame\"}"),
				Arguments.of("no name in a list", "[\"java.util.ArrayList\",[{\"value\":\"sesame\"}]]"),
				Arguments.of("name twice", "{\"@class\":\"" + ANYTHING + "\",\"@class\":\"" + ANYTHING + "\"}"),
				Arguments.of("second name a gadget",
						"{\"@class\":\"" + ANYTHING + "\",\"@class\":\"" + Gadget.class.getName() + "\"}"),
				Arguments.of("property twice", "{\"@class\":\"" + ANYTHING + "\",\"value\":1,\"value\":2}"),
				Arguments.of("name not first", "{\"value\":\"sesame\",\"@class\":\"" + ANYTHING + "\"}"),
				Arguments.of("name not first, where an annotation asks for it",
						"{\"@class\":\"" + WithAnnotated.class.getName()
								+ "\",\"value\":{\"name\":\"sesame\",\"@class\":\"" + Named.class.getName() + "\"}}"),
				Arguments.of("name null", "{\"@class\":null,\"value\":\"sesame\"}"),
				Arguments.of("name a number", "{\"@class\":5,\"value\":\"sesame\"}"),
				Arguments.of("name a list", "{\"@class\":[\"" + ANYTHING + "\"],\"value\":\"sesame\"}"),
				Arguments.of("garbage after it", "{\"@class\":\"" + ANYTHING + "\"} sesame"),
				Arguments.of("a value after it", "{\"@class\":\"" + ANYTHING + "\"}{}"),
				Arguments.of("three in a pair", "[\"java.util.ArrayList\",[],[]]"),
				Arguments.of("cut off", "{\"@class\":\"" + ANYTHING + "\",\"value\":\"sesame"),
				Arguments.of("a list without a name", "[1,2,3]"), Arguments.of("not UTF-8", "\"\u0000"),
				Arguments.of("another class in a closed place",
						"[\"[L" + item + ";\",[{\"@class\":\"" + ANYTHING + "\"},\"sesame\"]]"),
				Arguments.of("a class that does not fit",
						"{\"@class\":\"" + WithAnnotated.class.getName() + "\",\"value\":{\"@class\":\"" + ANYTHING
								+ "\"}}"),
				Arguments.of("a list that does not fit",
						"{\"@class\":\"" + Fixtures.Cart.class.getName()
								+ "\",\"items\":{\"@class\":\"java.util.LinkedHashMap\"}}"),
				Arguments.of("an unknown constant", "[\"" + Fixtures.Plain.class.getName() + "\",\"sesame\"]"),
				Arguments.of("a number as a constant", "[\"" + Fixtures.Plain.class.getName() + "\",0]"),
				Arguments.of("dimensions", "[\"" + "[".repeat(100_000) + "I\",[]]"),
				Arguments.of("a number too long", "[\"java.math.BigDecimal\"," + "9".repeat(1_000_000) + "]"),
				Arguments.of("a scale too large", "[\"java.math.BigInteger\",1e1000000000]"));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("malformed")
	void whatWasNotWrittenByUsIsUnreadable(String name, String json) {
		isUnreadable(json);
	}

	@ParameterizedTest
	@ValueSource(ints = { 501, 5_000, 100_000 })
	void nestingIsBounded(int depth) {
		isUnreadable("[".repeat(depth));
		isUnreadable("[\"java.util.ArrayList\",[".repeat(depth) + "]]".repeat(depth));
		isUnreadable(("{\"@class\":\"" + ANYTHING + "\",\"value\":").repeat(depth) + "1" + "}".repeat(depth));
		isUnreadable("{\"@class\":\"java.util.LinkedHashMap\",\"sesame\":".repeat(depth) + "1" + "}".repeat(depth));
		isUnreadable("{\"@class\":\"" + ANYTHING + "\",\"unknown\":" + "[".repeat(depth) + "]".repeat(depth) + "}");
	}

	@Test
	void aTextOfAHundredMegabytesIsNotParsed() {
		byte[] bytes = new byte[100_000_000];
		java.util.Arrays.fill(bytes, (byte) 'a');
		bytes[0] = Tag.TYPED.code;
		bytes[1] = '"';
		bytes[bytes.length - 1] = '"';
		EncodedValue value = new EncodedValue(bytes, 0, bytes.length);
		long before = allocated();
		assertThatExceptionOfType(UnreadableValueException.class).isThrownBy(() -> this.codec.decodeNatural(value));
		assertThat(allocated() - before).isLessThan(1_000_000);
	}

	private static long allocated() {
		return ((com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean())
			.getCurrentThreadAllocatedBytes();
	}

	@Test
	void damagedValuesAreUnreadableOrOtherValues() {
		Random random = new Random(7);
		Map<String, Object> value = new HashMap<>(Map.of("a", new Fixtures.Anything(5L), "b",
				new ArrayList<>(List.of(Fixtures.Plain.ONE, 1.5)), "c", new Fixtures.Item[0]));
		byte[] good = this.codec.encodeObject("a", value).toByteArray();
		for (int round = 0; round < 20_000; round++) {
			byte[] bytes = good.clone();
			bytes[1 + random.nextInt(bytes.length - 1)] = (byte) random.nextInt();
			try {
				this.codec.decodeNatural(new EncodedValue(bytes, 0, 1 + random.nextInt(bytes.length)));
			}
			catch (UnreadableValueException ex) {
				// Nothing else may be thrown.
			}
		}
	}

	@Test
	void aPropertyThatIsGoneIsPassedOver() {
		String gone = "{\"@class\":\"" + ANYTHING + "\",\"gone\":{\"@class\":\"" + Gadget.class.getName()
				+ "\",\"value\":1},\"value\":5}";
		assertThat(this.codec.decodeNatural(typed(gone))).isEqualTo(new Fixtures.Anything(5));
	}

	@Test
	void whatIsNestedAsDeepAsItMayIsReadOnASmallStack() throws Exception {
		List<Object> deep = new ArrayList<>();
		for (int i = 0; i < 240; i++) {
			deep = new ArrayList<>(List.of(deep));
		}
		EncodedValue value = this.codec.encodeObject("a", deep);
		List<Object> expected = deep;
		AtomicInteger read = new AtomicInteger();
		Thread thread = new Thread(null, () -> {
			assertThat(this.codec.decodeNatural(value)).isEqualTo(expected);
			read.incrementAndGet();
		}, "small", 512 * 1024);
		thread.start();
		thread.join();
		assertThat(read).hasValue(1);
	}

	@Test
	void whatIsNotAllowedAnyMoreIsUnreadable() {
		EncodedValue value = this.codec.encodeObject("a", new Fixtures.Anything(1));
		AttributeCodec without = new AttributeCodec(AttributeCodec.mapperBuilder().build());
		assertThatExceptionOfType(UnreadableValueException.class).isThrownBy(() -> without.decodeNatural(value));
	}

	@Test
	void anAnnotationThatNamesClassesIsUnderTheSameRule() {
		WithAnnotated value = new WithAnnotated(new Named("a"));
		assertThat(this.codec.decodeNatural(this.codec.encodeObject("a", value))).isEqualTo(value);
	}

}
