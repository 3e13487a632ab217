package app.session.core;

import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import app.session.codec.AttributeCodec;
import app.session.codec.EncodedValue;

/**
 * The changes that are written at once, and answer with the stored truth. Not safe for
 * several threads: {@link RequestGuard} sees to that.
 */
final class ExactChanges {

	private final SessionAttributes attributes;

	private final AttributeCodec codec;

	private final Limits limits;

	private boolean computing;

	ExactChanges(SessionEngine engine, SessionAttributes attributes) {
		this.attributes = attributes;
		this.codec = engine.codec();
		this.limits = engine.limits();
	}

	/**
	 * Refuses what the function of an update may not do.
	 */
	void checkNotComputing() {
		if (this.computing) {
			throw new IllegalStateException(
					"The function of an update may run again on a conflict: it can't change the session");
		}
	}

	long increment(String name, long delta, boolean fresh) {
		this.limits.checkName(name);
		Result<Long> result = new Result<>();
		exact(name, fresh, (encoded) -> {
			long sum = Math.addExact(integer(name, encoded), delta);
			result.value = sum;
			return this.codec.encodeLong(sum);
		});
		return result.required();
	}

	private long integer(String name, @Nullable EncodedValue encoded) {
		if (encoded == null) {
			return 0;
		}
		Long value = this.codec.asLong(encoded);
		if (value == null) {
			throw new IllegalStateException("Session attribute '" + name + "' is not an integer");
		}
		return value;
	}

	<T> @Nullable T update(String name, Class<T> type, UnaryOperator<@Nullable T> function, boolean fresh) {
		this.limits.checkName(name);
		Result<T> result = new Result<>();
		exact(name, fresh, (encoded) -> {
			T value = compute(function, this.attributes.decode(name, encoded, type));
			result.value = value;
			return (value != null) ? this.codec.encode(name, value) : null;
		});
		return result.value;
	}

	private <T> @Nullable T compute(UnaryOperator<@Nullable T> function, @Nullable T value) {
		this.computing = true;
		try {
			return function.apply(value);
		}
		finally {
			this.computing = false;
		}
	}

	<T> @Nullable T take(String name, Class<T> type, boolean fresh) {
		Result<T> result = new Result<>();
		exact(name, fresh, (encoded) -> {
			result.value = this.attributes.decode(name, encoded, type);
			return (result.value != null) ? null : encoded;
		});
		return result.value;
	}

	boolean putIfAbsent(String name, Object value, boolean fresh) {
		this.limits.checkName(name);
		EncodedValue encoded = this.codec.encode(name, value);
		Result<Boolean> result = new Result<>();
		this.attributes.changeAtOnce(name, (draft) -> result.value = draft.putIfAbsent(name, encoded), fresh);
		return result.required();
	}

	private void exact(String name, boolean fresh, UnaryOperator<@Nullable EncodedValue> function) {
		this.attributes.changeAtOnce(name, (draft) -> draft.compute(name, function), fresh);
	}

	private static final class Result<T> {

		private @Nullable T value;

		private T required() {
			if (this.value == null) {
				throw new IllegalStateException("The change was not applied");
			}
			return this.value;
		}

	}

}
