package app.session.codec;

import java.io.File;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import app.session.AttributeNotStorableException;
import app.session.web.servlet.FlashModule;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.context.support.DefaultMessageSourceResolvable;
import org.springframework.context.support.StaticMessageSource;
import org.springframework.validation.BeanPropertyBindingResult;
import org.springframework.validation.BindingResult;
import org.springframework.validation.FieldError;
import org.springframework.validation.beanvalidation.LocalValidatorFactoryBean;
import org.springframework.web.servlet.FlashMap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What Spring MVC keeps for the request after a redirect.
 */
class FlashValuesTests {

	private static final String FORM = BindingResult.MODEL_KEY_PREFIX + "form";

	private final AttributeCodec codec = codec(Form.class, Fixtures.Item.class, Fixtures.Cart.class);

	private static AttributeCodec codec(Class<?>... types) {
		List<String> allowed = new ArrayList<>(FlashModule.allowedTypes());
		Stream.of(types).map(Class::getName).forEach(allowed::add);
		return new AttributeCodec(AttributeCodec.mapperBuilder().build(),
				new TypedJson(TypedJson.mapperBuilder().addModule(new FlashModule()), AllowedTypes.of(allowed)));
	}

	/** A form bean without {@code equals}. */
	public static class Form {

		private String name = "";

		private int age;

		public String getName() {
			return this.name;
		}

		public void setName(String name) {
			this.name = name;
		}

		public int getAge() {
			return this.age;
		}

		public void setAge(int age) {
			this.age = age;
		}

	}

	private static FlashMap flashMap() {
		FlashMap map = new FlashMap();
		map.setTargetRequestPath("/done");
		map.addTargetRequestParam("id", "1").addTargetRequestParam("id", "2").addTargetRequestParam("x", "y");
		map.setExpirationTime(1_800_000_000_000L);
		map.put("message", "saved");
		map.put("count", 5L);
		map.put("item", new Fixtures.Item("a", 2, new BigDecimal("1.10")));
		map.put("cart", new Fixtures.Cart().with(new Fixtures.Item("b", 1, BigDecimal.ONE)));
		map.put("nested", new ArrayList<>(List.of(new LinkedHashMap<>(Map.of("at", Instant.EPOCH)))));
		map.put("nothing", null);
		return map;
	}

	private Object comesBack(Object value) {
		EncodedValue encoded = this.codec.encodeObject("a", value);
		Object back = this.codec.decodeNatural(encoded);
		assertThat(back).hasSameClassAs(value);
		assertThat(this.codec.encodeObject("a", back)).isEqualTo(encoded);
		return back;
	}

	static Stream<FlashMap> flashMaps() {
		FlashMap onlyPath = new FlashMap();
		onlyPath.setTargetRequestPath("/a");
		FlashMap many = new FlashMap();
		for (int i = 0; i < 1000; i++) {
			many.put("name" + i, i);
		}
		return Stream.of(new FlashMap(), onlyPath, flashMap(), many);
	}

	@ParameterizedTest
	@MethodSource("flashMaps")
	void aFlashMapComesBackWithAllThatItIsFor(FlashMap map) {
		FlashMap back = (FlashMap) comesBack(map);
		assertThat(back.getTargetRequestPath()).isEqualTo(map.getTargetRequestPath());
		assertThat(back.getTargetRequestParams()).isEqualTo(map.getTargetRequestParams());
		assertThat(back.getExpirationTime()).isEqualTo(map.getExpirationTime());
		assertThat(back.keySet()).isEqualTo(map.keySet());
		map.forEach((name, value) -> assertThat(back.get(name)).usingRecursiveComparison().isEqualTo(value));
	}

	@Test
	void theListOfThemComesBackAsTheManagerKeepsIt() {
		List<?> back = (List<?>) comesBack(new CopyOnWriteArrayList<>(List.of(flashMap(), new FlashMap())));
		assertThat(((FlashMap) back.get(0)).getTargetRequestPath()).isEqualTo("/done");
		assertThat(back).hasSize(2);
	}

	@Test
	void theOrderOfTheHashTableIsNoChange() {
		FlashMap other = new FlashMap();
		List<String> names = new ArrayList<>(flashMap().keySet());
		Collections.reverse(names);
		other.setTargetRequestPath("/done");
		other.addTargetRequestParam("id", "1").addTargetRequestParam("id", "2").addTargetRequestParam("x", "y");
		other.setExpirationTime(1_800_000_000_000L);
		for (int i = 0; i < 1000; i++) {
			other.put("grow" + i, i);
		}
		other.keySet().removeIf((name) -> name.startsWith("grow"));
		names.forEach((name) -> other.put(name, flashMap().get(name)));
		assertThat(this.codec.encodeObject("a", other)).isEqualTo(this.codec.encodeObject("a", flashMap()));
	}

	@Test
	void anAttributeOfAnotherClassIsRefusedByItsName() {
		FlashMap map = flashMap();
		map.put("upload", new File("a"));
		for (Object value : List.of(map, new CopyOnWriteArrayList<>(List.of(map)))) {
			assertThatExceptionOfType(AttributeNotStorableException.class)
				.isThrownBy(() -> this.codec.encodeObject("a", value))
				.withMessageContaining("upload")
				.withMessageContaining("java.io.File")
				.withMessageContaining("app.session.http-session.allowed-types");
		}
	}

