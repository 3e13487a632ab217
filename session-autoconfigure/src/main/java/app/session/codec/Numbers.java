package app.session.codec;

import java.math.BigDecimal;
import java.math.BigInteger;

import org.jspecify.annotations.Nullable;

/**
 * Numbers of one type as another, where nothing is lost.
 */
final class Numbers {

	private Numbers() {
	}

	/**
	 * Whether a class is a number that can be converted to.
	 * @param type the class, not primitive
	 * @return {@code true} for the boxed numbers, {@link BigInteger} and
	 * {@link BigDecimal}
	 */
	static boolean isTarget(Class<?> type) {
		return type == Long.class || type == Integer.class || type == Double.class || type == BigDecimal.class
				|| type == BigInteger.class || type == Float.class || type == Short.class || type == Byte.class;
	}

	/**
	 * Converts a number.
	 * @param number the number
	 * @param type a class of {@link #isTarget}
	 * @return the same number as that class, or {@code null} if it would not be the same
	 */
	static @Nullable Object convert(Number number, Class<?> type) {
		if (type.isInstance(number)) {
			return number;
		}
		if (type == Double.class) {
			return toDouble(number);
		}
		if (type == Float.class) {
			return toFloat(number);
		}
		BigDecimal exact = toBigDecimal(number);
		if (exact == null || type == BigDecimal.class) {
			return exact;
		}
		BigInteger whole = toWhole(exact);
		if (whole == null || type == BigInteger.class) {
			return whole;
		}
		return toInteger(whole, type);
	}

	private static @Nullable Object toInteger(BigInteger whole, Class<?> type) {
		int bits = whole.bitLength();
		if (type == Long.class) {
			return (bits < Long.SIZE) ? (Object) whole.longValue() : null;
		}
		if (type == Integer.class) {
			return (bits < Integer.SIZE) ? (Object) whole.intValue() : null;
		}
		if (type == Short.class) {
			return (bits < Short.SIZE) ? (Object) whole.shortValue() : null;
		}
		return (bits < Byte.SIZE) ? (Object) whole.byteValue() : null;
	}

	private static @Nullable BigInteger toWhole(BigDecimal exact) {
		// A huge exponent is a short text and a number that fills the memory.
		if (exact.scale() < -1000 || exact.stripTrailingZeros().scale() > 0) {
			return null;
		}
		return exact.toBigInteger();
	}

	private static @Nullable Double toDouble(Number number) {
		if (number instanceof Float narrow) {
			return narrow.doubleValue();
		}
		BigDecimal exact = toBigDecimal(number);
		if (exact == null) {
			return null;
		}
		double nearest = exact.doubleValue();
		// A decimal is kept if the double prints as it: 0.1 is, though no double is
		// exactly 0.1.
		return (Double.isFinite(nearest) && BigDecimal.valueOf(nearest).compareTo(exact) == 0) ? nearest : null;
	}

	private static @Nullable Float toFloat(Number number) {
		float nearest = number.floatValue();
		if (number instanceof Double wide) {
			return (Double.compare(nearest, wide) == 0) ? nearest : null;
		}
		BigDecimal exact = toBigDecimal(number);
		return (exact != null && Float.isFinite(nearest)
				&& new BigDecimal(Float.toString(nearest)).compareTo(exact) == 0) ? nearest : null;
	}

	private static @Nullable BigDecimal toBigDecimal(Number number) {
		if (number instanceof BigDecimal decimal) {
			return decimal;
		}
		if (number instanceof BigInteger whole) {
			return new BigDecimal(whole);
		}
		if (number instanceof Double || number instanceof Float) {
			double value = number.doubleValue();
			// Only these two know a zero with a sign.
			boolean negativeZero = value == 0 && 1 / value < 0;
			return (Double.isFinite(value) && !negativeZero) ? new BigDecimal(number.toString()) : null;
		}
		return BigDecimal.valueOf(number.longValue());
	}

}
