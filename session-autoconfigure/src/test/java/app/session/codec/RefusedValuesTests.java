package app.session.codec;

import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;

import app.session.AttributeNotStorableException;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What would not come back as it went is refused where it is set.
 */
class RefusedValuesTests {

	private final AttributeCodec codec = new AttributeCodec(AttributeCodec.mapperBuilder().build());

	private static final Fixtures.Item ITEM = new Fixtures.Item("a", 1, BigDecimal.ONE);

	sealed interface Figure permits Circle, Square {

	}

	record Circle(int radius) implements Figure {
	}

	record Square(int side) implements Figure {
	}

	record Drawing(Figure figure) {
	}

	record Holder(Supplier<String> supplier) {
	}

	interface Named {

		String getName();

	}

	record Lossy(@JsonFormat(pattern = "yyyy-MM-dd", timezone = "UTC") Instant at) {
	}

	record Ancestor(Base base) {
	}

	public static class Base {

		public int a;

	}

	public static class Derived extends Base {

		public int b = 1;

	}

	public static class NoGetter {

		private final String secret = "s";

		public int visible;

		int use() {
			return this.secret.length();
		}

	}

	/** Finds its values equal by the id alone, as entities do. */
	public static class Entity {

		public int id;

		private @Nullable String text;

		public @Nullable String getText() {
			return (this.text != null) ? "***" : null;
		}

		public void setText(@Nullable String text) {
			this.text = text;
		}

		@Override
		public boolean equals(@Nullable Object other) {
			return other instanceof Entity that && that.id == this.id;
		}

		@Override
		public int hashCode() {
			return this.id;
		}

	}

	public static class FinalWithoutConstructor {

		private final int id;

		public FinalWithoutConstructor() {
			this.id = 0;
		}

		FinalWithoutConstructor(boolean ignored, int id) {
			this.id = id;
		}

		public int getId() {
			return this.id;
		}

	}

	public static class NoDefaultConstructor {

		public int a;

		private NoDefaultConstructor(int one, int two, int three) {
			this.a = one + two + three;
		}

	}

	public static class Throwing {

		public int getValue() {
			throw new IllegalStateException("secret");
		}

	}

	class Inner {

		public int a = 1;

	}

	static class ListWithOwner extends ArrayList<String> {

		private static final long serialVersionUID = 1L;

		String owner = "me";

	}

	public static class Node {

		public @Nullable Node next;

	}

	static Stream<Object> values() {
		List<Object> inItself = new ArrayList<>();
		inItself.add(inItself);
		Map<String, Object> mapInItself = new HashMap<>();
		mapInItself.put("a", mapInItself);
		Node cycle = new Node();
		cycle.next = cycle;
		Entity entity = new Entity();
		entity.setText("number");
		BitSet bits = new BitSet();
		bits.set(1);
		List<Object> deep = new ArrayList<>();
		for (int i = 0; i < 100_000; i++) {
			deep = new ArrayList<>(List.of(deep));
		}
		Runnable lambda = () -> {
		};
		Named named = () -> "name";
		Object anonymous = new Object() {
			@SuppressWarnings("unused")
			public int a = 1;

		};
		return Stream.of("half \uD800", "\uDC00", new Object(), lambda, named, anonymous, Stream.of(1),
				List.of(1).iterator(), new Thread(), Thread.currentThread(), String.class,
				ClassLoader.getSystemClassLoader(), new CompletableFuture<>(), new ByteArrayInputStream(new byte[1]),
				Optional.of(lambda), new Holder(() -> "a"), new Drawing(new Circle(1)), new Lossy(Instant.now()),
				new Ancestor(new Derived()), new NoGetter(), entity, List.of(entity),
				new FinalWithoutConstructor(true, 5), new NoDefaultConstructor(1, 2, 3), new Throwing(),
				new RefusedValuesTests().new Inner(), new ListWithOwner(), inItself, mapInItself, cycle, bits, deep,
				List.of(1, Instant.EPOCH), List.of(new Circle(1), new Square(1)), Map.of("a", ITEM, "b", "text"),
				new Fixtures.Anything(Instant.EPOCH), new Fixtures.Anything(ITEM), new Fixtures.Anything(Double.NaN),
				new Fixtures.Anything(-0.0), new Fixtures.Anything(Set.of("a")), new Fixtures.Anything(List.of('c')),
				new Fixtures.Bag(Map.of("at", Instant.EPOCH)), List.<Object>of((Object) new Object[] { Instant.EPOCH }),
				Map.of(ITEM, 1), new Fixtures.Anything(String.class));
	}

