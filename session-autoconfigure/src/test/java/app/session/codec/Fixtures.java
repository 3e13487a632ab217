package app.session.codec;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * What a Java user puts into a session.
 */
final class Fixtures {

	private Fixtures() {
	}

	enum Size {

		SMALL {
			@Override
			public String toString() {
				return "the small one";
			}
		},

		LARGE {
			@Override
			public String toString() {
				return "the large one";
			}
		}

	}

	enum Plain {

		ONE, TWO

	}

	record Item(String sku, int count, BigDecimal price) {
	}

	record Money(BigDecimal amount, java.util.Currency currency) {
	}

	record Order(UUID id, List<Item> items, Map<Size, Integer> bySize, Optional<String> note, ZonedDateTime at,
			@Nullable Order previous) {
	}

	record Numbers(byte b, short s, int i, long l, float f, double d, char c, boolean z, Long boxed, double[] doubles) {
	}

	record Bytes(byte[] bytes, byte[][] more) {
	}

	record Email(@com.fasterxml.jackson.annotation.JsonValue String address) {
	}

	record Bag(Map<String, Object> attributes) {
	}

	record Anything(Object value) {
	}

	record Computed(int a, int b) {

		public int getSum() {
			return this.a + this.b;
		}

		public boolean isEmpty() {
			return this.a == 0;
		}

	}

	/** A bean as an IDE writes it, with {@code equals}. */
	public static class Person {

		private @Nullable String name;

		private @Nullable LocalDate born;

		private boolean isActive;

		private List<String> tags = new ArrayList<>();

		public @Nullable String getName() {
			return this.name;
		}

		public void setName(@Nullable String name) {
			this.name = name;
		}

		public @Nullable LocalDate getBorn() {
			return this.born;
		}

		public void setBorn(@Nullable LocalDate born) {
			this.born = born;
		}

		public boolean isActive() {
			return this.isActive;
		}

		public void setActive(boolean active) {
			this.isActive = active;
		}

		public List<String> getTags() {
			return this.tags;
		}

		public void setTags(List<String> tags) {
			this.tags = tags;
		}

		@Override
		public boolean equals(@Nullable Object other) {
			return other instanceof Person that && Objects.equals(this.name, that.name)
					&& Objects.equals(this.born, that.born) && this.isActive == that.isActive
					&& this.tags.equals(that.tags);
		}

		@Override
		public int hashCode() {
			return Objects.hash(this.name);
		}

	}

	/** No {@code equals}, a final list without a setter, a computed getter. */
	public static class Cart {

		private final List<Item> items = new ArrayList<>();

		private @Nullable Instant changed;

		private transient int cache = 7;

		public List<Item> getItems() {
			return this.items;
		}

		public @Nullable Instant getChanged() {
			return this.changed;
		}

		public void setChanged(@Nullable Instant changed) {
			this.changed = changed;
		}

		public int getTotalCount() {
			return this.items.stream().mapToInt(Item::count).sum() + 0 * this.cache;
		}

		Cart with(Item item) {
			this.items.add(item);
			this.changed = Instant.EPOCH;
			return this;
		}

	}

	/** Immutable, with a constructor that names its parameters. */
	public static final class Point {

		private final int x;

		private final int y;

		public Point(int x, int y) {
			this.x = x;
			this.y = y;
		}

		public int getX() {
			return this.x;
		}

		public int getY() {
			return this.y;
		}

		@Override
		public boolean equals(@Nullable Object other) {
			return other instanceof Point that && this.x == that.x && this.y == that.y;
		}

		@Override
		public int hashCode() {
			return this.x * 31 + this.y;
		}

	}

	public static class PublicFields {

		public int count;

		public @Nullable Set<Plain> plains;

		@Override
		public boolean equals(@Nullable Object other) {
			return other instanceof PublicFields that && this.count == that.count
					&& Objects.equals(this.plains, that.plains);
		}

		@Override
		public int hashCode() {
			return this.count;
		}

	}

}
