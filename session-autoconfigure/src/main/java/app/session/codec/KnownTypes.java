package app.session.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.Currency;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.stream.BaseStream;

import org.jspecify.annotations.Nullable;

/**
 * The classes of the JDK whose behaviour is known without trying.
 */
final class KnownTypes {

	private static final Set<Class<?>> LEAVES = Set.of(String.class, Boolean.class, Byte.class, Short.class,
			Integer.class, Long.class, Float.class, Double.class, Character.class, BigInteger.class, BigDecimal.class,
			UUID.class, Instant.class, LocalDate.class, LocalTime.class, LocalDateTime.class, OffsetDateTime.class,
			OffsetTime.class, Duration.class, Period.class, Year.class, YearMonth.class, MonthDay.class,
			ZoneOffset.class, Currency.class);

	/** Immutable, but every value is tried. */
	private static final Set<Class<?>> IMMUTABLE = Set.of(ZonedDateTime.class, Locale.class, URI.class);

	/** Classes that do not work as attributes, and some that do harm when tried. */
	private static final List<Class<?>> REFUSED = List.of(Class.class, ClassLoader.class, Thread.class,
			BaseStream.class, Iterator.class, Future.class, CompletionStage.class);

	/** Types whose values are of hidden classes. */
	private static final List<Class<?>> PUBLIC_SUPERTYPES = List.of(ZoneId.class, TimeZone.class, Charset.class,
			Path.class, InetAddress.class);

	private KnownTypes() {
	}

	static Set<Class<?>> leaves() {
		return LEAVES;
	}

	static boolean isLeaf(Class<?> type) {
		return type.isPrimitive() || LEAVES.contains(type);
	}

	static boolean isImmutable(Class<?> type) {
		return type.isPrimitive() || LEAVES.contains(type) || IMMUTABLE.contains(type)
				|| Enum.class.isAssignableFrom(type) || ZoneId.class.isAssignableFrom(type);
	}

	static boolean isContainer(Class<?> type) {
		return type.isArray() || Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type)
				|| type == Optional.class;
	}

	static boolean isRefused(Class<?> type) {
		return REFUSED.stream().anyMatch((refused) -> refused.isAssignableFrom(type));
	}

	/**
	 * The type a value is read back as.
	 * @param type its class
	 * @return the class, or a public one above it
	 */
	static Class<?> readable(Class<?> type) {
		if (Enum.class.isAssignableFrom(type) && !type.isEnum()) {
			return type.getSuperclass();
		}
		for (Class<?> supertype : PUBLIC_SUPERTYPES) {
			if (supertype.isAssignableFrom(type) && type != ZoneOffset.class) {
				return supertype;
			}
		}
		return type;
	}

	/**
	 * The interface a container is read back as.
	 * @param type its class, not an array
	 * @return the most special of the usual ones
	 */
	static Class<?> container(Class<?> type) {
		for (Class<?> common : List.of(List.class, Set.class, Map.class, Optional.class)) {
			if (common.isAssignableFrom(type)) {
				return common;
			}
		}
		return Collection.class;
	}

	static boolean isJdk(Class<?> type) {
		return type.getClassLoader() == null || type.getClassLoader() == ClassLoader.getPlatformClassLoader();
	}

	/**
	 * The first class of the JDK at or above a class.
	 * @param type the class
	 * @return that class, {@code null} for an interface
	 */
	static @Nullable Class<?> jdkBase(Class<?> type) {
		Class<?> base = type;
		while (base != null && !isJdk(base)) {
			base = base.getSuperclass();
		}
		return base;
	}

}
