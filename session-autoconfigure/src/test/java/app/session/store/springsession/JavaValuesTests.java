package app.session.store.springsession;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Currency;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import app.session.codec.UnreadableValueException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What sessions hold can be read, and what somebody may have put into the store instead
 * can't.
 */
@Timeout(20)
class JavaValuesTests {

	private final JavaValues values = new JavaValues(new JavaTypes(Set.of(Cart.class.getName())));

	static Stream<Object> common() {
		return Stream.of("text", 1, 2L, (short) 3, (byte) 4, 5.5, 6.5f, true, 'c', new BigDecimal("12.30"),
				BigInteger.TEN.pow(50), new Date(7), new UUID(8, 9), Instant.EPOCH, LocalDate.of(2020, 2, 29),
				Duration.ofMinutes(3), ZonedDateTime.of(2020, 1, 1, 1, 1, 1, 1, ZoneId.of("Europe/Berlin")), Month.MAY,
				Locale.GERMANY, Currency.getInstance("EUR"), new ArrayList<>(List.of(1, 2, 2)),
				new LinkedList<>(List.of("a")), new HashMap<>(Map.of("a", 1)), new LinkedHashMap<>(Map.of("a", 1)),
				new TreeMap<>(Map.of("b", new ArrayList<>(List.of(1)))), new HashSet<>(Set.of(1)),
				new TreeSet<>(Set.of(1)), List.of(), List.of(1), List.of(1, 2, 3), Set.of(1, 2), Map.of(1, 2),
				Arrays.asList(1, 2), Collections.emptyList(), Collections.singletonMap("a", 1),
				Collections.unmodifiableList(new ArrayList<>(List.of(List.of(), new HashMap<>()))),
				new ConcurrentHashMap<>(Map.of("a", 1)), new CopyOnWriteArrayList<>(List.of(1)),
				new ArrayList<>(Collections.nCopies(100_000, "a")), new HashSet<>(), new Cart(List.of("apple")));
	}

	@ParameterizedTest
	@MethodSource("common")
	void whatSessionsHoldIsRead(Object value) {
		Object read = this.values.read(write(value));
		assertThat(read).isEqualTo(value);
		assertThat(read).hasSameClassAs(value);
	}

	@Test
	void arraysAreRead() {
		assertThat(this.values.read(write(new String[] { "a", null }))).isEqualTo(new String[] { "a", null });
		assertThat(this.values.read(write(new int[][] { { 1 }, {} }))).isEqualTo(new int[][] { { 1 }, {} });
		assertThat(this.values.read(write(new byte[100_000]))).isEqualTo(new byte[100_000]);
	}

	@Test
	void aClassThatIsNotNamedIsNotMade() {
		assertThatExceptionOfType(RefusedClassException.class).isThrownBy(() -> this.values.read(write(new Gadget())))
			.withMessage(Gadget.class.getName());
		assertThatExceptionOfType(RefusedClassException.class)
			.isThrownBy(() -> this.values.read(write(new ArrayList<>(List.of(new Gadget())))));
		assertThatExceptionOfType(RefusedClassException.class)
			.isThrownBy(() -> this.values.read(write(new Gadget[] { new Gadget() })));
		assertThat(Gadget.READ).as("how often one was read").isEmpty();
	}

	@Test
	void aClassThatIsNotNamedIsNotLoaded() {
		String name = Sleeper.class.getName();
		byte[] bytes = write(new Cart(List.of("apple")));
		byte[] other = replace(bytes, Cart.class.getName(), name.substring(0, name.length() - 3) + "zzz");
		assertThatExceptionOfType(RefusedClassException.class).isThrownBy(() -> this.values.read(other))
			.withMessageEndingWith("zzz");
	}