	private static BeanPropertyBindingResult bindingResult() {
		Form form = new Form();
		form.setName("x");
		BeanPropertyBindingResult result = new BeanPropertyBindingResult(form, "form", false, 7);
		result.rejectValue("name", "too.short", new Object[] { 3, "b", null }, "too short: {0}");
		result.reject("global", "all of it");
		result.addError(new FieldError("form", "age", "abc", true, new String[] { "typeMismatch.age" },
				new Object[] { new DefaultMessageSourceResolvable(new String[] { "form.age", "age" }, "age"),
						String.class, new Object[] { Form.class } },
				"not a number"));
		result.addError(new FieldError("form", "name", null, false, null, new Object[] { 1 }, "it's {0} long") {

			private static final long serialVersionUID = 1L;

			@Override
			public boolean shouldRenderDefaultMessage() {
				return false;
			}

		});
		result.recordSuppressedField("admin");
		return result;
	}

	@Test
	void theErrorsOfAFormComeBackWithTheForm() {
		BeanPropertyBindingResult result = bindingResult();
		FlashMap map = new FlashMap();
		map.put("form", result.getTarget());
		map.put(FORM, result);
		BindingResult back = (BindingResult) ((FlashMap) comesBack(map)).get(FORM);
		assertThat(back).isExactlyInstanceOf(BeanPropertyBindingResult.class);
		assertThat(back.getObjectName()).isEqualTo("form");
		assertThat(back.getTarget()).usingRecursiveComparison().isEqualTo(result.getTarget());
		assertThat(back.getSuppressedFields()).containsExactly("admin");
		assertThat(back.getErrorCount()).isEqualTo(4);
		assertThat(back.getFieldValue("age")).isEqualTo("abc");
		assertThat(back.getFieldValue("name")).isEqualTo("x");
		FieldError mismatch = back.getFieldErrors("age").get(0);
		assertThat(mismatch.isBindingFailure()).isTrue();
		assertThat(mismatch.getCodes()).containsExactly("typeMismatch.age");
		assertThat(mismatch.getArguments()[0]).isEqualTo(result.getFieldErrors("age").get(0).getArguments()[0]);
		assertThat(back.getFieldErrors("name").get(0).getCodes())
			.isEqualTo(result.getFieldErrors("name").get(0).getCodes());
		assertThat(back.getGlobalError()).isNotNull();
		StaticMessageSource messages = new StaticMessageSource();
		messages.setUseCodeAsDefaultMessage(false);
		assertThat(back.getAllErrors()).extracting((error) -> messages.getMessage(error, Locale.ROOT))
			.isEqualTo(result.getAllErrors().stream().map((error) -> messages.getMessage(error, Locale.ROOT)).toList());
	}

	/** What a validator rejects, as it comes from the validator. */
	@Test
	void theErrorsOfAValidatorReadTheSame() {
		try (LocalValidatorFactoryBean validator = new LocalValidatorFactoryBean()) {
			validator.afterPropertiesSet();
			Validated target = new Validated();
			BeanPropertyBindingResult result = new BeanPropertyBindingResult(target, "form");
			validator.validate(target, result);
			assertThat(result.getErrorCount()).isEqualTo(3);
			AttributeCodec own = codec(Validated.class);
			BindingResult back = (BindingResult) own.decodeNatural(own.encodeObject("a", result));
			StaticMessageSource messages = new StaticMessageSource();
			messages.addMessage("Size", Locale.ROOT, "{0} has {2} to {1}");
			messages.addMessage("Pattern", Locale.ROOT, "{0} is like {2}");
			assertThat(back.getAllErrors()).extracting((error) -> messages.getMessage(error, Locale.ROOT))
				.isEqualTo(result.getAllErrors()
					.stream()
					.map((error) -> messages.getMessage(error, Locale.ROOT))
					.toList());
		}
	}

	public static class Validated {

		@Size(min = 2, max = 5)
		private String name = "a";

		@Pattern(regexp = "[a-z]{2}", flags = Pattern.Flag.CASE_INSENSITIVE)
		private String code = "1";

		@NotNull(message = "it's missing")
		private String none;

		public String getName() {
			return this.name;
		}

		public void setName(String name) {
			this.name = name;
		}

		public String getCode() {
			return this.code;
		}

		public void setCode(String code) {
			this.code = code;
		}

		public String getNone() {
			return this.none;
		}

		public void setNone(String none) {
			this.none = none;
		}

	}

	@Test
	void theValuesOfAFormThatCouldNotBeMadeComeBack() {
		BeanPropertyBindingResult result = new BeanPropertyBindingResult(null, "form");
		result.recordFieldValue("name", String.class, "a");
		result.recordFieldValue("age", Integer.class, null);
		result.addError(new FieldError("form", "age", "abc", true, null, null, "no number"));
		BindingResult back = (BindingResult) comesBack(result);
		assertThat(back.getFieldValue("name")).isEqualTo("a");
		assertThat(back.getFieldValue("age")).isEqualTo("abc");
		assertThat(back.getTarget()).isNull();
	}

	@Test
	void aRejectedValueOfAnotherClassIsRefusedByItsName() {
		BeanPropertyBindingResult result = bindingResult();
		result.addError(new FieldError("form", "upload", new File("a"), false, null, null, null));
		FlashMap map = new FlashMap();
		map.put(FORM, result);
		assertThatExceptionOfType(AttributeNotStorableException.class)
			.isThrownBy(() -> this.codec.encodeObject("a", map))
			.withMessageContaining(FORM)
			.withMessageContaining("rejected")
			.withMessageContaining("java.io.File");
		Object target = new Object();
		assertThatExceptionOfType(AttributeNotStorableException.class)
			.isThrownBy(() -> this.codec.encodeObject("a", new BeanPropertyBindingResult(target, "form")))
			.withMessageContaining("target");
	}

}
