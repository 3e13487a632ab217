package app.session.codec;

import java.io.File;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import app.session.AttributeNotStorableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class AllowedTypesTests {

	private final AllowedTypes allowed = AllowedTypes.of("com.acme.", "org.other.Cart", "java.net.URL");

	@ParameterizedTest
	@ValueSource(strings = { "com.acme.Cart", "com.acme.shop.Cart", "com.acme.Shop$Cart", "org.other.Cart",
			"[Lcom.acme.Cart;", "[[Lorg.other.Cart;", "java.net.URL", "java.lang.String", "java.util.ArrayList",
			"java.util.LinkedHashMap", "[I", "[[B", "[Ljava.lang.Object;", "[[Ljava.lang.String;",
			"java.time.ZonedDateTime" })
	void allows(String name) {
		assertThat(this.allowed.allows(name)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "[", "[[", "[X", "I", "int", "[int", "com.acme", "com.acme.", "com.acmeevil.Cart",
			"xcom.acme.Cart", "org.other.Cart2", "org.other.Cart$Inner", "org.other.CartItem", "java.net.URI",
			"java.io.File", "java.lang.Object", "java.lang.Class", "java.util.List", "java.util.Map", "[Ljava.net.URI;",
			"[Ljava.lang.Class;", "[Lcom.acme.Cart", "Lcom.acme.Cart;", "com/acme/Cart", "com.acme.Cart<java.net.URI>",
			"java.util.ArrayList<java.net.URL>", "com.acme.[Ljava.net.URI;", "com.acme..Cart", "com.acme.Cart;",
			"com.acme. Cart", "java.util.Scanner", "java.util.Timer", "java.util.ServiceLoader",
			"java.util.logging.FileHandler", "javax.script.ScriptEngineManager", "java.time.Clock",
			"java.math.MathContext" })
	void doesNotAllow(String name) {
		assertThat(this.allowed.allows(name)).isFalse();
	}

	@Test
	void anArrayHasAsManyDimensionsAsTheJvmAllows() {
		assertThat(this.allowed.allows("[".repeat(255) + "I")).isTrue();
		assertThat(this.allowed.allows("[".repeat(256) + "I")).isFalse();
		assertThat(this.allowed.allows("[".repeat(1_000_000))).isFalse();
	}

	@Test
	void aNameIsNotAsLongAsAnyText() {
		assertThat(this.allowed.allows("com.acme" + ".a".repeat(400))).isTrue();
		assertThat(this.allowed.allows("com.acme" + ".a".repeat(1_000_000))).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ".", "*", "com.acme.*", "com.acme.**", "com acme.", "com..acme.", ".com.acme",
			"com.acme.Cart[]", "java.", "java.util.", "javax.", "jdk.internal.", "sun.misc.", "com.sun.rowset.", "com.",
			"org.", "org.springframework.", "tools.", "jakarta.", "List<String>" })
	void anEntryThatIsTooWideOrNoNameIsRefused(String entry) {
		assertThatIllegalArgumentException().isThrownBy(() -> AllowedTypes.of(entry)).withMessageContaining(entry);
	}

	static Stream<Object> outsiders() {
		return Stream.of(new File("a"), new ArrayList<>(List.of(new File("a"))), new File[] { new File("a") },
				new HashMap<>(Map.of("a", new File("a"))), new Fixtures.Anything(new File("a")),
				new Fixtures.Anything(List.of(new Fixtures.Anything(new File[0]))));
	}

	@ParameterizedTest
	@MethodSource("outsiders")
	void aClassThatIsNotAllowedIsNamedWithTheProperty(Object value) {
		AttributeCodec codec = TypedValuesTests.codec(AllowedTypes.of(Fixtures.Anything.class.getName()));
		assertThatExceptionOfType(AttributeNotStorableException.class)
			.isThrownBy(() -> codec.encodeObject("cart", value))
			.withMessageContaining("'cart'")
			.withMessageContaining("java.io.File")
			.withMessageContaining("app.session.http-session.allowed-types");
	}

	@Test
	void whatIsAllowedByNameIsWrittenAndItsNeighbourIsNot() {
		AttributeCodec codec = TypedValuesTests.codec(AllowedTypes.of(Fixtures.Plain.class.getName()));
		assertThat(codec.decodeNatural(codec.encodeObject("a", Fixtures.Plain.ONE))).isEqualTo(Fixtures.Plain.ONE);
		for (Object other : List.of(Fixtures.Size.SMALL, URI.create("a"), Optional.of(1), new AtomicReference<>(1),
				new Object(), String.class, Thread.currentThread(), new Fixtures.Point(1, 2))) {
			assertThatExceptionOfType(AttributeNotStorableException.class).as(other.getClass().getName())
				.isThrownBy(() -> codec.encodeObject("a", other));
		}
	}

}
