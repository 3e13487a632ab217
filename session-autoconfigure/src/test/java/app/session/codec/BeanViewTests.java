package app.session.codec;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import app.session.AttributeNotStorableException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class BeanViewTests {

	private final AttributeCodec codec = new AttributeCodec(AttributeCodec.mapperBuilder().build());

	record Visit(long views, int clicks, @Nullable String page, boolean known, double ratio, byte[] token,
			@Nullable UUID id, List<Double> numbers, Fixtures.@Nullable Item item, Object any) {
	}

	public static class VisitBean {

		public int views;

		public @Nullable String theme = "dark";

		public @Nullable Instant last;

		private final List<String> pages = new ArrayList<>();

		public List<String> getPages() {
			return this.pages;
		}

		public int getPageCount() {
			return this.pages.size();
		}

	}

	private static final Visit VISIT = new Visit(1L << 60, 3, "/a", true, -0.0, new byte[] { 1, -1 }, new UUID(1, 2),
			Arrays.asList(-0.0, Double.NaN, null, 0.1), new Fixtures.Item("a", 1, new BigDecimal("1.10")), "any");

	@Test
	void aRecordBecomesOneAttributePerProperty() {
		Map<String, EncodedValue> attributes = this.codec.fromBean(VISIT);
		assertThat(attributes).containsOnlyKeys("views", "clicks", "page", "known", "ratio", "token", "id", "numbers",
				"item", "any");
		assertThat(attributes).containsEntry("views", this.codec.encodeLong(1L << 60))
			.containsEntry("clicks", this.codec.encode("a", 3))
			.containsEntry("page", this.codec.encode("a", "/a"))
			.containsEntry("known", this.codec.encode("a", true))
			.containsEntry("ratio", this.codec.encode("a", -0.0))
			.containsEntry("token", this.codec.encode("a", VISIT.token()))
			.containsEntry("id", this.codec.encode("a", VISIT.id()))
			.containsEntry("numbers", this.codec.encode("a", VISIT.numbers()))
			.containsEntry("item", this.codec.encode("a", VISIT.item()));
	}

	@Test
	void aRecordComesBack() {
		Visit back = this.codec.toBean(this.codec.fromBean(VISIT), Visit.class);
		assertThat(back).usingRecursiveComparison().withEqualsForType(Double::equals, Double.class).isEqualTo(VISIT);
		assertThat(Double.doubleToRawLongBits(back.ratio())).isEqualTo(Double.doubleToRawLongBits(-0.0));
		assertThat(this.codec.fromBean(back)).isEqualTo(this.codec.fromBean(VISIT));
	}

	@Test
	void theOrderOfPropertiesIsStable() {
		assertThat(this.codec.fromBean(VISIT).keySet()).containsExactlyElementsOf(this.codec.fromBean(VISIT).keySet());
		Map<String, Object> map = new LinkedHashMap<>();
		map.put("z", 1);
		map.put("a", 2);
		assertThat(this.codec.fromBean(map).keySet()).containsExactly("z", "a");
	}

	@Test
	void aCounterAndABeansPropertyAreTheSame() {
		VisitBean bean = this.codec.toBean(Map.of("views", this.codec.encodeLong(5)), VisitBean.class);
		assertThat(bean.views).isEqualTo(5);
		bean.views++;
		assertThat(this.codec.asLong(this.codec.fromBean(bean).get("views"))).isEqualTo(6);
	}

	@Test
	void unknownAttributesAreIgnoredAndMissingOnesKeepTheirDefault() {
		VisitBean bean = this.codec.toBean(Map.of("other", this.codec.encode("a", List.of(1))), VisitBean.class);
		assertThat(bean.theme).isEqualTo("dark");
		assertThat(bean.views).isZero();
		assertThat(this.codec.toBean(Map.of(), Visit.class).views()).isZero();
	}

	@Test
	void whatIsComputedIsNoAttribute() {
		VisitBean bean = new VisitBean();
		bean.getPages().add("/a");
		Map<String, EncodedValue> attributes = this.codec.fromBean(bean);
		assertThat(attributes).containsOnlyKeys("views", "theme", "pages");
		assertThat(this.codec.toBean(attributes, VisitBean.class).getPages()).containsExactly("/a");
	}

	@Test
	void anAttributeThatCanNotBeReadCostsItselfAlone() {
		Map<String, EncodedValue> attributes = new LinkedHashMap<>();
		attributes.put("views", this.codec.encode("a", "not a number"));
		attributes.put("theme", this.codec.encode("a", "light"));
		attributes.put("last", new EncodedValue("\u000c1,\"theme\":\"evil\"".getBytes(), 0, 17));
		attributes.put("pages", new EncodedValue(new byte[] { 77, 1 }, 0, 2));
		List<String> unreadable = new ArrayList<>();
		VisitBean bean = this.codec.toBean(attributes, VisitBean.class, unreadable::add);
		assertThat(bean.theme).isEqualTo("light");
		assertThat(bean.views).isZero();
		assertThat(bean.last).isNull();
		assertThat(unreadable).containsExactlyInAnyOrder("views", "last", "pages");
		assertThat(attributes).hasSize(4);
	}

	@Test
	void aNumberThatDoesNotFitCostsItselfAlone() {
		VisitBean bean = this.codec.toBean(Map.of("views", this.codec.encodeLong(1L << 40)), VisitBean.class);
		assertThat(bean.views).isZero();
	}

	@Test
	void aMapHasNaturalValues() {
		Map<String, Object> map = new LinkedHashMap<>(Map.of("a", 1L, "b", new byte[] { 1 }, "c", List.of(1)));
		Map<?, ?> back = this.codec.toBean(this.codec.fromBean(map), Map.class);
		assertThat(back.get("a")).isEqualTo(1L);
		assertThat(back.get("b")).isEqualTo(new byte[] { 1 });
		assertThat(back.get("c")).isEqualTo(List.of(1));
		Map<?, ?> sorted = this.codec.toBean(this.codec.fromBean(Map.of("b", 1)), TreeMap.class);
		assertThat(sorted.get("b")).isEqualTo(1);
	}

	@Test
	void nullIsNoAttribute() {
		Map<String, Object> map = new LinkedHashMap<>();
		map.put("a", null);
		assertThat(this.codec.fromBean(map)).isEmpty();
	}

	@Test
	void aNullWhereANewBeanHasAValueIsRefusedByName() {
		VisitBean bean = new VisitBean();
		bean.theme = null;
		assertThatExceptionOfType(AttributeNotStorableException.class).isThrownBy(() -> this.codec.fromBean(bean))
			.satisfies((ex) -> assertThat(ex.getAttributeName()).isEqualTo("theme"));
	}

	record Bad(int ok, Object broken) {
	}

	@Test
	void thePropertyThatCanNotBeStoredIsNamed() {
		for (Object broken : List.of(Instant.EPOCH, new Object(), (Runnable) () -> {
		}, "\uD800")) {
			assertThatExceptionOfType(AttributeNotStorableException.class)
				.isThrownBy(() -> this.codec.fromBean(new Bad(1, broken)))
				.satisfies((ex) -> assertThat(ex.getAttributeName()).isEqualTo("broken"));
			assertThatExceptionOfType(AttributeNotStorableException.class)
				.isThrownBy(() -> this.codec
					.fromBean(Map.of("ok", 1, "broken", (broken instanceof Instant) ? Bad.class : broken)))
				.satisfies((ex) -> assertThat(ex.getAttributeName()).isEqualTo("broken"));
		}
	}

	@Test
	void whatIsNoBeanIsRefused() {
		for (Object value : List.of("text", 1, List.of(1), Instant.EPOCH, Fixtures.Plain.ONE)) {
			assertThatExceptionOfType(AttributeNotStorableException.class).isThrownBy(() -> this.codec.fromBean(value));
		}
		assertThatIllegalArgumentException().isThrownBy(() -> this.codec.fromBean(Map.of(1, 2)));
	}

	@Test
	void aTypeThatCanNotBeMadeIsUnreadable() {
		assertThatExceptionOfType(UnreadableValueException.class)
			.isThrownBy(() -> this.codec.toBean(Map.of(), Runnable.class));
		assertThatExceptionOfType(UnreadableValueException.class)
			.isThrownBy(() -> this.codec.toBean(Map.of("a", this.codec.encodeLong(1)), Integer.class));
	}

}