	@ParameterizedTest
	@MethodSource("values")
	void aValueThatWouldNotComeBackIsRefusedWithTheAttributesName(Object value) {
		for (int round = 0; round < 2; round++) {
			assertThatExceptionOfType(AttributeNotStorableException.class)
				.isThrownBy(() -> this.codec.encode("basket", value))
				.withMessageContaining("'basket'")
				.satisfies((ex) -> assertThat(ex.getAttributeName()).isEqualTo("basket"));
		}
	}

	static Stream<List<Object>> pairs() {
		Entity empty = new Entity();
		Entity full = new Entity();
		full.setText("number");
		return Stream.of(List.of(new ArrayList<>(), List.of(full)), List.of(List.of(ITEM), List.of(full)),
				List.of(new Fixtures.Anything("a"), new Fixtures.Anything(ITEM)),
				List.of(new Fixtures.Bag(Map.of()), new Fixtures.Bag(Map.of("a", ITEM))),
				List.of(new Ancestor(new Base()), new Ancestor(new Derived())),
				List.of(new Drawing2(null), new Drawing2(new Circle(1))), List.of(Optional.empty(), Optional.of(full)),
				List.of(Map.of("a", 1), Map.of("a", full)), List.of(new Object[] { 1 }, new Object[] { ITEM }),
				List.of(new Lossy2(null), new Lossy2(Instant.MAX)),
				List.of(new Suppressed(true, null), new Suppressed(true, 1)),
				List.of(new BeanList(List.of()), new BeanList(List.of(full))),
				List.of(new BeanList(Arrays.asList((Entity) null)), new BeanList(List.of(full))));
	}

	record Drawing2(@Nullable Figure figure) {
	}

	record Lossy2(@JsonFormat(pattern = "yyyy", timezone = "UTC") @Nullable Instant at) {
	}

	record BeanList(List<Entity> entities) {
	}

	@JsonInclude(JsonInclude.Include.NON_NULL)
	public static class Suppressed {

		private final @Nullable Integer number;

		public Suppressed() {
			this.number = null;
		}

		Suppressed(boolean ignored, @Nullable Integer number) {
			this.number = number;
		}

		public @Nullable Integer getNumber() {
			return this.number;
		}

	}

	@ParameterizedTest
	@MethodSource("pairs")
	void aValueThatComesBackDoesNotVouchForAnotherOfItsClass(List<Object> pair) {
		for (int round = 0; round < 2; round++) {
			this.codec.encode("basket", pair.get(0));
			assertThatExceptionOfType(AttributeNotStorableException.class)
				.isThrownBy(() -> this.codec.encode("basket", pair.get(1)));
		}
	}

	@Test
	void aClassThatIsKnownIsStillRefusedWhereAnotherIsDeclared() {
		this.codec.encode("basket", new Derived());
		this.codec.encode("basket", new Ancestor(new Base()));
		assertThatExceptionOfType(AttributeNotStorableException.class)
			.isThrownBy(() -> this.codec.encode("basket", new Ancestor(new Derived())));
	}

	@Test
	void theReasonNamesTheFieldThatWouldBeLost() {
		assertThatExceptionOfType(AttributeNotStorableException.class)
			.isThrownBy(() -> this.codec.encode("basket", new NoGetter()))
			.withMessageContaining("field 'secret'")
			.withMessageContaining("NoGetter");
	}

	@Test
	void theReasonDoesNotShowTheValue() {
		for (Object value : List.of(new Fixtures.Anything(Map.of("sesame", Instant.EPOCH)), new Coded("sesame"))) {
			assertThatExceptionOfType(AttributeNotStorableException.class)
				.isThrownBy(() -> this.codec.encode("basket", value))
				.satisfies((ex) -> assertThat(ex).hasStackTraceContaining("basket"))
				.satisfies((ex) -> assertThat(stackTrace(ex)).doesNotContain("sesame"));
		}
	}

	private static String stackTrace(Throwable ex) {
		java.io.StringWriter trace = new java.io.StringWriter();
		ex.printStackTrace(new java.io.PrintWriter(trace));
		return trace.toString();
	}

	/** Is written as a text that it can't be read from. */
	public static class Coded {

		private final String code;

		Coded(String code, int... ignored) {
			this.code = code;
		}

		@com.fasterxml.jackson.annotation.JsonValue
		String code() {
			return this.code;
		}

	}

	@Test
	void aStreamIsNotConsumed() {
		Stream<Integer> stream = Stream.of(1);
		assertThatExceptionOfType(AttributeNotStorableException.class)
			.isThrownBy(() -> this.codec.encode("basket", stream));
		assertThat(stream).containsExactly(1);
	}

}