	@Test
	void aProxyIsNotMade() {
		Object proxy = Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { Comparable.class },
				(Serializable & java.lang.reflect.InvocationHandler) (self, method, args) -> 0);
		assertThatExceptionOfType(RefusedClassException.class).isThrownBy(() -> this.values.read(write(proxy)));
	}

	@Test
	void aSetOfSetsThatTakesForEverToHashIsRefused() {
		Set<Object> root = new HashSet<>();
		Set<Object> one = root;
		Set<Object> two = new HashSet<>();
		for (int i = 0; i < 30; i++) {
			Set<Object> nextOne = new HashSet<>(Set.of("one"));
			Set<Object> nextTwo = new HashSet<>();
			one.add(nextOne);
			one.add(nextTwo);
			two.add(nextOne);
			two.add(nextTwo);
			one = nextOne;
			two = nextTwo;
		}
		assertRefused(write(root));
	}

	@Test
	void aListThatIsLongerThanTheWorldIsRefused() {
		List<Object> list = new ArrayList<>(List.of("laugh"));
		for (int i = 0; i < 20; i++) {
			list = new ArrayList<>(Collections.nCopies(10, list));
		}
		assertRefused(write(list));
	}

	@Test
	void whatContainsItselfIsRefused() {
		List<Object> list = new ArrayList<>();
		list.add(list);
		assertRefused(write(list));
		Object[] array = new Object[1];
		array[0] = array;
		assertRefused(write(array));
	}

	@Test
	void whatIsNestedTooDeepIsRefused() {
		Object list = new ArrayList<>();
		for (int i = 0; i < JavaValues.MAX_DEPTH + 1; i++) {
			list = new ArrayList<>(List.of(list));
		}
		assertRefused(write(list));
	}

	@Test
	void moreBytesThanTheLimitAreRefused() {
		assertRefused(write(new byte[JavaValues.MAX_BYTES]));
	}

	@Test
	void anArrayThatIsLongerThanItsBytesIsRefusedBeforeItIsMade() {
		byte[] longs = write(new long[1]);
		ByteBuffer.wrap(longs).putInt(longs.length - Long.BYTES - Integer.BYTES, 100_000_000);
		assertRefused(longs);
		byte[] list = replace(write(new ArrayList<>(Collections.nCopies(0x01020304 & 0xFF, "a"))),
				"\u0000\u0000\u0000\u0004w\u0004\u0000\u0000\u0000\u0004",
				"\u0005\u0000\u0000\u0000w\u0004\u0005\u0000\u0000\u0000");
		assertRefused(list);
	}

	@Test
	void aNumberThatTakesTooLongToPrintIsRefused() {
		assertRefused(write(BigInteger.ONE.shiftLeft(1_000_000)));
		assertRefused(write(new BigDecimal(BigInteger.ONE.shiftLeft(1_000_000))));
	}

	@Test
	void damagedBytesAreRefused() {
		byte[] bytes = write(new ArrayList<>(List.of("a", 1, new Date(2))));
		for (int length = 2; length < bytes.length; length++) {
			assertRefused(Arrays.copyOf(bytes, length));
		}
	}

	private void assertRefused(byte[] bytes) {
		assertThatExceptionOfType(UnreadableValueException.class).isThrownBy(() -> this.values.read(bytes));
	}

	private static byte[] write(Object value) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
			out.writeObject(value);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

	private static byte[] replace(byte[] bytes, String from, String to) {
		String text = new String(bytes, StandardCharsets.ISO_8859_1);
		assertThat(text).contains(from);
		int shift = to.length() - from.length();
		int at = text.indexOf(from);
		String changed = text.substring(0, at) + to + text.substring(at + from.length());
		byte[] result = changed.getBytes(StandardCharsets.ISO_8859_1);
		if (shift != 0) {
			ByteBuffer.wrap(result).putShort(at - 2, (short) to.length());
		}
		return result;
	}

	record Cart(List<String> items) implements Serializable {
	}

	static final class Sleeper {

	}

	static final class Gadget implements Serializable {

		static final List<Gadget> READ = new ArrayList<>();

		private static final long serialVersionUID = 1L;

		private void readObject(ObjectInputStream input) throws IOException, ClassNotFoundException {
			input.defaultReadObject();
			READ.add(this);
		}

	}

}
